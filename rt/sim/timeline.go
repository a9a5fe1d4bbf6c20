package sim

import (
	"slices"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sim/report"
)

// Bounds of what is kept of one wire, and of how many wires.
const (
	maxMarks = 400
	maxRows  = 24
)

// recorder keeps what some wires do.
type recorder struct {
	names  []string
	from   time.Time
	engine *flow.Engine
	wires  flow.Watched
	rows   map[string]*rowLog
	order  []string
}

type rowLog struct {
	row report.Row
	raw string
}

func newRecorder(names []string) *recorder {
	return &recorder{names: names, rows: map[string]*rowLog{}}
}

// watch looks at the wires after every instant.
func (r *recorder) watch(e *flow.Engine, p flow.Program, from time.Time) {
	r.engine, r.from = e, from
	r.wires, _ = p.(flow.Watched)
	if r.wires != nil {
		e.AfterInstant(r.look)
	}
}

func (r *recorder) look() {
	now := r.engine.Time.UnixNano()
	for _, w := range r.wires.Wires() {
		if r.place(w.Name) < 0 {
			continue
		}
		raw := w.Text()
		l := r.rows[w.Name]
		if l == nil {
			if len(r.rows) >= maxRows {
				continue
			}
			l = &rowLog{row: report.Row{Name: w.Name}}
			r.rows[w.Name] = l
			r.order = append(r.order, w.Name)
		} else if l.raw == raw {
			continue
		}
		l.raw = raw
		text, _, event := strings.Cut(raw, "\x00")
		if raw == "–" { // an event that has not happened yet
			l.row.Event = true
			continue
		}
		l.row.Event = l.row.Event || event
		l.add(report.Mark{At: now, Text: oneLine(text)})
	}
}

func (l *rowLog) add(m report.Mark) {
	if len(l.row.Marks) >= maxMarks {
		l.row.Marks = slices.Delete(l.row.Marks, 1, 2)
		l.row.Lost++
	}
	l.row.Marks = append(l.row.Marks, m)
}

// place is the place of a wire among those that were asked for, keys of it included;
// -1 for others.
func (r *recorder) place(name string) int {
	base, _, _ := strings.Cut(name, "[")
	return slices.IndexFunc(r.names, func(n string) bool { return n == name || n == base })
}

// restart says that nothing is known any more.
func (r *recorder) restart(at time.Time) {
	for _, l := range r.rows {
		if !l.row.Event && l.raw != unknown {
			l.add(report.Mark{At: at.UnixNano(), Text: unknown})
		}
		l.raw = unknown
	}
}

// unknown is what a level shows that is not ready.
const unknown = "not ready"

// timeline is what was kept, in the order of the names.
func (r *recorder) timeline(to time.Time) *report.Timeline {
	t := &report.Timeline{From: r.from.UnixNano(), To: to.UnixNano()}
	slices.SortStableFunc(r.order, func(a, b string) int { return r.place(a) - r.place(b) })
	for _, name := range r.order {
		t.Rows = append(t.Rows, r.rows[name].row)
	}
	return t
}
