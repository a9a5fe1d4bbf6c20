package check

import (
	"strings"

	"flowc/lang/diag"
)

// kept are the words that PostgreSQL takes for no name of a column or a table unless
// they stand in quotation marks, and the columns that each of its tables has anyway.
var kept = wordSet(`
all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate collation column
concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp
current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having
ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not
notnull null offset on only or order outer overlaps placing primary references returning right select session_user similar some
symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when where window with
ctid cmax cmin tableoid xmax xmin`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// nameMost is how many bytes of a name PostgreSQL keeps.
const nameMost = 63

func isReserved(name string) bool {
	lower := strings.ToLower(name)
	return kept[lower] || strings.HasPrefix(lower, "pg_") || len(name) > nameMost
}

func errNameReserved(name string, at rangeT) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", at, "PostgreSQL keeps `"+name+"` for itself")
	f.Why = "In a statement it would be taken for something else."
	if len(name) > nameMost {
		f.Subject.Label, f.Why = "this is longer than the 63 letters that PostgreSQL keeps of a name", ""
	}
	f.Hint = "give it another name, such as `" + name[:min(len(name), 20)] + "_`."
	return f
}
