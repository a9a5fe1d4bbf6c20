package check

import "flowc/lang/catalog"

// blockForms document the blocks of the language: memory, rules, reuse and what a
// program is told from outside.
var blockForms = []*catalog.Form{
	{
		Name: "state", Sort: "block", Calls: []string{"state NAME { start = …, on = { event = next, … } }"},
		Doc: "`state` is a block that remembers one thing, with a table of what changes it. On the left of a row stands what happens, on the right what the " +
			"state is from then on; there `old` is what it was and `it` what the event says. If two rows happen at the same moment the upper one " +
			"counts, also where it answers `old`: a condition that leaves the moment to the rows below stands on the left, `where(door.pressed, armed)`. `after(d)` on the left is the time d after the last change. Events that come once for each key make a state for each key.\n\n" +
			"\tbutton door {\n\t  pin = 17\n\t}\n\n" +
			"\tstate light {\n\t  start = off\n\t  on = {\n\t    door.pressed = !old\n\t    after(10.min) = off\n\t  }\n\t}\n\n" +
			"\tled lamp {\n\t  pin = 18\n\t  on  = light\n\t}\n\n" +
			"`type = mode` says what it is where `start` does not, as with a member of an enumeration. In a program that persists, `persist = true` keeps it " +
			"over a restart, and `renamed_from = \"old_name\"` finds what was kept under another name. A state that has become something else says with " +
			"`migrate = from_before` which function of the flow makes it of what was kept; the function's one parameter has the type that the state had. " +
			"Leave it in until every program that kept the old one has started once. In a test `stored { NAME = … }` starts the program with what was kept.",
	},
	{
		Name: "sequence", Sort: "block", Calls: []string{"sequence NAME { start = event, step NAME { for = 10.min } … }"},
		Doc: "`sequence` is a block of steps that follow each other in time. It begins when `start` happens; each step lasts as long as `for` says, or until " +
			"what `until` names happens or holds; `cancel` ends it at once. It drives nothing itself: an actuator reads `NAME.STEP.active`, so that a " +
			"cancelled sequence cannot leave a valve open.\n\n" +
			"\tbutton go {\n\t  pin = 17\n\t}\n\n" +
			"\tbutton stop {\n\t  pin = 27\n\t}\n\n" +
			"\tsequence watering {\n\t  start  = go.pressed\n\t  cancel = stop.pressed\n\n\t  step beds { for = 10.min }\n\t  step lawn { for = 20.min }\n\t}\n\n" +
			"\tvalve beds_valve {\n\t  pin    = 22\n\t  on     = watering.beds.active\n\t  max_on = 15.min\n\t  safe   = off\n\t}\n\n" +
			"Outputs are `running`, `finished`, `cancelled` and the `active` of each step. `again` says what another start does while it runs: `ignore`, " +
			"`restart` or `queue`. Where `start`, `cancel` or an `until` comes once for each key there is a sequence for each key: " +
			"`any_of(watering.beds.active)`, `watering[\"herbs\"].running`. In a program that persists, a sequence goes on where it would be by then: " +
			"what its steps lasted while the program was off counts.",
	},
	{
		Name: "interlock", Sort: "block", Calls: []string{"interlock NAME { never_both = [a.on, b.on] }"},
		Doc: "`interlock` is a block with actuators of which only one may be on. The program enforces it, whatever their own lines say: the one that is on stays on " +
			"and the other waits, and of two that want to go on together the upper in the list does. `gap` is how long all stay off between two, and after a start, before which another may have been on.\n\n" +
			"\tbutton up {\n\t  pin = 17\n\t}\n\n" +
			"\tbutton down {\n\t  pin = 27\n\t}\n\n" +
			"\tmotor raise {\n\t  pin    = 22\n\t  on     = up.down\n\t  max_on = 30.s\n\t  safe   = off\n\t}\n\n" +
			"\tmotor lower {\n\t  pin    = 23\n\t  on     = down.down\n\t  max_on = 30.s\n\t  safe   = off\n\t}\n\n" +
			"\tinterlock shutter {\n\t  never_both = [raise.on, lower.on]\n\t  gap        = 500.ms\n\t}",
	},
	{
		Name: "invariant", Sort: "block", Calls: []string{"invariant \"what must hold\" { that = condition }"},
		Doc: "`invariant` is a block with a condition that must hold at every moment. Every test watches it; in a running program a moment in which it does not hold is a " +
			"fault, and the actuators in it go to their safe state. To keep two actuators apart at all times use `interlock`, which prevents where this one notices.\n\n" +
			"\tcontact window {\n\t  pin = 17\n\t}\n\n" +
			"\theater warm {\n\t  pin    = 22\n\t  on     = attic.temperature < 18.C && window.closed\n\t  max_on = 2.h\n\t  safe   = off\n\t}\n\n" +
			"\tinvariant \"never heat with an open window\" {\n\t  that = !(warm.on && window.open)\n\t}",
	},
	{
		Name: "component", Sort: "block", Calls: []string{"component NAME { inputs = { … }, outputs = { … }, … }"},
		Doc: "`component` is a block that makes a kind of your own out of things and equations. `inputs` says what each instance is given: `event(T)`, `reading(T)` or " +
			"`value(T)` for a wire, a plain type for a constant, `optional(T, otherwise)` for what may be left out; `outputs` is what it shows. Inside it " +
			"sees its inputs and nothing of the flow around it.\n\n" +
			"\tcomponent alarm_light {\n\t  inputs  = { warm = value(C), limit = C, pin = pin }\n\t  outputs = { on = lamp.on }\n\n" +
			"\t  led lamp {\n\t    pin = pin\n\t    on  = warm > limit\n\t  }\n\t}\n\n" +
			"\talarm_light too_hot {\n\t  warm  = attic.temperature\n\t  limit = 30.C\n\t  pin   = 18\n\t}\n\n" +
			"With `for_each = map` in an instance there is one for each entry of a constant map, and `each` is the entry. A folder with nothing but components, and the types and " +
			"functions they need, is a library: `flowc check` checks it by itself, and `use` brings it into a flow.",
	},
	{
		Name: "setting", Sort: "block", Calls: []string{"setting NAME { type = T, default = … }"},
		Doc: "`setting` is a block with something that is told the program when it starts, by the environment variable `FLOW_NAME` or the one that `env` names. What does not fit " +
			"the type or the `range` ends the start, before any pin is touched; without a `default` it must be given.\n\n" +
			"\tsetting limit {\n\t  type    = C\n\t  default = 30.C\n\t  range   = [10.C, 60.C]\n\t}\n\n" +
			"\tled too_hot {\n\t  pin = 18\n\t  on  = attic.temperature > limit\n\t}",
	},
	{
		Name: "secret", Sort: "block", Calls: []string{"secret NAME { env = \"NAME\" }"},
		Doc: "`secret` is a block with a text that is told the program when it starts and must not leave it: a password, a key. It fits settings that are made for it, and " +
			"nothing that sends, shows or stores takes it. It is read from the environment variable that `env` names, by default its own name in capitals.\n\n" +
			"\tsecret broker_password {\n\t  env = \"BROKER_PASSWORD\"\n\t}\n\n" +
			"\tmqtt far {\n\t  url      = \"mqtts://broker.example:8883\"\n\t  user     = \"garden\"\n\t  password = broker_password\n\t}\n\n" +
			"\tmqtt_out told {\n\t  via   = far\n\t  topic = \"attic\"\n\t  send  = attic\n\t}",
	},
	{
		Name: "type", Sort: "block", Calls: []string{"type NAME { field = T … }"},
		Doc: "`type` is a block that names a record, so that several places can speak of it. Records are the same type if their fields are: the name is only short for them.\n\n" +
			"\ttype climate {\n\t  temperature = C\n\t  humidity    = optional(pct)\n\t}\n\n" +
			"\tmqtt_in cellar {\n\t  via   = home\n\t  topic = \"cellar\"\n\t  json  = climate\n\t  stale = 1.h\n\t}\n\n" +
			"\tdamp = default(cellar.humidity, 50.pct) > 70.pct",
	},
	{
		Name: "test", Sort: "block", Calls: []string{"test \"what it shows\" { step … }"},
		Doc: "`test` is a block with a story and what must be true in it: `flowc test` plays it on the program that runs on the Pi, with a clock of its own, so that a " +
			"week takes milliseconds. Its steps come in order: `send` lets a source say something, `set` moves a pin, `request` asks a route, `advance` lets time pass, `expect` looks; " +
			"`flowc help test` lists them all.\n\n" +
			"\tled too_hot {\n\t  pin = 18\n\t  on  = attic.temperature > 30.C\n\t}\n\n" +
			"\ttest \"the lamp warns\" {\n\t  send attic { temperature = 31.C }\n\t  expect { that = too_hot.on }\n\t  advance { by = 2.h }\n\t  expect { that = !too_hot.on }\n\t}",
	},
	{
		Name: "program", Sort: "block", Calls: []string{"program { edition = 1 }"},
		Doc: "`program` is a block with what holds for the whole flow: `edition`, the version of the language that it is written in, `persist`, the file in which it keeps what it " +
			"remembers over a restart, and `health`, an address on which it tells how it does.\n\n" +
			"\tprogram {\n\t  edition = 1\n\t  persist = { file = \"state.db\", every = 1.min, what = all }\n\t  health  = \"127.0.0.1:9100\"\n\t}\n\n" +
			"\tbutton door {\n\t  pin = 17\n\t}\n\n" +
			"\tlog visits {\n\t  show = count(door.pressed)\n\t}\n\n" +
			"With `what = marked` only blocks with `persist = true` are kept. Of a file that is damaged what is whole goes on, the rest begins anew and is told, and the file stays beside as `state.db.damaged`. `/healthz` of that address is green, yellow or red and says why, `/metrics` has counters for Prometheus, and " +
			"`/state` has things, wires and the last faults as JSON. An address that others can reach wants a login: `health = { listen = \"0.0.0.0:9100\", auth = token }`, with `secret token {}`.",
	},
	{
		Name: "site", Sort: "block", Calls: []string{"site { latitude = …, longitude = …, timezone = \"…\" }"},
		Doc: "`site` is a block that says where the flow runs: the time zone decides about times of day, latitude and longitude (in degrees, north and east) about the sun. " +
			"The names of zones are those of the IANA database.\n\n" +
			"\tsite {\n\t  latitude  = 52.52\n\t  longitude = 13.40\n\t  timezone  = \"Europe/Berlin\"\n\t}\n\n" +
			"\tled night {\n\t  pin = 18\n\t  on  = sun.down || between(\"22:00\", \"06:00\")\n\t}",
	},
}
