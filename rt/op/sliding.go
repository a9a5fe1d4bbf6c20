package op

import "time"

// windowBuckets is into how many buckets a window of time is cut: what leaves
// the window leaves it in steps of a sixtieth. It makes the memory the same at
// any rate.
const windowBuckets = 60

// sliding is a window of time over totals, about 1 KB.
type sliding struct {
	buckets [windowBuckets]total
	// now is the number of the newest bucket, counted from monotonic time 0.
	now int64
	// older is the sum of all buckets but the newest; it is made anew, in order of
	// age, whenever the window moves, so that no rounding error lasts.
	older total
}

// bucketWidth is the length of a bucket of a window of d.
func bucketWidth(d time.Duration) time.Duration { return max(1, d/windowBuckets) }

// move brings the window to the bucket with the given number, and empties the
// buckets that it leaves behind.
func (s *sliding) move(to int64) {
	if to <= s.now {
		return
	}
	for n := max(s.now, to-windowBuckets) + 1; n <= to; n++ {
		s.buckets[n%windowBuckets] = total{}
	}
	s.now = to
	s.older = total{}
	newest := to % windowBuckets
	for i := range s.buckets[newest+1:] {
		s.older.join(s.buckets[int(newest)+1+i])
	}
	for i := range s.buckets[:newest] {
		s.older.join(s.buckets[i])
	}
}

// newest is the bucket to add to.
func (s *sliding) newest() *total { return &s.buckets[s.now%windowBuckets] }

// total is everything in the window.
func (s *sliding) total() total {
	all := s.older
	all.join(*s.newest())
	return all
}
