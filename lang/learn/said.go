package learn

import (
	"slices"
	"strings"
)

// namedUnits are the units that an object names for its other fields.
type namedUnits struct {
	// of are the units of single fields, and of the fields of a field ("current.temperature").
	of map[string]saidUnit
	// all are for everything whose name has a stem in it.
	all []saidUnit
	// only are fields that do nothing but name units, with what to say of them.
	only map[string]string
}

// unitsIn finds `current_units = { temperature = "°C" }` beside `current`, `unit = "°C"` beside `value`, and
// `TempUnit = "C"`.
func unitsIn(s *shape) namedUnits {
	u := namedUnits{of: map[string]saidUnit{}, only: map[string]string{}}
	for _, f := range s.fields {
		list := words(f.name)
		if len(list) == 0 {
			continue
		}
		last := list[len(list)-1]
		switch {
		case (last == "units" || last == "unit") && f.shape.objects > 0:
			u.record(s, f, list)
		case (last == "unit" || last == "units" || last == "uom") && constantText(f.shape) != "":
			u.single(s, f, list)
		case strings.Join(list, "_") == "unit_of_measurement" && constantText(f.shape) != "":
			u.single(s, f, list[:1])
		}
	}
	return u
}

// record is an object of units: for the object of the same name without `_units`, or for what stands beside it.
func (u *namedUnits) record(s *shape, f *field, list []string) {
	target := strings.Join(list[:len(list)-1], "_")
	prefix := ""
	for _, other := range s.fields {
		if target != "" && strings.Join(words(other.name), "_") == target {
			prefix = other.name + "."
		}
	}
	if target != "" && prefix == "" {
		return
	}
	for _, inner := range f.shape.fields {
		text := constantText(inner.shape)
		if text == "" {
			return
		}
		u.of[prefix+inner.name] = saidUnit{unit: text, by: f.name}
	}
	u.only[f.name] = "names the units; left out"
}

// single is a unit beside a value, or for all values of one sort.
func (u *namedUnits) single(s *shape, f *field, list []string) {
	text := constantText(f.shape)
	if _, known := unitSaid(text); !known {
		return
	}
	if len(list) > 1 {
		u.all = append(u.all, saidUnit{stem: list[0], unit: text, by: f.name})
		return
	}
	for _, name := range []string{"value", "state", "reading", "measurement"} {
		if s.byName[name] != nil {
			u.of[name] = saidUnit{unit: text, by: f.name}
			return
		}
	}
}

// at is the place of a field of the object at a place.
func (u namedUnits) at(outer place, name string) place {
	p := place{words: words(name), parent: outer.words, units: slices.Concat(u.all, outer.units)}
	if p.words == nil {
		p.words = []string{}
	}
	if said, ok := u.of[name]; ok {
		p.said, p.saidBy = said.unit, said.by
	}
	for key, said := range u.of {
		if rest, ok := strings.CutPrefix(key, name+"."); ok {
			p.units = append(p.units, saidUnit{stem: strings.Join(words(rest), "_"), exact: true, unit: said.unit, by: said.by})
		}
	}
	slices.SortFunc(p.units[len(u.all)+len(outer.units):], func(a, b saidUnit) int { return strings.Compare(a.stem, b.stem) })
	return p
}

// constantText is the one text that was always seen, "" if there is none.
func constantText(s *shape) string {
	if s.strings == 0 || len(s.sorts()) != 1 || len(s.text.distinct) != 1 || s.text.more {
		return ""
	}
	return s.text.distinct[0]
}
