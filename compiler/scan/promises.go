package scan

import (
	"slices"
	"strconv"
	"strings"

	"flowc/lang/catalog"
)

// promises reads what a kind says of what it is given and of what it gives: whether it
// comes again, and when it is safe.
func (s *scanner) promises(k *catalog.Kind, d *declaration) {
	k.Repeats, k.Confirms, k.Again, k.Stores = d.word("repeats", ""), d.word("confirms", ""), d.word("again", ""), d.has("stores")
	pos := d.obj.Pos()
	for _, dir := range d.list {
		if dir.name != "memory" {
			continue
		}
		size, what, _ := strings.Cut(dir.rest, " ")
		need := &catalog.Need{Size: size, What: what}
		if slices.ContainsFunc(need.Settings(), func(name string) bool { return !hasNumber(k, name) }) || what == "" {
			s.problem(dir.pos, "//flow:memory wants a size, a setting that says one in bytes, or a product, and what it is for: //flow:memory 16.MB messages that wait.")
			continue
		}
		k.Needs = append(k.Needs, need)
	}
	switch {
	case k.Repeats != "" && !k.Completes:
		s.problem(pos, "`", k.Name, "` cannot say //flow:repeats: without a method Complete its peer is told of no end.")
	case k.Confirms != "" && !k.Shoots:
		s.problem(pos, "`", k.Name, "` cannot say //flow:confirms: without a method Shoot it is given nothing to confirm.")
	case k.Confirms == "" && (k.Again != "" || k.Stores):
		s.problem(pos, "`", k.Name, "` says //flow:again or //flow:stores without //flow:confirms.")
	}
	if _, err := strconv.Atoi(k.Again); k.Again == "" || err == nil {
		return
	}
	if hasInt(k, k.Again) {
		return
	}
	s.problem(pos, "//flow:again wants a number or a setting that is one: `", k.Name, "` has no such `", k.Again, "`.")
}

// hasNumber reports whether a kind has a setting of that name that is a whole number, or
// a size.
func hasNumber(k *catalog.Kind, name string) bool {
	for _, f := range k.Fields {
		if f.Name == name && f.Type != nil && f.Tags["unit"] == "B" {
			return true
		}
	}
	return hasInt(k, name)
}

// hasInt reports whether a kind has a setting of that name that is a whole number.
func hasInt(k *catalog.Kind, name string) bool {
	for _, f := range k.Fields {
		if f.Name == name && f.Type != nil && f.Type.Name == "int" {
			return true
		}
	}
	return false
}
