package plan

import "container/heap"

// queue gives the steps in dependency order.
type queue struct {
	all    []*Step
	left   int
	placed map[*Step]bool
	// waits counts the steps that each waits for; after are those that wait for
	// it.
	waits map[*Step]int
	after map[*Step][]*Step
	// free are the steps that wait for nothing, by region.
	free map[*Region]*stepHeap
	// last is the region of the step placed last: segments are to be long.
	last *Region
}

func newQueue(steps []*Step) *queue {
	q := &queue{
		all: steps, left: len(steps), placed: map[*Step]bool{}, waits: map[*Step]int{},
		after: map[*Step][]*Step{}, free: map[*Region]*stepHeap{},
	}
	for _, s := range steps {
		for _, before := range s.before() {
			q.waits[s]++
			q.after[before] = append(q.after[before], s)
		}
		if q.waits[s] == 0 {
			q.release(s)
		}
	}
	return q
}

func (q *queue) release(s *Step) {
	h := q.free[s.Region]
	if h == nil {
		h = &stepHeap{}
		q.free[s.Region] = h
	}
	heap.Push(h, s)
}

// next picks a step: one of the region at hand if there is one; else the first in
// the flow's order that waits for nothing; else, in a circle, the first operator
// that may close one.
func (q *queue) next() *Step {
	if h := q.free[q.last]; q.last != nil && h != nil && h.Len() > 0 {
		return heap.Pop(h).(*Step)
	}
	var first *stepHeap
	for _, h := range q.free {
		if h.Len() > 0 && (first == nil || (*h)[0].sooner((*first)[0])) {
			first = h
		}
	}
	if first != nil {
		return heap.Pop(first).(*Step)
	}
	return q.breaker()
}

func (q *queue) breaker() *Step {
	var any *Step
	for _, s := range q.all {
		if q.placed[s] {
			continue
		}
		if s.Op != nil && s.Op.Op.Breaks {
			return s
		}
		if any == nil {
			any = s
		}
	}
	return any
}

func (q *queue) place(s *Step) {
	q.placed[s] = true
	q.left--
	q.last = s.Region
	for _, a := range q.after[s] {
		q.waits[a]--
		if q.waits[a] == 0 && !q.placed[a] {
			q.release(a)
		}
	}
}

// stepHeap orders steps as the flow does.
type stepHeap []*Step

func (h stepHeap) Len() int           { return len(h) }
func (h stepHeap) Less(i, j int) bool { return h[i].sooner(h[j]) }
func (h stepHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *stepHeap) Push(x any)        { *h = append(*h, x.(*Step)) }
func (h *stepHeap) Pop() any {
	old := *h
	s := old[len(old)-1]
	*h = old[:len(old)-1]
	return s
}
