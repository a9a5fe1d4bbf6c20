package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// writers reports topics that two things keep or command: with the broker, the last
// word wins, and a device does what it heard last.
func (c *checker) writers() {
	var list []writer
	for _, d := range c.things() {
		w, ok := writerOf(d)
		if !ok {
			continue
		}
		for _, first := range list {
			if first.topic == w.topic && (first.holds || w.holds) && sameConnection(first.d.thing, d.thing) {
				c.report(errTwoWriters(w, first))
				break
			}
		}
		list = append(list, w)
	}
}

// writer is a thing that publishes to one topic. holds says that what it says holds
// until the next word: it is kept by the broker, or commands a device.
type writer struct {
	d     *decl
	topic string
	x     typed.Expr
	holds bool
}

func writerOf(d *decl) (writer, bool) {
	x := published(d.thing)
	if x == nil {
		return writer{}, false
	}
	k, ok := x.(*typed.Const)
	if !ok {
		return writer{}, false
	}
	topic, ok := k.V.(string)
	return writer{d: d, topic: topic, x: x, holds: d.kind.Decides || retains(d.thing)}, ok
}

func driveInput(d *decl) string {
	if f := fieldOfRole(d.kind, catalog.RoleDrive); f != nil {
		return f.Name
	}
	return ""
}

func retains(t *typed.Thing) bool {
	for _, s := range t.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == "retain" {
			return k.V == true
		}
	}
	return false
}
