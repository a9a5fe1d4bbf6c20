package op

// queueLimit is the most that an operator keeps waiting: a flow that runs for
// years must not grow.
const queueLimit = 1000

// queue is first in, first out, in a ring that grows to queueLimit.
type queue[T any] struct {
	ring    []T
	head, n int
}

// push adds v at the end. When the queue is full the oldest makes room, and
// push reports that it was lost.
func (q *queue[T]) push(v T) (lost bool) {
	if q.n == queueLimit {
		q.pop()
		lost = true
	}
	if q.n == len(q.ring) {
		q.grow()
	}
	q.ring[(q.head+q.n)%len(q.ring)] = v
	q.n++
	return lost
}

func (q *queue[T]) grow() {
	bigger := make([]T, min(max(4, 2*q.n), queueLimit))
	for i := range q.n {
		bigger[i] = *q.at(i)
	}
	q.ring, q.head = bigger, 0
}

// at is the item with i others before it.
func (q *queue[T]) at(i int) *T { return &q.ring[(q.head+i)%len(q.ring)] }

// pop takes out the oldest; the queue must not be empty. It leaves nothing
// behind in the ring that could keep memory alive.
func (q *queue[T]) pop() T {
	var none T
	v := q.ring[q.head]
	q.ring[q.head] = none
	q.head = (q.head + 1) % len(q.ring)
	q.n--
	return v
}

// clear empties the queue.
func (q *queue[T]) clear() { *q = queue[T]{} }
