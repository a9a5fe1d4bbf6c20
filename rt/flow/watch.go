package flow

import "io"

// Watch is a wire as the simulator shows it.
type Watch struct {
	// Name is `pump.on`, or `dry["tomatoes"]` for one key of a keyed wire.
	Name string
	// Text is what it is now: "on", "12.3 %", "not ready"; for an event what
	// WatchEvent gives.
	Text func() string
}

// Watched is a program that can be looked into; the compiler generates it for
// simulation only.
type Watched interface {
	// Wires are all outputs and equations, with a keyed wire once per known key:
	// the list grows.
	Wires() []Watch
	// Pins are the GPIO numbers of the things that have one, by name.
	Pins() map[string]int
}

// Console is the simulator's: rt/sim sets it, and Main calls it before the
// engine starts. It returns at once; stop ends the program as SIGTERM does.
var Console func(e *Engine, p Program, stop func())

// ConsoleClock makes the clock of a simulated program from the machine's: one that
// a person can put forward. rt/sim sets it.
var ConsoleClock func(Clock) Clock

// ConsoleLog takes the log of a simulated program in order with what its console prints;
// nil for one whose log goes where that of every program does. rt/sim sets it.
var ConsoleLog io.Writer

// Lasts says that a simulation keeps what outlives the program, as the program does; the
// others leave no files. rt/sim sets it.
var Lasts bool

// OnOff is a switch as people say it.
func OnOff(v bool) string {
	if v {
		return "on"
	}
	return "off"
}

// WatchLevel is what a value or reading is, as text.
func WatchLevel[T any](v Val[T], format func(T) string) string {
	if !v.OK {
		return "not ready"
	}
	return format(v.V)
}

// WatchMaybe is data that may be missing, as text.
func WatchMaybe[T any](v Opt[T], format func(T) string) string {
	if !v.OK {
		return "null"
	}
	return format(v.V)
}

// WatchEvent is what an event carried when it happened in this pass. The number of
// the pass makes two alike occurrences differ; the watcher cuts it off.
func WatchEvent[T any](v T, at, now Pass, format func(T) string) string {
	if at == 0 {
		return "–"
	}
	return format(v) + "\x00" + FormatInt(int64(at))
}

// Play is the simulator's too: where it finds that a script is to be played, it
// runs the program on a clock of its own, gives the exit code, and played.
var Play func(spec Spec) (code int, played bool)

// Test is the simulator's: where it finds that tests of the flow are to be played,
// it plays them, gives the exit code, and tested. The tests say what the settings are.
var Test func(spec Spec) (code int, tested bool)
