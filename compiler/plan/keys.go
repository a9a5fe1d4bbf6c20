package plan

import "flowc/lang/typed"

// keysOf makes the step that lists the keys of a region. It runs when one appears or
// is forgotten, not when something happens at one.
func (b *builder) keysOf(w *Wire, x *typed.KeysOf) {
	s := b.step(ListKeys, w, x.Base())
	s.Of = b.asWire(x.X).Region
	s.Of.Lists = append(s.Of.Lists, s)
	w.Always = true
}
