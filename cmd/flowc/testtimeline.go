package main

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/sim/report"
)

// How a level is drawn: on, off, not ready.
const (
	drawnOn, drawnOff, drawnUnknown = '▔', '▁', '·'
	drawnEvent                      = '●'
)

// Bounds of a timeline, in columns.
const (
	maxName      = 28
	leastColumns = 24
	mostColumns  = 120
)

// timelineText draws what the wires did until the failure: times on top, a row for each wire.
func (t *tester) timelineText(f *report.Failure, p *typed.Program) string {
	d := newDrawing(f.Timeline, p, min(terminalColumns(t.c.out), mostColumns))
	var b strings.Builder
	b.WriteString("  " + strings.Repeat(" ", d.names) + "  " + t.paint("2", d.times()) + "\n")
	for _, r := range f.Timeline.Rows {
		line := d.row(r)
		style := "0"
		if isSwitch(r) {
			style = "32"
		}
		text := "  " + pad(shortened(r.Name, maxName), d.names) + "  " + t.paint(style, strings.TrimRight(line, " "))
		if note := verdict(r, f); note != "" {
			fill := strings.Repeat(" ", max(0, d.width-len([]rune(strings.TrimRight(line, " ")))))
			text += fill + "  " + t.paint("1;31", "← "+note)
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

// verdict is what was expected of the wire of a row, or what it was.
func verdict(r report.Row, f *report.Failure) string {
	for _, p := range f.Parts {
		if p.Text != r.Name {
			continue
		}
		if len(f.Parts) == 1 && f.Message == "" {
			switch p.Value {
			case "on":
				return "expected off"
			case "off":
				return "expected on"
			}
		}
		return printable(p.Value)
	}
	return ""
}

// drawing places moments in columns.
type drawing struct {
	flow *typed.Program
	zone *time.Location
	// names is the width of the names, width that of the rest.
	names, width int
	// moments are in order, with their columns.
	moments []int64
	columns []int
	// cut says that what came before the first moment does not fit.
	cut bool
}

func newDrawing(l *report.Timeline, p *typed.Program, columns int) *drawing {
	d := &drawing{flow: p, zone: zoneOf(p)}
	set := map[int64]bool{l.From: true, l.To: true}
	for _, r := range l.Rows {
		d.names = max(d.names, len([]rune(shortened(r.Name, maxName))))
		for _, m := range r.Marks {
			set[m.At] = true
		}
	}
	for at := range set {
		d.moments = append(d.moments, at)
	}
	slices.Sort(d.moments)
	room := max(leastColumns, columns-d.names-4-22) // the last label and a verdict stand behind
	if most := room / 3; len(d.moments) > most {
		d.moments, d.cut = d.moments[len(d.moments)-most:], true
	}
	d.place(room)
	return d
}

// place gives longer times more room, but not in proportion: a press and a night stand in one picture.
func (d *drawing) place(room int) {
	n := len(d.moments)
	d.columns = make([]int, n)
	var sum float64
	weight := func(i int) float64 { return math.Sqrt(float64(d.moments[i] - d.moments[i-1])) }
	for i := 1; i < n; i++ {
		sum += weight(i)
	}
	const least = 2
	extra := float64(room - 1 - least*(n-1))
	at := 0.0
	for i := 1; i < n; i++ {
		at += least + extra*weight(i)/sum
		d.columns[i] = int(at)
	}
	d.width = d.columns[n-1] + 1
}

// column is where a moment stands; -1 is before the picture.
func (d *drawing) column(at int64) int {
	i, _ := slices.BinarySearch(d.moments, at)
	if at < d.moments[0] {
		return -1
	}
	return d.columns[i]
}

// times is the line of labels: as many as there is room for, the first and the last among them.
func (d *drawing) times() string {
	layout := d.layout()
	line := []rune(strings.Repeat(" ", d.width+24))
	free := 0
	last := len(d.moments) - 1
	label := func(i int) []rune {
		t := time.Unix(0, d.moments[i]).In(d.zone)
		text := t.Format(layout)
		if before := time.Unix(0, d.moments[max(i-1, 0)]).In(d.zone); before.YearDay() != t.YearDay() {
			text = t.Format("2 Jan ") + text
		}
		return []rune(text)
	}
	put := func(i int) {
		text := label(i)
		copy(line[d.columns[i]:], text)
		free = d.columns[i] + len(text) + 1
	}
	for i := range d.moments[:last] {
		if d.columns[i] >= free && (i == 0 || d.columns[i]+len(label(i)) < d.columns[last]) {
			put(i)
		}
	}
	if last == 0 || d.columns[last] >= free {
		put(last)
	}
	return strings.TrimRight(string(line), " ")
}

// layout has as many digits as the moments need.
func (d *drawing) layout() string {
	layout := "15:04"
	for _, m := range d.moments {
		switch {
		case m%int64(time.Second) != 0:
			return "15:04:05.000"
		case m%int64(time.Minute) != 0:
			layout = "15:04:05"
		}
	}
	return layout
}

// row draws one wire.
func (d *drawing) row(r report.Row) string {
	line := []rune(strings.Repeat(" ", d.width))
	if isSwitch(r) {
		d.drawSwitch(line, r)
	} else {
		line = d.drawTexts(line, r)
	}
	if d.cut {
		line[0] = '…'
	}
	return string(line)
}

// isSwitch reports whether a wire is on or off, or not ready.
func isSwitch(r report.Row) bool {
	known := false
	for _, m := range r.Marks {
		if m.Text != "on" && m.Text != "off" && m.Text != "not ready" {
			return false
		}
		known = known || m.Text != "not ready"
	}
	return known && !r.Event
}

func (d *drawing) drawSwitch(line []rune, r report.Row) {
	for i, m := range r.Marks {
		to := d.width
		if i+1 < len(r.Marks) {
			to = max(d.column(r.Marks[i+1].At), 0)
		}
		c := drawnUnknown
		switch m.Text {
		case "on":
			c = drawnOn
		case "off":
			c = drawnOff
		}
		for x := max(d.column(m.At), 0); x < to; x++ {
			line[x] = c
		}
	}
}

// drawTexts prints each value where it begins, as far as the next one leaves room.
func (d *drawing) drawTexts(line []rune, r report.Row) []rune {
	t, happens := wireOf(d.flow, r.Name)
	for i, m := range r.Marks {
		from, to := d.column(m.At), d.width+20
		if i+1 < len(r.Marks) {
			to = d.column(r.Marks[i+1].At)
		}
		switch {
		case to <= 0:
			continue // the next one stands at the edge
		case r.Event && from < 0:
			continue
		}
		from = max(from, 0)
		text := valueOf(m.Text, t)
		switch {
		case m.Text == "not ready":
			text = string(drawnUnknown)
		case r.Event || happens:
			text = strings.TrimRight(string(drawnEvent)+" "+text, " ")
		}
		shown := []rune(shortened(text, to-from-1))
		for len(line) < from+len(shown) {
			line = append(line, ' ')
		}
		copy(line[from:], shown)
	}
	return line
}

// wireOf is the type of a wire by its name; happens says that it is a reading.
func wireOf(p *typed.Program, name string) (t *types.Type, happens bool) {
	name, _, _ = strings.Cut(name, "[")
	for _, th := range p.Things {
		if th.Name == name {
			return th.Param, th.Self == types.Reading
		}
	}
	for _, eq := range p.Equations {
		if eq.Name == name {
			return eq.X.Base().Type, eq.X.Base().Shape == types.Reading
		}
	}
	return nil, false
}

// valueOf is a value of a type for people: a record without the marks of JSON, with the units of its fields.
func valueOf(text string, t *types.Type) string {
	if t == nil || t.Kind != types.Record {
		return text
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &fields) != nil {
		return text
	}
	var parts []string
	for _, f := range t.Fields {
		name := f.Wire
		if name == "" {
			name = f.Name
		}
		value, ok := fields[name]
		if !ok {
			continue
		}
		shown := strings.Trim(string(value), `"`)
		if u := f.Type; u.Kind == types.Quantity || u.Kind == types.Optional && u.Elem.Kind == types.Quantity {
			if u.Kind == types.Optional {
				u = u.Elem
			}
			shown += " " + u.Unit.Symbol
		}
		if len(fields) > 1 {
			shown = f.Name + " " + shown
		}
		parts = append(parts, shown)
	}
	return strings.Join(parts, ", ")
}

// shortened is a text of at most n letters; one that is cut ends with an ellipsis.
func shortened(text string, n int) string {
	r := []rune(text)
	switch {
	case len(r) <= n:
		return text
	case n <= 0:
		return ""
	}
	return string(r[:n-1]) + "…"
}

func pad(text string, n int) string {
	return text + strings.Repeat(" ", max(0, n-len([]rune(text))))
}
