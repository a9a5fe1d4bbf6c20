package check

import "flowc/lang/catalog"

// choiceForms document the forms that choose among answers.
var choiceForms = []*catalog.Form{
	{
		Name: "choose", Sort: "form", Calls: []string{"choose({ condition = answer, else = answer })"},
		Doc: "`choose` is a table of conditions: the first row that holds gives the answer, and `else`, the last row, answers where " +
			"none does. Only what is asked and the answer taken must be known.\n\n" +
			"\tfeel = choose({\n\t  attic.temperature < 18.C = \"cold\"\n\t  attic.temperature < 24.C = \"pleasant\"\n" +
			"\t  else                     = \"hot\"\n\t})",
	},
	{
		Name: "enum", Sort: "block", Calls: []string{"enum NAME { values = [a, b], renamed_from = { a = \"c\" } }"},
		Doc: "`enum` is a block that names a choice: a type whose members are all it can be. It comes in, goes out and is kept as the text of its member; " +
			"a text that is none of them is a fault. Where the type is known a member is written bare, elsewhere `mode.eco`. " +
			"In a program that persists, `renamed_from = { away = \"off\" }` says which name a member had in what was kept; " +
			"rows of a database keep the old name until an UPDATE changes them.\n\n" +
			"\tenum mode {\n\t  values = [off, eco, comfort]\n\t}\n\n" +
			"\tmqtt_in heating {\n\t  via   = home\n\t  topic = \"mode\"\n\t  text  = mode\n\t  stale = 1.h\n\t}\n\n" +
			"\tfrugal = heating == eco",
	},
	{
		Name: "function", Sort: "block", Calls: []string{"function NAME { … }"},
		Doc: "`function` is a block with a calculation of your own, for calls from anywhere: `params` names what it is given, `result` says what it " +
			"gives, and all other lines are steps in between. It sees its parameters and constants, and remembers nothing. " +
			"`returns` pins the type of the result; a parameter that is `optional(T, otherwise)` may be left out at the end of a call.\n\n" +
			"\tfunction vapour_deficit {\n\t  params = { t = C, rh = pct }\n\t  sat    = 0.6108 * exp(17.27 * in(t, C) / (in(t, C) + 237.3))\n" +
			"\t  result = as(sat * (1 - ratio(rh)), kPa)\n\t}\n\n" +
			"\tdryness = vapour_deficit(attic.temperature, 40.pct)",
	},
	{
		Name: "match", Sort: "form", Calls: []string{"match(x, { member = answer, … })"},
		Doc: "`match` gives an answer for each thing that `x` can be: the members of an enumeration, the cases of a variant, on and off. " +
			"A row that is missing is an error; `else` answers for all that have none. In the row of a variant's case `it` is the data of the case.\n\n" +
			"\tenum mode {\n\t  values = [off, eco, comfort]\n\t}\n\n" +
			"\tmqtt_in heating {\n\t  via   = home\n\t  topic = \"mode\"\n\t  text  = mode\n\t  stale = 1.h\n\t}\n\n" +
			"\ttarget = match(heating, {\n\t  off     = 5.C\n\t  eco     = 18.C\n\t  comfort = 21.C\n\t})",
	},
	{
		Name: "ignore", Sort: "form", Calls: []string{"ignore(e, …)"},
		Doc: "`ignore` says that something goes nowhere on purpose. It is an equation of its own, whose name nobody uses.\n\n" +
			"\tvariant command {\n\t  open = {}\n\t  dim  = { level = pct }\n\t}\n\n" +
			"\tmqtt_in commands {\n\t  via   = home\n\t  topic = \"room\"\n\t  json  = tagged(\"type\", command)\n\t  kind  = command\n\t}\n\n" +
			"\tnot_used = ignore(commands.open)",
	},
	{
		Name: "pick", Sort: "form", Calls: []string{"pick(record, [\"field\", …])"},
		Doc: "`pick` is a record of some fields of another, in the order of the list.\n\n" +
			"\tmqtt_out short {\n\t  via   = home\n\t  topic = \"short\"\n\t  send  = pick(attic, [\"temperature\"])\n\t}\n\n" +
			"The others are `without`.",
	},
	{
		Name: "with", Sort: "form", Calls: []string{"with(record, { field = value, … })"},
		Doc: "`with` is a record with some fields replaced, and others added. A field that is replaced keeps its unit.\n\n" +
			"\tmqtt_out more {\n\t  via   = home\n\t  topic = \"more\"\n\t  send  = with(attic, { room = \"attic\", at = attic.time })\n\t}",
	},
	{
		Name: "without", Sort: "form", Calls: []string{"without(record, [\"field\", …])"},
		Doc: "`without` is a record without some of its fields.\n\n" +
			"\tmqtt_in meter {\n\t  via   = home\n\t  topic = \"meter\"\n\t  json  = { power = W, note = string }\n\t  stale = 1.h\n\t}\n\n" +
			"\tmqtt_out plain {\n\t  via   = home\n\t  topic = \"plain\"\n\t  send  = without(meter, [\"note\"])\n\t}\n\n" +
			"The opposite is `pick`.",
	},
	{
		Name: "variant", Sort: "block", Calls: []string{"variant NAME { case = { … } … }"},
		Doc: "`variant` is a block that names a type with several cases, each with fields of its own. What comes in is one of them; `tagged` tells which. " +
			"Of a stream, each case is a stream of its own; of a value, `match` answers for each case.\n\n" +
			"\tvariant command {\n\t  open = {}\n\t  dim  = { level = pct }\n\t}\n\n" +
			"\tmqtt_in commands {\n\t  via   = home\n\t  topic = \"room\"\n\t  json  = tagged(\"type\", command)\n\t  kind  = command\n\t}\n\n" +
			"\tlevel = latest(commands.dim.level, 0.pct)\n\n" +
			"\tasked = match(commands, {\n\t  open = 100.pct\n\t  dim  = it.level\n\t})\n\n" +
			"The flow makes one by the name of its case: `command::dim({ level = 40.pct })`, and `command.open` for a case that carries nothing.",
	},
	{
		Name: "tagged", Sort: "type", Calls: []string{"tagged(\"field\", variant)"},
		Doc: "`tagged` names the field of a message that says which case of a variant it is.\n\n" +
			"\tvariant command {\n\t  open = {}\n\t  dim  = { level = pct }\n\t}\n\n" +
			"\tmqtt_in commands {\n\t  via   = home\n\t  topic = \"room\"\n\t  json  = tagged(\"type\", command)\n\t  kind  = command\n\t}",
	},
	{
		Name: "capture", Sort: "form", Calls: []string{"capture(text, pattern)"},
		Doc: "`capture` is a record of what the named groups of a pattern match in a text, missing where the pattern does not match. " +
			"A group that may take no part is a field that may be missing. The pattern is a constant in the syntax of RE2.\n\n" +
			"\tmqtt_in line {\n\t  via   = home\n\t  topic = \"line\"\n\t  stale = 1.h\n\t}\n\n" +
			"\tfound = capture(line, \"(?P<name>[a-z]+)=(?P<value>[0-9.]+)\")\n\tvalue = found != null ? to_number(found.value) : 0.0",
	},
	{
		Name: "format", Sort: "form", Calls: []string{"format(\"%5.1f\", x, …)"},
		Doc: "`format` writes values into a text: `%s` anything as a text shows it, `%d` a whole number, `%x` one in hexadecimal, `%.1f` a number with one digit after the " +
			"point (a quantity without its unit), `%%` a percent sign. A number before the letter is the least width: `%5d` fills up on the left, `%-5d` on the right, " +
			"`%05d` with zeros.\n\n" +
			"\tmqtt_out shown {\n\t  via   = home\n\t  topic = \"shown\"\n\t  send  = format(\"%.1f degrees\", attic.temperature)\n\t}",
	},
}
