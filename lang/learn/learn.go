// Package learn makes `type` blocks from samples of data: names, nesting, what may be missing, and units guessed from
// names and ranges. It is pure: samples in, text out; every guess is marked, every conflict explained.
package learn

import (
	"flowc/lang/syntax"
)

// Options say what the text is for.
type Options struct {
	// Name is the name of the `type` block; one that is no identifier is made one.
	Name string
	// Known reports whether the checker takes a form of types: "string_as", "iso8601", "json" and so on. A form that
	// it does not take is told in a comment. Nil means that all are known.
	Known func(form string) bool
	// Taken are names that no field may have: captures of a topic.
	Taken []string
}

// Learned is what samples have in common.
type Learned struct {
	// Text are the `type` block and comments, ready to be pasted; "" where no block is needed.
	Text string
	// Ref is the type as `json = …` takes it: the block's name, `list(name)`, or a plain type. It is "" where the
	// samples fit no type.
	Ref string
	// Notes say what was guessed about Ref itself, and what keeps the samples from having a type.
	Notes []string
	// Record says that the samples are records.
	Record bool
}

// reserved are words that cannot name a field: an object's key or a flow's expression would mean something else.
var reserved = []string{"for", "if", "in", "true", "false", "null", "it", "old", "each", "each_key"}

// FromSamples learns the type of samples that Read gave.
func FromSamples(samples []Value, o Options) Learned {
	s := newShape()
	for _, v := range samples {
		s.add(v)
	}
	return s.learned(o)
}

func (s *shape) learned(o Options) Learned {
	w := &writer{known: o.Known, block: Identifier(o.Name, "sample"), taken: append([]string{"time", "meta"}, o.Taken...)}
	if w.known == nil {
		w.known = func(string) bool { return true }
	}
	ref := w.top(s)
	l := Learned{Ref: ref.text, Notes: ref.notes, Record: len(s.sorts()) == 1 && s.objects > 0}
	if l.Text = w.out.String(); l.Text != "" {
		// A text that cannot be formatted is shown as it is: what was learned is worth more than its spacing.
		if text, found := syntax.FormatFile("learned.hcl", []byte(l.Text)); !found.HasErrors() {
			l.Text = string(text)
		}
	}
	return l
}
