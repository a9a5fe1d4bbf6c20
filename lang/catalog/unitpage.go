package catalog

import (
	"strings"

	"flowc/rt/unit"
)

// unitFamily is what measures one thing: its units, the first of them the one that a
// computed quantity gets.
type unitFamily struct {
	label string
	units []row
}

// unitFamilies are all units of quantities, and those of time behind them.
func unitFamilies() (list []unitFamily) {
	for _, u := range unit.All() {
		if n := len(list); n == 0 || list[n-1].label != u.Label {
			list = append(list, unitFamily{label: u.Label})
		}
		r := row{name: u.Name, what: "printed " + u.Symbol}
		if u.Point {
			r.doc = "A point on a scale: the difference of two is in " + u.Step + ", and two are not added."
		}
		f := &list[len(list)-1]
		f.units = append(f.units, r)
	}
	durations := unitFamily{label: unit.DurationLabel}
	for _, u := range unit.Durations() {
		durations.units = append(durations.units, row{name: u.Name, what: "printed " + u.Symbol})
	}
	return append(list, durations)
}

const (
	unitsDoc = "A number with a unit is a quantity: `21.5.C`, `40.pct`, `5.min`. Quantities of a family are converted where they " +
		"meet, and those of two families are not mixed. The name of a unit is also a type.\n\n" +
		"\tmqtt_in attic {\n\t  via   = home\n\t  topic = \"attic\"\n\t  json  = { temperature = C, humidity = pct }\n\t  stale = 1.h\n\t}\n\n" +
		"\tled warn {\n\t  pin = 18\n\t  on  = attic.temperature > 30.C\n\t}\n\n" +
		"`as(n, unit)` gives a plain number its unit, `in(q, unit)` is the number of a quantity."
	familyDoc = "`flowc doc units` shows all units, and how they are written."
)

// unitPage shows all units (`units`), or the family of a unit or of what it measures
// (`C`, `temperature`); nil where name is none of these. Other words for a unit (`celsius`)
// count where nothing else has that name.
func unitPage(name string, other bool) *page {
	all := unitFamilies()
	if name == "units" || name == "unit" {
		s := section{title: "Units"}
		for _, f := range all {
			var names []string
			for _, u := range f.units {
				names = append(names, u.name)
			}
			s.rows = append(s.rows, row{name: plainly(f.label), what: strings.Join(names, ", ")})
		}
		return &page{name: name, sort: "page", doc: unitsDoc, sections: []section{s}}
	}
	for _, f := range all {
		if f.has(name) || !other && f.has(unit.Suggest(name)) {
			return &page{name: name, sort: "unit", doc: familyDoc, sections: []section{{title: "Units of " + f.label, rows: f.units}}}
		}
	}
	return nil
}

func (f unitFamily) has(name string) bool {
	for _, u := range f.units {
		if u.name == name {
			return true
		}
	}
	return name == plainly(f.label)
}

// plainly is a label without its article.
func plainly(label string) string {
	_, text, _ := strings.Cut(label, " ")
	return text
}
