package flow

// Watch is a wire as the simulator shows it.
type Watch struct {
	// Name is `pump.on`, or `dry["tomatoes"]` for one key of a keyed wire.
	Name string
	// Text is what it is now: "on", "12.3 %", "not ready"; for an event its last
	// payload and time, or "–".
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

// WatchEvent is what an event carried when it happened in this pass. The number of
// the pass makes two alike occurrences differ; the watcher cuts it off.
func WatchEvent[T any](v T, at, now Pass, format func(T) string) string {
	if at == 0 {
		return "–"
	}
	return format(v) + "\x00" + FormatInt(int64(at))
}
