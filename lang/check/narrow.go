package check

import (
	"fmt"
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// pathOf writes the path that an expression reads, or "" if it is none: facts
// about missing data are remembered by path.
func pathOf(x typed.Expr) string {
	switch x := x.(type) {
	case *typed.Wire:
		switch {
		case x.Eq != nil && x.Output == "":
			return x.Eq.Name
		case x.Eq != nil:
			return x.Eq.Name + "." + x.Output
		case x.Thing == nil:
			return x.Output // the faults of the whole program
		}
		if x.Output != "" {
			return x.Thing.Name + "." + x.Output
		}
		return x.Thing.Name
	case *typed.LocalRef:
		return fmt.Sprintf("%s@%p", x.Local.Name, x.Local)
	case *typed.Unwrap:
		return pathOf(x.X)
	case *typed.Field:
		return below(pathOf(x.X), "."+x.Name)
	case *typed.MetaOf:
		return x.Thing.Name + ".meta." + x.Field
	case *typed.Pick:
		return below(pathOf(x.X), fmt.Sprintf("%q", x.Keys))
	case *typed.Default:
		if d, ok := x.D.(*typed.Const); ok && d.V == nil {
			return pathOf(x.X) // an element that may be missing itself
		}
	case *typed.Index:
		if k, ok := x.I.(*typed.Const); ok {
			return below(pathOf(x.X), fmt.Sprintf("[%v]", k.V))
		}
	}
	return ""
}

func below(path, step string) string {
	if path == "" {
		return ""
	}
	return path + step
}

// holds are the paths that are there wherever the condition has the given truth.
func holds(cond typed.Expr, truth bool) []string {
	switch x := cond.(type) {
	case *typed.Present:
		if truth {
			if p := pathOf(x.X); p != "" {
				return []string{p}
			}
		}
	case *typed.Unary:
		if x.Op == "!" {
			return holds(x.X, !truth)
		}
	case *typed.Binary:
		both := x.Op == "&&" && truth || x.Op == "||" && !truth
		either := x.Op == "||" && truth || x.Op == "&&" && !truth
		l, r := holds(x.L, truth), holds(x.R, truth)
		switch {
		case both:
			return append(l, r...)
		case either:
			return common(l, r)
		}
	}
	return nil
}

func common(a, b []string) []string {
	var both []string
	for _, p := range a {
		for _, q := range b {
			if p == q {
				both = append(both, p)
			}
		}
	}
	return both
}

// sure marks the fields of a type that the facts about path say are there.
func sure(t *types.Type, path string, facts []string) *types.Type {
	if t.Kind != types.Record || path == "" {
		return t
	}
	out := t
	for _, f := range facts {
		if rest, ok := strings.CutPrefix(f, path+"."); ok {
			out = sureField(out, strings.Split(rest, "."))
		}
	}
	return out
}

func sureField(t *types.Type, steps []string) *types.Type {
	c := *t
	c.Fields = append([]types.Field(nil), t.Fields...)
	for i, f := range c.Fields {
		if f.Name != steps[0] {
			continue
		}
		if len(steps) == 1 {
			c.Fields[i].Sure = true
		} else if f.Type.Kind == types.Record {
			c.Fields[i].Type = sureField(f.Type, steps[1:])
		} else if f.Type.Kind == types.Optional && f.Type.Elem.Kind == types.Record {
			o := *f.Type
			o.Elem = sureField(o.Elem, steps[1:])
			c.Fields[i].Type = &o
		}
	}
	return &c
}
