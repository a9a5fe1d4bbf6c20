package check

import "flowc/lang/catalog"

// blockLine is a catalog.FormSetting, written shorter.
type blockLine struct{ Name, Value, What, Doc string }

func settingsOf(block string) (list []catalog.FormSetting) {
	for _, l := range blockSettings[block] {
		list = append(list, catalog.FormSetting(l))
	}
	return list
}

// blockSettings are what stands in the language's own blocks, by block. A test holds them
// against what each block takes.
var blockSettings = map[string][]blockLine{
	"program": {
		{"edition", "1", "int, constant", "`edition` is the version of the language that the flow is written in."},
		{"log_faults", "on", "bool, constant", "`log_faults = off` keeps faults out of the log; W0404 warns where they then go nowhere."},
		{"memory", "", "data size, constant", "`memory` is how much memory the program may need: `64.MB`. W0905 warns where it could be more, and Go is told."},
		{"persist", "", "{ … }", "`persist` lets what the flow remembers outlive the program: states, operators, sequences, timers."},
		{"persist.file", "…", "string, constant", "`file` is where it is kept; in the service's state folder if it has no folder of its own."},
		{"persist.every", "1.min", "duration, constant, 5.s or more", "`every` is how often what has changed is written: what happened since is lost with the power."},
		{"persist.what", "all", "all or marked, constant", "`what = marked` keeps only blocks with `persist = true`."},
		{"health", "", "string or { … }, constant", "`health` is the address of a page on which the program tells how it does: `\"127.0.0.1:9100\"`."},
		{"health.listen", "…", "string, constant", "`listen` is the address of the page; one that others can reach wants `auth`."},
		{"health.auth", "", "a secret", "`auth` is what clients must show."},
	},
	"site": {
		{"latitude", "", "number, constant", "`latitude` is in degrees, north positive; with `longitude` it decides about the sun."},
		{"longitude", "", "number, constant", "`longitude` is in degrees, east positive."},
		{"timezone", "", "string, constant", "`timezone` decides about times of day, by its IANA name: `\"Europe/Berlin\"`."},
	},
	"board": {
		{"i2c", "off", "bool, constant", "`i2c` says that the I2C bus is in use: its pins are taken."},
		{"spi", "off", "bool, constant", "`spi` says that the SPI bus is in use: its pins are taken."},
		{"uart", "off", "bool, constant", "`uart` says that the serial port is in use: its pins are taken."},
		{"w1", "off", "bool, constant", "`w1` says that the 1-wire bus is in use: its pin is taken."},
	},
	"state": {
		{"start", "…", "constant", "`start` is what it is before anything happened; its type is the state's."},
		{"on", "…", "{ event = next, … }", "`on` is the table of what changes it. In a row `old` is what it was and `it` what the event says."},
		{"type", "", "a type", "`type` says what it is where `start` does not tell, as with a member of two enumerations."},
		{"persist", "", "bool, constant", "`persist = true` keeps it over a restart where the program keeps only what is marked."},
		{"renamed_from", "", "string, constant", "`renamed_from` is the name under which it was kept before."},
		{"migrate", "", "a function", "`migrate` names the function of the flow that makes this state of what an earlier version kept, when it was something else."},
	},
	"sequence": {
		{"start", "…", "event or value of bool", "`start` begins it: something that happens, or a switch that goes on."},
		{"cancel", "", "event or value of bool", "`cancel` ends it at once."},
		{"again", "ignore", "ignore, restart or queue, constant", "`again` says what another start does while it runs."},
		{"persist", "", "bool, constant", "`persist = true` keeps it over a restart where the program keeps only what is marked."},
		{"renamed_from", "", "string, constant", "`renamed_from` is the name under which it was kept before."},
		{"step", "…", "block with a name", "`step` is one of its steps, in their order; `NAME.STEP.active` is on while it lasts."},
		{"step.for", "", "duration", "`for` is how long the step lasts, or the longest it may wait for `until`."},
		{"step.until", "", "event or value of bool", "`until` ends the step when it happens or holds."},
		{"step.for_each", "", "map, constant", "`for_each` makes one step for each entry of a map, in the map's order; in them `each` is the entry and `each_key` its name."},
	},
	"interlock": {
		{"never_both", "…", "list of actuators", "`never_both` are the actuators of which only one may be on."},
		{"gap", "0.s", "duration, constant", "`gap` is how long all stay off between two, and after the program has started."},
	},
	"invariant": {
		{"that", "…", "value of bool", "`that` is the condition that must hold at every moment."},
	},
	"component": {
		{"inputs", "", "{ name = type, … }", "`inputs` says what each instance is given: `event(T)`, `reading(T)`, `value(T)`, or a type for a constant."},
		{"outputs", "…", "{ name = wire, … }", "`outputs` is what an instance shows."},
		{"for_each", "", "map, constant", "`for_each` stands in an instance: one is made for each entry of the map; in it `each` is the entry and `each_key` its name."},
	},
	"setting": {
		{"type", "…", "a type", "`type` is what the setting is."},
		{"default", "", "constant", "`default` is what it is when nobody says; without it, it must be given."},
		{"range", "", "[least, most], constant", "`range` bounds it."},
		{"env", "", "string, constant", "`env` is the environment variable that gives it, by default FLOW_ and its name in capitals."},
	},
	"secret": {
		{"env", "", "string, constant", "`env` is the environment variable that gives it, by default its own name in capitals."},
	},
	"enum": {
		{"values", "…", "list of names", "`values` are the members, written bare."},
	},
	"function": {
		{"params", "…", "{ name = type, … }", "`params` are what it is given, in order."},
		{"result", "…", "an expression", "`result` is what it gives; the lines beside it are names for parts of it."},
		{"returns", "", "a type", "`returns` says of what type the result is, where the compiler should hold it to that."},
	},
	"use": {
		{"from", "…", "string, constant", "`from` is a folder below the flow's (`\"./lib\"`), or a repository (`\"github.com/x/y//zone\"`), which `flowc get` fetches."},
		{"version", "", "string, constant", "`version` is the one that is fetched from a repository."},
	},
	"test": {
		{"at", "\"2026-06-01 12:00\"", "string, constant", "`at` is when the test begins, by the clocks of the site."},
		{"replay", "", "string, constant", "`replay` is a recording of `flowc run -record` that is played before the steps."},
		{"send", "", "step", "`send` lets a message come to a source: `send soil { bed = \"tomatoes\", moisture = 12.pct }`, each field on a line of its own."},
		{"send_raw", "", "step", "`send_raw` lets a message come as it stands: `topic`, `payload`."},
		{"press", "", "step", "`press` presses a button: `press door {}`; `lasts`, `times`."},
		{"set", "", "step", "`set` moves the pin of an input (`set door { down = on }`), says what a thing is told when it asks, or what a setting is."},
		{"request", "", "step", "`request` asks a route as a client does."},
		{"advance", "", "step", "`advance` lets time pass: `advance { by = 10.min }`, or `{ to = \"2026-06-01 18:00\" }`."},
		{"expect", "", "step", "`expect` says what must hold now: `expect { that = pump.on }`."},
		{"expect_sent", "", "step", "`expect_sent` says what a sink must have sent since the last look: `topic`, `payload`, fields, `times`."},
		{"expect_nothing_sent", "", "step", "`expect_nothing_sent` says that a sink has sent nothing since the last look."},
		{"expect_fault", "", "step", "`expect_fault` says that something failed: `message` is a part of what the fault says."},
		{"fail", "", "step", "`fail` lets the next effect of a sink fail."},
		{"disconnect", "", "step", "`disconnect` takes a connection away until `connect`."},
		{"connect", "", "step", "`connect` gives a connection back."},
		{"restart", "", "step", "`restart` ends the program and begins it anew; `after` is how long it is away."},
		{"stored", "", "step", "`stored` begins the program anew with what an earlier version kept of its states: `stored { energy = 12.kWh }`."},
		{"repeat", "", "step", "`repeat` does the steps in it `times` times, `every` so long; in them `it` is the number of the round, from 0."},
	},
}
