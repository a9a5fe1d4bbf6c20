package plan

import (
	"regexp"
	"slices"
	"strings"

	"flowc/lang/types"
)

// formOf writes a type as what is kept of it is: with the members of enumerations in
// angled quotes and the cases of variants, which their names do not tell.
func formOf(t *types.Type) string {
	switch t.Kind {
	case types.Enum:
		if name := t.String(); name == t.Name {
			return name + " ‹" + strings.Join(t.Values, ", ") + "›"
		}
	case types.List:
		return "list(" + formOf(t.Elem) + ")"
	case types.Map:
		return "map(" + formOf(t.Elem) + ")"
	case types.Optional:
		return "optional(" + formOf(t.Elem) + ")"
	case types.Record, types.Variant:
		var fields []string
		for _, f := range t.Fields {
			fields = append(fields, f.Name+" = "+formOf(f.Type))
		}
		name := ""
		if t.Kind == types.Variant {
			name = t.Name + " "
		}
		return name + "{ " + strings.Join(fields, ", ") + " }"
	}
	return t.String()
}

// members are the members of an enumeration in a form.
var members = regexp.MustCompile(` ?‹[^›]*›`)

// Reads reports whether a program can go on with what another version kept in a form: it
// is the same, or enumerations have got more members.
func (r Remembered) Reads(form string) bool {
	if form == r.Form || form == r.plain {
		return true
	}
	if members.ReplaceAllString(form, "") != members.ReplaceAllString(r.Form, "") {
		return false
	}
	was, is := members.FindAllString(form, -1), members.FindAllString(r.Form, -1)
	if len(was) != len(is) {
		return len(was) == 0 // it was written down before members were
	}
	for n := range was {
		now := memberList(is[n])
		if slices.ContainsFunc(memberList(was[n]), func(m string) bool { return !slices.Contains(now, m) }) {
			return false
		}
	}
	return true
}

func memberList(text string) []string {
	return strings.Split(strings.Trim(text, " ‹›"), ", ")
}

// Migrates reports whether what was kept in a form is turned into this.
func (r Remembered) Migrates(form string) bool {
	return r.From != "" && (form == r.From || members.ReplaceAllString(form, "") == r.From)
}
