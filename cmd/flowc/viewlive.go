package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Sequences of ANSI terminals. Lines that are too long are cut by the terminal itself, as wrapping is off while the
// table is drawn.
const (
	ansiOpen    = "\x1b[?1049h\x1b[2J" // another screen, empty
	ansiClose   = "\x1b[?1049l"
	ansiHome    = "\x1b[H"
	ansiSave    = "\x1b7\x1b[?7l"
	ansiRestore = "\x1b[?7h\x1b8"
	ansiEndLine = "\x1b[K\r\n"
	ansiBelow   = "\x1b[J"
	ansiBold    = "\x1b[1m"
	ansiDim     = "\x1b[2m"
	ansiPlain   = "\x1b[0m"
)

// defaultRows is the height of a terminal that does not tell.
const defaultRows = 24

// defaultColumns is its width.
const defaultColumns = 80

// noteCount is how many of the last messages are shown.
const noteCount = 8

// liveView draws the wires as a table above a prompt.
type liveView struct {
	out   io.Writer
	intro []string
	order []string
	texts map[string]string
	// fresh counts down the ticks for which a change is bold.
	fresh map[string]int
	notes []string
	// height is how many lines the last drawing had; the prompt stands below them.
	height int
	dirty  bool
	// rows gives the height of the terminal.
	rows func() int
}

func newLiveView(out io.Writer) *liveView {
	v := &liveView{out: out, rows: func() int { return terminalRows(out) }}
	io.WriteString(out, ansiOpen)
	return v
}

func (v *liveView) wantsAll() bool { return true }

func (v *liveView) start(intro []string) {
	v.intro, v.order, v.texts, v.fresh = intro, nil, map[string]string{}, map[string]int{}
	v.draw(true)
}

// line sorts what the console prints: changes and the answer of show go into the table, the rest below it.
func (v *liveView) line(text string) {
	name, value, ok := wireLine(text)
	if !ok {
		v.note(text)
		return
	}
	if _, known := v.texts[name]; !known {
		v.order = append(v.order, name)
	}
	v.texts[name] = value
	v.fresh[name] = 20
	v.dirty = true
}

func (v *liveView) note(text string) {
	v.notes = append(v.notes, strings.ReplaceAll(text, "\t", "  "))
	if len(v.notes) > noteCount {
		v.notes = slices.Clone(v.notes[len(v.notes)-noteCount:])
	}
	v.dirty = true
}

// ready draws everything, because what was typed has moved the cursor.
func (v *liveView) ready() { v.draw(true) }

func (v *liveView) tick() {
	for name, n := range v.fresh {
		if n--; n <= 0 {
			delete(v.fresh, name)
			v.dirty = true
		} else {
			v.fresh[name] = n
		}
	}
	if v.dirty {
		v.draw(false)
	}
}

// close gives back the screen; what went wrong must not vanish with it.
func (v *liveView) close(code int) {
	io.WriteString(v.out, ansiClose)
	if code != exitFine {
		io.WriteString(v.out, strings.Join(v.notes, "\n")+"\n")
	}
}

// draw prints the table. Between commands the prompt below it stays, with what was typed so far, unless the table
// has grown into it.
func (v *liveView) draw(all bool) {
	v.dirty = false
	lines := v.lines()
	all = all || len(lines) != v.height
	v.height = len(lines)
	var b strings.Builder
	if !all {
		b.WriteString(ansiSave)
	} else {
		b.WriteString("\x1b[?7l")
	}
	b.WriteString(ansiHome)
	for _, line := range lines {
		b.WriteString(line + ansiEndLine)
	}
	if all {
		b.WriteString("\x1b[?7h" + ansiBelow + "> ")
	} else {
		b.WriteString(ansiRestore)
	}
	io.WriteString(v.out, b.String())
}

func (v *liveView) lines() []string {
	var lines []string
	for _, l := range v.intro {
		lines = append(lines, ansiDim+l+ansiPlain)
	}
	lines = append(lines, "")
	room := max(v.rows()-len(lines)-noteCount-3, 3)
	lines = append(lines, v.table(room)...)
	lines = append(lines, "")
	lines = append(lines, v.notes...)
	for range noteCount - len(v.notes) {
		lines = append(lines, "")
	}
	return lines
}

func (v *liveView) table(room int) []string {
	width := 0
	for _, name := range v.order {
		width = max(width, len([]rune(name)))
	}
	var rows []string
	for i, name := range v.order {
		if i == room-1 && len(v.order) > room {
			return append(rows, fmt.Sprintf("  … and %d more; show prints them all", len(v.order)-i))
		}
		text := v.texts[name]
		if v.fresh[name] > 0 {
			text = ansiBold + text + ansiPlain
		}
		rows = append(rows, "  "+name+strings.Repeat(" ", width-len([]rune(name))+2)+text)
	}
	return rows
}

// wireLine reads a line of the program's console: "12:00:03.120 pump.on  off → on" or "pump.on  off".
func wireLine(text string) (name, value string, ok bool) {
	if strings.HasPrefix(text, "?") || strings.HasPrefix(text, " ") {
		return "", "", false
	}
	rest := text
	if first, after, found := strings.Cut(text, " "); found && len(first) == len("12:00:03.120") && strings.Count(first, ":") == 2 {
		rest = after
	}
	name, value, ok = strings.Cut(rest, "  ")
	if !ok || strings.Contains(strings.SplitN(name, "[", 2)[0], " ") {
		return "", "", false // a message of the broker: "mqtt topic  payload"
	}
	value = strings.TrimLeft(value, " ")
	if _, now, changed := strings.Cut(value, " → "); changed && rest != text {
		value = now
	}
	return name, value, true
}
