package check

import (
	"cmp"
	"slices"

	"flowc/lang/catalog"
)

// Reference is the catalogue together with the forms that the checker knows by name,
// for `flowc doc`.
func Reference(c *catalog.Catalog) *catalog.Catalog {
	whole := *c
	whole.Forms = formDocs
	return &whole
}

// formDocs has the forms that are built so far and that no function of the
// catalogue documents, in the order of their names.
var formDocs = byName(plainForms, choiceForms, borderForms, madeForms, blockForms, wordForms)

func byName(lists ...[]*catalog.Form) []*catalog.Form {
	all := slices.Concat(lists...)
	for _, f := range all {
		if f.Sort == "block" {
			f.Settings = settingsOf(f.Name)
		}
	}
	slices.SortStableFunc(all, func(a, b *catalog.Form) int {
		return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Name, b.Name))
	})
	return all
}

var plainForms = []*catalog.Form{
	{
		Name: "as", Sort: "form", Calls: []string{"as(n, unit)"},
		Doc: "`as` gives a plain number its unit. The result is a quantity, or a duration.\n\n" +
			"\tmqtt_in raw {\n\t  via   = home\n\t  topic = \"boiler\"\n\t  json  = { tenths = int }\n\t}\n\n" +
			"\tboiler = as(raw.tenths / 10.0, C)\n\n" +
			"The opposite is `in`.",
	},
	{
		Name: "in", Sort: "form", Calls: []string{"in(q, unit)"},
		Doc: "`in` is the plain number of a quantity or duration, counted in a unit.\n\n" +
			"\tmqtt_out outside {\n\t  via   = home\n\t  topic = \"fahrenheit\"\n\t  send  = in(attic.temperature, F)\n\t}\n\n" +
			"The opposite is `as`.",
	},
	{
		Name: "include_sql", Sort: "form", Calls: []string{"include_sql(\"file\")"},
		Doc: "`include_sql` is the text of an SQL statement in a file below the flow's folder, as it is when the program is " +
			"built. It is checked like one that stands in the flow. Nothing in it is filled in, so a statement that needs data " +
			"of the flow stands in the flow itself.\n\n" +
			"\tsqlite history {\n\t  file = \"history.db\"\n\n\t  table weather {\n\t    at   = time\n\t    temp = C\n\t  }\n\t}\n\n" +
			"\tsql_exec clean {\n\t  from = history\n\t  when = every(1.d)\n\t  sql  = include_sql(\"clean.sql\")\n\t}",
	},
	{
		Name: "include_text", Sort: "form", Calls: []string{"include_text(\"file\")"},
		Doc: "`include_text` is the text of a file below the flow's folder, as it is when the program is built: the program " +
			"needs the file no more. A text may have 64 KB. Nothing in it is filled in. What a library includes lies beside the library's own file.\n\n" +
			"\tgreeting = include_text(\"greeting.txt\")\n\n" +
			"\tlog hello {\n\t  show = greeting\n\t}",
	},
	{
		Name: "initially", Sort: "form", Calls: []string{"initially(x, otherwise)"},
		Doc: "`initially` is a value, and something else before the value is known for the first time. " +
			"When the value stops being known later on, so does the result; `try` covers that too.\n\n" +
			"\tled frost {\n\t  pin = 18\n\t  on  = initially(attic.temperature, 20.C) < 3.C\n\t}",
	},
	{
		Name: "pipe", Sort: "form", Calls: []string{"pipe(x, step(…), …)"},
		Doc: "`pipe` writes a line of steps in the order in which things happen. Each step is a call whose first argument is " +
			"what comes out of the step before: `pipe(x, f(a), g(b))` is `g(f(x, a), b)`. Inside a step `it` is what flows.\n\n" +
			"\tcalm = pipe(attic, where(it.temperature > -40.C), throttle(1.min))",
	},
	{
		Name: "ready", Sort: "form", Calls: []string{"ready(x)"},
		Doc: "`ready` is on while a value is known: it was seen, its source is not silent for longer than its `stale`, and nothing in " +
			"it fails.\n\n" +
			"\tled trouble {\n\t  pin = 18\n\t  on  = !ready(attic)\n\t}",
	},
	{
		Name: "try", Sort: "form", Calls: []string{"try(x, otherwise)"},
		Doc: "`try` is something else wherever an expression fails or is not known: before its first value, while its source is silent, " +
			"or when an operation in it has no result. For data that may be missing there is `default`.\n\n" +
			"\tmqtt_out shown {\n\t  via   = home\n\t  topic = \"share\"\n\t  send  = try(attic.temperature, 20.C)\n\t  when  = every(1.min)\n\t}",
	},
	{
		Name: "where", Sort: "form", Calls: []string{"where(e, condition)"},
		Doc: "`where` lets only those occurrences of an event or reading through for which a condition holds. What the condition " +
			"makes sure of (`e.x != null`) is known from then on. As to `stale`, what counts is when it last let something through.\n\n" +
			"\tcold = where(attic, attic.temperature < 5.C)",
	},
	{
		Name: "list", Sort: "type", Calls: []string{"list(T)"},
		Doc: "`list` is the type of any number of things of one type, one after the other.\n\n\ttype plan {\n\t  hours = list(int)\n\t}",
	},
	{
		Name: "map", Sort: "type", Calls: []string{"map(T)"},
		Doc: "`map` is the type of things of one type, each under a name of its own.\n\n\ttype prices {\n\t  by_name = map(number)\n\t}",
	},
	{
		Name: "named", Sort: "type", Calls: []string{"named(\"key\", T)"},
		Doc: "`named` gives a field another name in the flow than it has outside.\n\n\ttype heat {\n\t  level = named(\"Level-%\", pct)\n\t}",
	},
	{
		Name: "optional", Sort: "type", Calls: []string{"optional(T)", "optional(T, otherwise)"},
		Doc: "`optional` is the type of data that may be missing. With a second argument that is what it is then; without, the flow must " +
			"say what happens: with `default(x, …)`, or by asking `x != null` before it reads it.\n\n" +
			"\ttype cell {\n\t  battery = optional(V)\n\t  retries = optional(int, 0)\n\t}",
	},
	{
		Name: "scaled", Sort: "type", Calls: []string{"scaled(k, T)"},
		Doc: "`scaled` is the type of a number that is sent in steps: the number outside, times `k`, is in the unit.\n\n" +
			"\ttype cell {\n\t  level = scaled(0.1, pct)\n\t}",
	},
	{
		Name: "string_as", Sort: "type", Calls: []string{"string_as(T)"},
		Doc: "`string_as` is the type of a number that is sent as text, in quotes.\n\n\ttype cell {\n\t  voltage = string_as(V)\n\t}",
	},
	{
		Name: "words", Sort: "type", Calls: []string{"words({ on = …, off = … })", "words(T, { … })"},
		Doc: "`words` gives a switch, or the members of an enumeration, other spellings outside. A spelling that is not listed is a " +
			"fault.\n\n\ttype plug {\n\t  state = words({ on = \"ON\", off = \"OFF\" })\n\t}",
	},
	{
		Name: "epoch", Sort: "type", Calls: []string{"epoch(s)", "epoch(ms)", "epoch(us)"},
		Doc: "`epoch` is the type of a moment that is sent as a count of seconds, or of another unit, since the beginning of 1970.\n\n" +
			"\ttype cell {\n\t  at = epoch(ms)\n\t}",
	},
}
