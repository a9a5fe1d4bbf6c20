package check

import "flowc/lang/catalog"

// wordForms document the names that have a meaning in every flow, and the forms of rows.
var wordForms = []*catalog.Form{
	{
		Name: "it", Sort: "word", Calls: []string{"it"},
		Doc: "`it` is what flows through `pipe`, the element inside `any`, `all`, `find` and their like, and in a row of a `state` what the event says.\n\n" +
			"\tmqtt_in levels {\n\t  via   = home\n\t  topic = \"levels\"\n\t  json  = { tanks = list(pct) }\n\t  stale = 1.h\n\t}\n\n" +
			"\tsome_low = any(levels.tanks, it < 20.pct)\n\n" +
			"\tled warn {\n\t  pin = 18\n\t  on  = some_low\n\t}",
	},
	{
		Name: "old", Sort: "word", Calls: []string{"old"},
		Doc: "`old` is what a `state` was before the row that stands to its left.\n\n" +
			"\tbutton door {\n\t  pin = 17\n\t}\n\n" +
			"\tstate visits {\n\t  start = 0\n\t  on    = { door.pressed = old + 1 }\n\t}\n\n" +
			"\tlog told {\n\t  show = visits\n\t}\n\n" +
			"Outside a `state`, `previous(x, …)` is what a value was before.",
	},
	{
		Name: "each", Sort: "word", Calls: []string{"each", "each_key"},
		Doc: "`each` is the entry of the map that an instance, or a step of a sequence, with `for_each` is made for; `each_key` is the entry's name, a text.\n\n" +
			"\tbeds = {\n\t  herbs = { run = 5.min }\n\t  beans = { run = 10.min }\n\t}\n\n" +
			"\tsequence watering {\n\t  start = daily(\"06:00\")\n\n\t  step bed {\n\t    for_each = beds\n\t    for      = each.run\n\t  }\n\t}\n\n" +
			"\tled running {\n\t  pin = 18\n\t  on  = watering.bed[\"herbs\"].active\n\t}\n\n\tsite { timezone = \"Europe/Berlin\" }",
	},
	{
		Name: "sun", Sort: "word", Calls: []string{"sun"},
		Doc: "`sun` is the sun over the place that `site` names: `sun.up` and `sun.down` are switches, `sun.elevation` and `sun.azimuth` angles. " +
			"`sunrise(…)` and `sunset(…)` happen.\n\n" +
			"\tsite {\n\t  latitude  = 52.52\n\t  longitude = 13.40\n\t  timezone  = \"Europe/Berlin\"\n\t}\n\n" +
			"\tled night {\n\t  pin = 18\n\t  on  = sun.elevation < -6.deg\n\t}",
	},
	{
		Name: "faults", Sort: "word", Calls: []string{"faults"},
		Doc: "`faults` happens whenever something in the program fails: `faults.node` says what, `.message` why, `.position` where it stands in the flow. " +
			"`NAME.faults` are those of one thing or equation. They are logged unless they are wired.\n\n" +
			"\tmqtt_out told {\n\t  via   = home\n\t  topic = \"faults\"\n\t  send  = \"${faults.node}: ${faults.message}\"\n\t}",
	},
	{
		Name: "meta", Sort: "word", Calls: []string{"meta"},
		Doc: "`meta` is what is known of the transport of a message: `NAME.meta.topic`, `.retained` and `.qos` of an `mqtt_in`, `.status` of what the web answered.\n\n" +
			"\tlog told {\n\t  show = attic.meta.topic\n\t}",
	},
	{
		Name: "after", Sort: "word", Calls: []string{"after(d)"},
		Doc: "`after` stands on the left of a row of a `state`: it happens the time d after the last change of that state.\n\n" +
			"\tbutton door {\n\t  pin = 17\n\t}\n\n" +
			"\tstate light {\n\t  start = off\n\t  on = {\n\t    door.pressed  = !old\n\t    after(10.min) = off\n\t  }\n\t}\n\n" +
			"\tled lamp {\n\t  pin = 18\n\t  on  = light\n\t}\n\n" +
			"Anywhere else `delay(x, d)`, `on_delay` and `off_delay` wait.",
	},
	{
		Name: "board", Sort: "block", Calls: []string{"board { i2c = on }"},
		Doc: "`board` is a block that says which buses of the board are in use, so that nothing else takes their pins.\n\n" +
			"\tboard {\n\t  i2c = on\n\t}\n\n" +
			"\tled lamp {\n\t  pin = 18\n\t  on  = on\n\t}",
	},
	{
		Name: "use", Sort: "block", Calls: []string{"use NAME { from = \"./lib\" }"},
		Doc: "`use` is a block that brings in a component of a library: a folder below the flow's, or a repository. The component's name is then a kind; its types and functions come with it.\n\n" +
			"\tuse lamp_of {\n\t  from = \"./lib\"\n\t}\n\n" +
			"\tlamp_of hall {\n\t  lit = attic.temperature > 30.C\n\t}",
	},
}
