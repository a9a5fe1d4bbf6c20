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

// keyForm writes the types of a region's keys, with the members of enumerations in double
// angled quotes.
func keyForm(r *Region) string {
	var list []string
	for _, c := range r.Captures {
		text := c.Type.String()
		if c.Type.Kind == types.Enum {
			text += " «" + strings.Join(c.Type.Values, ", ") + "»"
		}
		list = append(list, text)
	}
	return strings.Join(list, ",")
}

// members are the members of an enumeration in a form: of one in the data, and of one
// that is a key. The first group is the name of the enumeration, the second the list.
var (
	members    = regexp.MustCompile(`(\w*) ?‹([^›]*)›`)
	keyMembers = regexp.MustCompile(`(\w*) ?«([^»]*)»`)
)

// named is a form without members.
func named(form string) string {
	return keyMembers.ReplaceAllString(members.ReplaceAllString(form, "$1"), "$1")
}

// Reads reports whether a program can go on with what another version kept in a form: it
// is the same, or enumerations have got more members.
func (r Remembered) Reads(form string) bool {
	if form == r.Form || form == r.plain {
		return true
	}
	return named(form) == named(r.Form) && r.holds(members, form, r.Form) && r.holds(keyMembers, form, r.Form)
}

// holds reports whether each enumeration still has the members that it had in another
// form, some of them under another name.
func (r Remembered) holds(members *regexp.Regexp, form, now string) bool {
	was, is := members.FindAllStringSubmatch(form, -1), members.FindAllStringSubmatch(now, -1)
	if len(was) != len(is) {
		return len(was) == 0 // it was written down before members were
	}
	for n := range was {
		if len(r.gone(was[n], is[n])) > 0 {
			return false
		}
	}
	return true
}

// gone are the members that an enumeration had and has under no name now.
func (r Remembered) gone(was, is []string) (list []string) {
	now := strings.Split(is[2], ", ")
	for _, m := range strings.Split(was[2], ", ") {
		if !slices.Contains(now, r.calledNow(is[1], m)) {
			list = append(list, m)
		}
	}
	return list
}

// calledNow is what a member of an enumeration is called now.
func (r Remembered) calledNow(enum, member string) string {
	for _, t := range r.enums {
		for _, f := range t.Former {
			if t.Name == enum && f.Was == member {
				return f.Now
			}
		}
	}
	return member
}

// Renamed is what to say of an enumeration that has lost members: its name, those that
// are gone, and those that are new. The name is "" where there is no such one.
func (r Remembered) Renamed(form string) (enum string, gone, added []string) {
	for _, list := range []*regexp.Regexp{members, keyMembers} {
		was, is := list.FindAllStringSubmatch(form, -1), list.FindAllStringSubmatch(r.Form, -1)
		if named(form) != named(r.Form) || len(was) != len(is) {
			continue
		}
		for n := range was {
			if gone = r.gone(was[n], is[n]); len(gone) == 0 {
				continue
			}
			had := strings.Split(was[n][2], ", ")
			for _, m := range strings.Split(is[n][2], ", ") {
				if !slices.Contains(had, m) {
					added = append(added, m)
				}
			}
			return is[n][1], gone, added
		}
	}
	return "", nil, nil
}

// Migrates reports whether what was kept in a form is turned into this.
func (r Remembered) Migrates(form string) bool {
	if r.From == "" {
		return false
	}
	from := r
	from.Form, from.plain = r.From, named(r.From)
	return from.Reads(form)
}
