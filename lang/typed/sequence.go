package typed

import "flowc/lang/types"

// Sequence is a `sequence` block: steps in time, one after the other. As a wire it is
// the number of the active step, 0 where none is.
type Sequence struct {
	Info
	// Start happens; Cancel happens or is a switch, and may be nil.
	Start, Cancel Expr
	Again         string
	Steps         []SequenceStep
}

// SequenceStep is a step, or one for each entry of a map (Key).
type SequenceStep struct {
	Name, Key string
	// For is how long it lasts, Until what ends it; one of them may be nil.
	For, Until Expr
	Pos        Pos
}

// SequencePart is an output of a sequence. X is the sequence.
type SequencePart struct {
	Info
	X Expr
	// Part is running, finished, cancelled or active; Step is the active step's number,
	// from 1.
	Part string
	Step int
}

// SetKey says that there is a sequence for each key.
func (x *SequencePart) SetKey(k types.Key) { x.Key, x.X.Base().Key = k, k }

// SequenceType is the type of a sequence as a wire.
var SequenceType = types.TInt

func sequenceOperands(x *Sequence) []Expr {
	var list []Expr
	add := func(x Expr) {
		if x != nil {
			list = append(list, x)
		}
	}
	add(x.Start)
	add(x.Cancel)
	for _, s := range x.Steps {
		add(s.For)
		add(s.Until)
	}
	return list
}

func rebuildSequence(x *Sequence, f func(Expr) Expr) Expr {
	c := *x
	each := func(x Expr) Expr {
		if x == nil {
			return nil
		}
		return f(x)
	}
	c.Start, c.Cancel, c.Steps = each(x.Start), each(x.Cancel), nil
	for _, s := range x.Steps {
		s.For, s.Until = each(s.For), each(s.Until)
		c.Steps = append(c.Steps, s)
	}
	return &c
}

// Bounded reports whether a sequence ends by itself, whatever falls silent.
func (x *Sequence) Bounded() bool {
	for _, s := range x.Steps {
		if s.For == nil {
			return false
		}
	}
	return true
}
