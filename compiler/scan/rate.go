package scan

import (
	"go/token"

	"flowc/lang/catalog"
)

// checkRate wants a declared rate to be one, over times that are there: names, or
// written out.
func (s *scanner) checkRate(owner, text string, names []string, pos token.Pos) {
	r, ok := catalog.ParseRate(text)
	if !ok {
		s.problem(pos, "The rate of ", owner, " is not of the form `most d`, `exact 2 on off`, `each`, …: `", text, "`.")
		return
	}
	for _, t := range r.Times {
		if measurePattern.MatchString(t) {
			continue
		}
		known := false
		for _, n := range names {
			known = known || n == t
		}
		if !known {
			s.problem(pos, "The rate of ", owner, " names `", t, "`, which it does not have.", suggestion("", catalog.Nearest(t, names)))
		}
	}
}

// rates checks those of a kind's outputs, and what its inputs can take.
func (s *scanner) rates(k *catalog.Kind, pos token.Pos) {
	var names []string
	for _, f := range k.Fields {
		names = append(names, f.Name)
	}
	for _, f := range k.Fields {
		owner := "`" + k.Name + "." + f.Name + "`"
		if text := f.Tags["rate"]; text != "" {
			s.checkRate(owner, text, names, pos)
		}
		if text := f.Tags["capacity"]; text != "" {
			if _, ok := catalog.Capacity(text); !ok {
				s.problem(pos, "The tag `capacity` of ", owner, " wants a number and a time: capacity:\"200/s\".")
			}
		}
	}
}
