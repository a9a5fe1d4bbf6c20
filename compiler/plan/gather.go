package plan

import "flowc/lang/typed"

// gather makes the step of an output of all instances: a region whose keys are known
// from the start, and in it one wire that follows each instance's own.
func (b *builder) gather(w *Wire, x *typed.Gather) {
	s := b.step(Gather, w, x.Base())
	c := *x
	c.Xs = nil
	for _, from := range x.Xs {
		c.Xs = append(c.Xs, b.read(b.asWire(from), from.Base()))
	}
	s.X = &c
	r := w.Region
	if r.Captures == nil {
		r.Captures = []typed.Capture{{Name: x.Keys.Name, Type: x.Keys}}
		r.Known = knownKeys(r.Captures)
	}
}
