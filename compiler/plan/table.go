package plan

import (
	"strconv"

	"flowc/lang/typed"
)

// table is a state: it is always known, from its start on.
func (b *builder) table(w *Wire, x *typed.State) {
	s := b.step(Table, w, x.Base())
	low := *x
	low.Rows = nil
	for _, r := range x.Rows {
		if r.On != nil {
			r.On = b.read(b.asWire(r.On), r.On.Base())
		} else {
			s.After = append(s.After, b.afterRow(s, r.After))
		}
		r.Next = b.lower(r.Next)
		low.Rows = append(low.Rows, r)
	}
	s.X = &low
	w.Always = true
}

func (b *builder) afterRow(s *Step, d typed.Expr) *AfterRow {
	name := "after" + s.Name
	if n := len(s.After); n > 0 {
		name += strconv.Itoa(n + 1)
	}
	t := &Timer{Node: b.node(s.Node.Name, "", s.Node.Pos, name), Step: s, Region: s.Region}
	b.addTimer(t)
	return &AfterRow{Timer: t, For: d}
}

// happenings are the wires whose happening lets a Table run.
func (s *Step) happenings() []*Wire {
	var list []*Wire
	for _, r := range s.X.(*typed.State).Rows {
		if r.On != nil {
			list = append(list, r.On.(*Read).Wire)
		}
	}
	return list
}
