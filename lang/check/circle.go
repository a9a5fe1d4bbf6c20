package check

import "slices"

// groups are the sets of ports that all depend on each other (Tarjan's strongly
// connected components), each sorted as in the flow.
func (g *dependence) groups() [][]port {
	s := &strong{g: g, number: map[port]int{}, low: map[port]int{}, open: map[port]bool{}}
	for _, p := range g.order {
		if s.number[p] == 0 {
			s.visit(p)
		}
	}
	slices.SortFunc(s.found, func(a, b []port) int { return g.place(a[0]) - g.place(b[0]) })
	return s.found
}

func (g *dependence) place(p port) int { return slices.Index(g.order, p) }

type strong struct {
	g           *dependence
	next        int
	number, low map[port]int
	stack       []port
	open        map[port]bool
	found       [][]port
}

func (s *strong) visit(p port) {
	s.next++
	s.number[p], s.low[p] = s.next, s.next
	s.stack = append(s.stack, p)
	s.open[p] = true
	self := false
	for _, h := range s.g.hops[p] {
		self = self || h.to == p
		if s.number[h.to] == 0 {
			s.visit(h.to)
			s.low[p] = min(s.low[p], s.low[h.to])
		} else if s.open[h.to] {
			s.low[p] = min(s.low[p], s.number[h.to])
		}
	}
	if s.low[p] != s.number[p] {
		return
	}
	from := slices.Index(s.stack, p)
	group := slices.Clone(s.stack[from:])
	s.stack = s.stack[:from]
	for _, q := range group {
		s.open[q] = false
	}
	if len(group) > 1 || self {
		slices.SortFunc(group, func(a, b port) int { return s.g.place(a) - s.g.place(b) })
		s.found = append(s.found, group)
	}
}

// shortest is the shortest way from the first port of a group round to itself.
func (g *dependence) shortest(group []port) []hop {
	start := group[0]
	came := map[port]hop{}
	queue := []port{start}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		for _, h := range g.hops[p] {
			if h.to == start {
				return g.way(came, h, start)
			}
			if _, seen := came[h.to]; !seen && slices.Contains(group, h.to) {
				came[h.to] = h
				queue = append(queue, h.to)
			}
		}
	}
	return nil
}

// way is the chain of hops that ends with last.
func (g *dependence) way(came map[port]hop, last hop, start port) []hop {
	list := []hop{last}
	for p := last.from; p != start; {
		h := came[p]
		list = append(list, h)
		p = h.from
	}
	slices.Reverse(list)
	return list
}
