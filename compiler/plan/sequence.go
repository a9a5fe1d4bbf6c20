package plan

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// sequence is the step that moves a sequence on. All that it looks at is a wire.
func (b *builder) sequence(w *Wire, x *typed.Sequence) {
	s := b.step(Run, w, x.Base())
	s.X = typed.Rebuild(x, func(o typed.Expr) typed.Expr {
		if o.Base().Shape == types.Constant {
			return b.lower(o)
		}
		return b.read(b.asWire(o), o.Base())
	})
	s.Timer = b.timer(s)
	w.Always = true
}

// sequencePart is an output of a sequence.
func (b *builder) sequencePart(w *Wire, x *typed.SequencePart) {
	if x.Shape != types.Event {
		b.evaluate(w, b.lower(x))
		return
	}
	s := b.step(Ended, w, x.Base())
	s.X = b.lower(x)
}
