package scan

import (
	"strconv"

	"flowc/lang/catalog"
)

// promises reads what a kind says of what it is given and of what it gives: whether it
// comes again, and when it is safe.
func (s *scanner) promises(k *catalog.Kind, d *declaration) {
	k.Repeats, k.Confirms, k.Again, k.Stores = d.word("repeats", ""), d.word("confirms", ""), d.word("again", ""), d.has("stores")
	pos := d.obj.Pos()
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
	for _, f := range k.Fields {
		if f.Name == k.Again && f.Type != nil && f.Type.Name == "int" {
			return
		}
	}
	s.problem(pos, "//flow:again wants a number or a setting that is one: `", k.Name, "` has no such `", k.Again, "`.")
}
