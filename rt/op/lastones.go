package op

// lastMost bounds the memory of what looks at a number of readings.
const lastMost = 1000

// lastOnes is a ring of the last readings.
type lastOnes[T any] struct {
	ring []T
	next int
}

// take puts v in, in place of the oldest when there are n.
func (l *lastOnes[T]) take(v T, n int64) {
	most := int(max(1, min(n, lastMost)))
	if len(l.ring) < most {
		l.ring = append(l.ring, v)
		return
	}
	l.ring[l.next] = v
	if l.next++; l.next >= most {
		l.next = 0
	}
}
