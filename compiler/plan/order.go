package plan

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// staleness is how long the wire may be silent before it stops being ready, as
// its source says; 0 where that never happens.
func (b *builder) staleness(w *Wire) time.Duration {
	if w == nil || w.Shape != types.Reading {
		return 0
	}
	if w.Stale > 0 {
		return w.Stale
	}
	if w.Step != nil && w.Step.Trigger != nil && w.Step.Trigger != w {
		return b.staleness(w.Step.Trigger)
	}
	return 0
}

// connect tells every wire which steps read it.
func (b *builder) connect() {
	for _, s := range b.out.Steps {
		seen := map[*Wire]bool{}
		add := func(w *Wire) {
			if w != nil && !seen[w] {
				seen[w] = true
				s.Reads = append(s.Reads, w)
				w.Readers = append(w.Readers, s)
			}
		}
		for _, r := range s.reads() {
			if s.wakes(r.Wire) {
				add(r.Wire)
			}
		}
		add(s.Trigger)
	}
	b.sampleTime()
	for _, th := range b.out.Things {
		if th.Region != nil && th.Region.Forget > 0 && th.Region.ForgetTimer == nil {
			r := th.Region
			node := b.node(r.Go, "", th.Pos, "forget"+upperFirst(r.Go))
			r.ForgetTimer = &Timer{Node: node, Region: r, Forget: true}
			b.addTimer(r.ForgetTimer)
		}
	}
}

// reads lists what a step looks at.
func (s *Step) reads() []*Read {
	var list []*Read
	if s.X != nil {
		list = append(list, Reads(s.X)...)
	}
	if s.Op != nil {
		list = append(list, Reads(s.Op)...)
	}
	if s.Would != nil {
		list = append(list, Reads(s.Would)...)
	}
	for _, in := range s.Inputs {
		list = append(list, Reads(in.X)...)
	}
	return list
}

// wakes reports whether a move of w lets the step run. What an event expression
// only samples does not.
func (s *Step) wakes(w *Wire) bool {
	switch s.Sort {
	case Shoot, Filter:
		return w == s.Trigger
	case Table:
		return slices.Contains(s.happenings(), w)
	case Eval:
		return s.Out.Shape != types.Event || w == s.Trigger
	}
	return true
}

// sort puts the steps in dependency order, with the flow's own order as the
// tie-break, and gathers runs of keyed steps in segments.
func (b *builder) sort() {
	q := newQueue(b.out.Steps)
	b.out.Steps = b.out.Steps[:0:0]
	for q.left > 0 {
		s := q.next()
		for _, w := range s.looked() {
			if w.Step != nil && w.Step != s && !q.placed[w.Step] {
				s.Back = append(s.Back, w)
			}
		}
		q.place(s)
		b.out.Steps = append(b.out.Steps, s)
	}
}

func (s *Step) sooner(o *Step) bool {
	if s.order != o.order {
		return s.order < o.order
	}
	return s.seq < o.seq
}

// before lists the steps that a step reads from; an actuator's outputs are set
// by its decision.
func (s *Step) before() []*Step {
	var list []*Step
	for _, w := range s.looked() {
		if w.Step != nil && w.Step != s && !slices.Contains(list, w.Step) {
			list = append(list, w.Step)
		}
	}
	return list
}

// looked lists the wires that a step looks at, or that let it run.
func (s *Step) looked() []*Wire {
	var list []*Wire
	add := func(w *Wire) {
		if w != nil && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	for _, r := range s.reads() {
		add(r.Wire)
	}
	for _, w := range s.Also {
		add(w)
	}
	add(s.Trigger)
	return list
}

// number makes the entries and gives every step its bit.
func (b *builder) number() {
	inRegion := map[*Region]int{}
	var last *Entry
	for _, s := range b.out.Steps {
		if s.Region == nil {
			last = &Entry{Bit: len(b.out.Entries), Step: s, Go: s.Name}
			s.Bit = last.Bit
			b.out.Entries = append(b.out.Entries, last)
		} else {
			if last == nil || last.Region != s.Region {
				last = &Entry{Bit: len(b.out.Entries), Region: s.Region}
				last.Go = b.names.step(s.Region.Go + "Part" + strconv.Itoa(last.Bit))
				s.Region.Segments = append(s.Region.Segments, last)
				b.out.Entries = append(b.out.Entries, last)
			}
			last.Steps = append(last.Steps, s)
			s.Bit = inRegion[s.Region]
			inRegion[s.Region]++
		}
		s.Entry = last
	}
	b.out.Start = startOrder(b.out.Things)
}

// startOrder puts outputs first (their safe state comes before everything), then
// connections, sinks and sources.
func startOrder(things []*Thing) []*Thing {
	used := map[*typed.Thing]bool{}
	for _, th := range things {
		for _, s := range th.Settings {
			if r, ok := s.X.(*typed.ThingRef); ok {
				used[r.Thing] = true
			}
		}
	}
	list := append([]*Thing(nil), things...)
	sort.SliceStable(list, func(i, j int) bool {
		return startPhase(list[i], used) < startPhase(list[j], used)
	})
	return list
}

// refers reports whether a thing works over another: a remote actuator starts after
// its connection.
func refers(th *Thing) bool {
	for _, s := range th.Settings {
		if _, ok := s.X.(*typed.ThingRef); ok {
			return true
		}
	}
	return false
}

func startPhase(th *Thing, used map[*typed.Thing]bool) int {
	switch {
	case th.Kind.Decides && !refers(th):
		return 0
	case used[th.Thing]:
		return 1
	case th.Kind.Shoots, th.Kind.Decides:
		return 2
	}
	return 3
}
