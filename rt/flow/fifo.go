package flow

// fifo is a queue in a ring that grows when it is full and is used again when it
// is not: under a load that never ends it stays as large as its longest backlog.
type fifo[T any] struct {
	ring []T
	head int
	n    int
}

func (q *fifo[T]) push(v T) {
	if q.n == len(q.ring) {
		q.grow()
	}
	q.ring[(q.head+q.n)&(len(q.ring)-1)] = v
	q.n++
}

// grow doubles the ring; its length is a power of two.
func (q *fifo[T]) grow() {
	bigger := make([]T, max(4, 2*len(q.ring)))
	k := copy(bigger, q.ring[q.head:])
	copy(bigger[k:], q.ring[:q.head])
	q.ring, q.head = bigger, 0
}

// pop takes out the oldest and leaves nothing behind that keeps memory alive.
func (q *fifo[T]) pop() (v T, ok bool) {
	if q.n == 0 {
		return v, false
	}
	var none T
	v, q.ring[q.head] = q.ring[q.head], none
	q.head = (q.head + 1) & (len(q.ring) - 1)
	q.n--
	return v, true
}
