// Package logline writes lines of a flow's own to the program's log. Its kind,
// `log`, takes anything and never blocks an instant.
//
//flow:opens nothing
package logline

import (
	"strings"

	"flowc/rt/flow"
)

// Level is how much a line matters.
type Level string

// The levels, from least to most.
const (
	LevelDebug   Level = "debug"
	LevelInfo    Level = "info"
	LevelWarning Level = "warning"
	LevelError   Level = "error"
)

// Log writes a line to the program's log with each event it is given, or
// whenever the value it is given changes.
//
//	button door {
//	  pin = 17
//	}
//
//	log visitors {
//	  show = "the door was opened"
//	  when = door.pressed
//	}
//
//flow:kind log
type Log struct {
	// Show is what is written: text as it is, a list, a map or a record as JSON,
	// everything else as in "${…}", and "happens" for an event that carries nothing.
	// Control characters are written as \x1b and the like, so that a payload
	// cannot pretend to be a line of its own.
	Show flow.Show
	// Level marks the line. Lines of level debug are written only where the
	// program was started with `--log-level debug`.
	Level Level `default:"info"`
}

// Start has nothing to claim.
func (l *Log) Start(*flow.Host) error { return nil }

// React has nothing to answer.
func (l *Log) React(*flow.Host, flow.Wake) {}

// Shoot writes the line; a reader that is too slow loses it, counted.
func (l *Log) Shoot(h *flow.Host) { h.Print(flow.LogLevel(l.Level), oneLine(l.Show.V)) }

// Stop has nothing to let go.
func (l *Log) Stop(*flow.Host) {}

// oneLine keeps a text within its line and away from the terminal's controls.
func oneLine(text string) string {
	if strings.IndexFunc(text, isControl) < 0 {
		return text
	}
	const hex = "0123456789abcdef"
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case isControl(r):
			b.WriteString(`\x`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isControl covers C0 without the tab, DEL, and C1, which some terminals obey.
func isControl(r rune) bool { return r < ' ' && r != '\t' || r >= 0x7f && r < 0xa0 }
