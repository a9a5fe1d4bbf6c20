package plan

import (
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Remembered is what of a program outlives it and cannot be had again: a state, a
// sequence, a counter. What only follows its input is not in it.
type Remembered struct {
	// Name is the equation's or thing's, Was the name that it had before.
	Name, Was string
	// Form tells what is kept; it changes when that could not be read any more.
	Form string
	// From is the form of what its `migrate` turns into it, "" without one.
	From string
	Pos  typed.Pos
	// plain is the form with types by their names alone.
	plain string
	// enums are the flow's enumerations: what members were called before.
	enums []*types.Type
}

// Remembered lists it by name, in the flow's order.
func (p *Program) Remembered() []Remembered {
	list := p.waiting()
	if p.Flow.Persist == nil {
		return list
	}
	for _, s := range p.Steps {
		form, plain := s.form(formOf), s.form((*types.Type).String)
		if form == "" || !s.Kept {
			continue
		}
		from := s.from()
		if s.Region != nil {
			each := " for each " + s.Region.Key.Names + " ("
			form, plain = form+each+keyForm(s.Region)+")", plain+each+s.Region.Key.Types+")"
			if from != "" {
				from += each + keyForm(s.Region) + ")"
			}
		}
		n := slices.IndexFunc(list, func(r Remembered) bool { return r.Name == s.Node.Name })
		if n < 0 {
			list = append(list, Remembered{Name: s.Node.Name, Was: s.Was, Form: form, From: from, Pos: s.Pos, plain: plain, enums: p.Flow.Enums})
		} else {
			list[n].Form += "; " + form
			list[n].plain += "; " + plain
		}
	}
	return list
}

// BufferSuffix tells a buffer from what its sink remembers otherwise.
const BufferSuffix = ".buffer"

// waiting are the buffers: what waits in them is somebody's.
func (p *Program) waiting() []Remembered {
	var list []Remembered
	for _, th := range p.Things {
		if th.Buffer == nil {
			continue
		}
		form := "buffer of " + th.Kind.Name
		r := Remembered{Name: th.Name + BufferSuffix, Form: form, Pos: th.Pos, plain: form}
		if was := th.Buffer.RenamedFrom; was != "" {
			r.Was = was + BufferSuffix
		}
		list = append(list, r)
	}
	return list
}

// form is what a step remembers for good, "" where it remembers nothing or only what
// its input says.
func (s *Step) form(of func(*types.Type) string) string {
	switch s.Sort {
	case Table:
		return "state " + of(s.Out.Type)
	case Run:
		var steps []string
		for _, step := range s.X.(*typed.Sequence).Steps {
			name := step.Name
			if step.Key != "" {
				name += "[\"" + step.Key + "\"]"
			}
			steps = append(steps, name)
		}
		return "sequence " + strings.Join(steps, ", ")
	case Operate:
		op := s.Op.Op
		if op.Ready != "always" || !slices.ContainsFunc(op.Args, argIsInput) || forgetful[op.Name] {
			return ""
		}
		form := op.Name
		var list []string
		for _, t := range s.Op.TypeArgs {
			if t.Kind != types.Nothing {
				list = append(list, of(t))
			}
		}
		if len(list) > 0 {
			form += " of " + strings.Join(list, ", ")
		}
		return form
	}
	return ""
}

// from is the form of what a state's `migrate` takes, "" without one.
func (s *Step) from() string {
	if x, ok := s.X.(*typed.State); ok && x.Migrate != nil {
		return "state " + formOf(x.Migrate.Old.Type)
	}
	return ""
}

func argIsInput(a *catalog.Arg) bool { return a.Input }

// forgetful are operators that are always ready and yet remember nothing, or nothing that
// would be missed: the last moment, an edge.
var forgetful = map[string]bool{
	"at": true, "merge": true, "changes": true, "rises": true, "falls": true, "becomes": true, "crosses": true,
	"sample": true, "startup": true, "stale_for": true, "split": true, "silent": true, "heartbeat": true,
	"throttle": true, "throttle_last": true, "debounce": true, "distinct": true,
}
