package op

import "flowc/rt/flow"

// slots is a window of time that keeps one value for each sixtieth.
type slots[T any] struct {
	buckets [windowBuckets]flow.Val[T]
	// now is the number of the newest bucket, counted from monotonic time 0.
	now int64
}

// move brings the window to the bucket with the given number, and empties the
// buckets that it leaves behind.
func (s *slots[T]) move(to int64) {
	for n := max(s.now, to-windowBuckets) + 1; n <= to; n++ {
		s.buckets[n%windowBuckets] = flow.Val[T]{}
	}
	s.now = max(s.now, to)
}

// newest is the bucket to write to.
func (s *slots[T]) newest() *flow.Val[T] { return &s.buckets[s.now%windowBuckets] }

// ready appends what is in the window, in no order.
func (s *slots[T]) ready(list []T) []T {
	for _, b := range s.buckets {
		if b.OK {
			list = append(list, b.V)
		}
	}
	return list
}
