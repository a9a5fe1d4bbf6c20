package sim

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
	"flowc/rt/sim/report"
	"flowc/rt/wiresql"
)

// PressTime is how long a press lasts that does not say.
const PressTime = pressTime

// settleTime is how much longer than its debounce a level is held, so that it counts
// whatever rings at the same moment.
const settleTime = time.Millisecond

// settle runs what is due.
func (t *T) settle() {
	t.engine.Settle()
	if t.broken != nil {
		t.unbroken()
	}
}

// At says where the step stands that comes next.
func (t *T) At(pos string) { t.at = pos }

func (t *T) fail(f *report.Failure) {
	f.Pos = t.at
	panic(stopped{f})
}

// Known is a value that must be known when its step comes.
func Known[V any](t *T, v flow.Val[V], text string) V {
	if !v.OK {
		t.fail(&report.Failure{Summary: "not ready: " + text})
	}
	return v.V
}

// Bare is a JSON text without its quotes: what a plain message holds.
func Bare(data []byte) []byte {
	if n := len(data); n >= 2 && data[0] == '"' {
		return data[1 : n-1]
	}
	return data
}

// Send publishes a message on the other side of a connection.
func (t *T) Send(via, topic string, payload []byte) {
	if t.bus.Publish(via, topic, payload, 1, false) == 0 {
		t.fail(&report.Failure{Summary: "nobody listens to " + topic})
	}
	t.settle()
}

// SetPin makes an input active or inactive and lets it hold until that counts.
func (t *T) SetPin(pin gpio.Pin, on bool, debounce time.Duration) {
	t.pins.SetOn(pin, on)
	t.settle()
	if debounce > 0 {
		t.until(t.clock.Mono() + debounce + settleTime)
	}
}

// SetSun holds the sun where a test puts it; what follows it looks again.
func (t *T) SetSun(s fn.Sun) {
	fn.HoldSun(s)
	t.engine.Replan()
	t.settle()
}

// Press makes an input active for a while, then inactive; times of it after each
// other, as fast as its debounce allows.
func (t *T) Press(pin gpio.Pin, lasts time.Duration, times int, debounce time.Duration) {
	for range times {
		for _, on := range []bool{true, false} {
			t.pins.SetOn(pin, on)
			t.settle()
			hold := debounce + settleTime
			if on {
				hold = max(hold, lasts)
			}
			t.until(t.clock.Mono() + hold)
		}
	}
}

// Advance lets time pass; every timer rings at its own moment, those that are due at
// the end included.
func (t *T) Advance(d time.Duration) {
	if d < 0 {
		t.fail(&report.Failure{Summary: "time goes only forward, and this is " + flow.FormatInt(int64(d)) + " ns"})
	}
	t.until(t.clock.Mono() + d)
}

// AdvanceTo lets time pass until a moment.
func (t *T) AdvanceTo(to time.Time) {
	d := to.Sub(t.clock.Now())
	if d < 0 {
		t.fail(&report.Failure{Summary: "this moment has passed"})
	}
	t.until(t.clock.Mono() + d)
}

func (t *T) until(end time.Duration) {
	t.settle()
	for {
		due, ok := t.engine.NextIn()
		if due += t.clock.Mono(); !ok || due > end {
			break
		}
		t.clock.Advance(max(due-t.clock.Mono(), 0))
		t.settle()
	}
	t.clock.Advance(end - t.clock.Mono())
	t.engine.ReadClock()
}

// Connect gives a connection back, or takes it away.
func (t *T) Connect(via string, up bool) {
	t.bus.Connect(via, up)
	t.settle()
}

// Answer is what a thing is told from now on when it asks.
func (t *T) Answer(thing string, payload []byte) {
	t.service(thing).Set(string(payload))
	t.settle()
}

// AnswerRows is what comes of a thing's statement from now on: one row with these cells,
// or so many rows of which nothing is known.
func (t *T) AnswerRows(thing string, rows int64, cells []byte) {
	s, ok := t.service(thing).(outside.Rowed)
	if !ok {
		t.fail(&report.Failure{Summary: thing + " cannot be told anything in a test yet"})
	}
	s.SetRows(rows, cells)
	t.settle()
}

// Refuse lets a thing be refused with a status when it asks.
func (t *T) Refuse(thing string, status int64) {
	t.service(thing).Fail(int(status))
	t.settle()
}

func (t *T) service(thing string) outside.Service {
	s, ok := outside.Lookup(thing)
	if !ok {
		t.fail(&report.Failure{Summary: thing + " cannot be told anything in a test yet"})
	}
	return s
}

// Fail lets the next effects of a thing fail, so many of them; what asks is refused as
// if nobody were there.
func (t *T) Fail(thing, message string, times int) {
	s, ok := outside.Lookup(thing)
	if f, counts := s.(outside.Failing); counts {
		f.FailTimes(message, times)
		return
	}
	if ok {
		s.Fail(0)
		t.settle()
		return
	}
	t.bus.Fail(thing, message, times)
}

// Restart ends the program and begins it anew after a while, with what it remembers if
// that outlives it; who drives the inputs goes on.
func (t *T) Restart(away time.Duration) { t.again(away, nil) }

// Stored begins the program anew with what an earlier version of it kept: over puts that
// over what this one has.
func (t *T) Stored(over func(stored map[string][]byte)) { t.again(0, over) }

func (t *T) again(away time.Duration, over func(stored map[string][]byte)) {
	at := t.clock.Now().Add(away)
	if t.recorder != nil {
		t.recorder.restart(t.clock.Now())
	}
	pins := gpio.NewFake()
	for _, l := range t.pins.Lines() {
		if !l.Output {
			pins.Set(l.Pin, l.High)
		}
	}
	if t.spec.Memory != nil {
		t.stored = t.spec.Memory.Take(t.engine)
	}
	if over != nil {
		over(t.stored)
	}
	t.end()
	t.start(at, pins)
}

// Part is a part of an expression and its value.
type Part = report.Part

// Claim is what an expectation says, and what to show where it does not hold.
type Claim struct {
	// Text is the expression as written, Message what the test says about it.
	Text, Message string
	// Wires are the names of those involved, sources first.
	Wires []string
	// Parts are the parts of the expression with their values.
	Parts func() []Part
}

// Expect fails the test unless a condition holds.
func (t *T) Expect(holds flow.Val[bool], c Claim) {
	if holds.OK && holds.V {
		return
	}
	f := &report.Failure{Message: c.Message, Wires: c.Wires}
	f.Summary = "this does not hold"
	if !holds.OK {
		f.Summary = "this is not ready"
	}
	if c.Parts != nil {
		f.Parts = c.Parts()
	}
	t.fail(f)
}

// Sent is what a sink is expected to have sent. Texts may hold `*` for any text.
type Sent struct {
	Topic, Text flow.Opt[string]
	// JSON is the whole payload, Fields are fields of it.
	JSON   []byte
	Fields []Field
	// Columns are those of a row.
	Columns []Column
	// Times is how often; -1: at least once.
	Times int
	Wires []string
}

// Field is a field of what was sent, as JSON.
type Field struct {
	Name string
	JSON []byte
}

// Column is a column of a row that goes to a table, as the row shows it; Index counts
// from 0.
type Column struct {
	Index int
	Text  string
}

// Cell is the text of a value that may be missing.
func Cell[V any](v flow.Opt[V], text func(V) string) string {
	if !v.OK {
		return "NULL"
	}
	return text(v.V)
}

// MaybeCell appends the cell of a value that may be missing.
func MaybeCell[V any](dst []byte, v flow.Opt[V], cell func([]byte, V) []byte) []byte {
	if !v.OK {
		return wiresql.AppendNull(dst)
	}
	return cell(dst, v.V)
}

// ExpectSent looks at what a sink has sent since the last step that looked at it.
// Where a number of times is given, all of that is looked at; else everything up to
// the first that is as expected.
func (t *T) ExpectSent(thing string, want Sent) {
	l := t.sinks[thing]
	matches := 0
	for i, p := range l.sent {
		if !want.fits(p) {
			continue
		}
		matches++
		if want.Times < 0 {
			l.sent = l.sent[i+1:]
			return
		}
	}
	if matches == want.Times {
		l.sent = nil
		return
	}
	f := &report.Failure{Wires: want.Wires}
	switch {
	case want.Times >= 0:
		f.Summary = thing + " sent this " + times(matches) + ", not " + times(want.Times)
	case len(l.sent) == 0:
		f.Summary = thing + " sent nothing"
	default:
		f.Summary = thing + " did not send this"
	}
	f.Notes = told(l.sent)
	if n := len(l.sent); n > 0 {
		f.Actual = []report.Actual{{Of: "text", Text: l.sent[n-1].payload}, {Of: "topic", Text: l.sent[n-1].topic}}
	}
	t.fail(f)
}

// ExpectNothingSent fails the test if a sink has sent anything since the last step
// that looked at it.
func (t *T) ExpectNothingSent(thing string, wires []string) {
	l := t.sinks[thing]
	if len(l.sent) == 0 {
		return
	}
	t.fail(&report.Failure{Summary: thing + " sent something", Notes: told(l.sent), Wires: wires})
}

// told lists messages for people, the last few.
func told(sent []publication) (list []string) {
	for _, p := range sent[max(0, len(sent)-8):] {
		line := "sent"
		if p.topic != "" {
			line += " " + p.topic
		}
		list = append(list, line+"  "+oneLine(p.payload))
	}
	return list
}

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return flow.FormatInt(int64(n)) + " times"
}

// ExpectFault looks at the faults of a thing or equation ("": of any) since the last
// step that looked at them. A part of the message is enough.
func (t *T) ExpectFault(of, message string, want int, wires []string) {
	var rest, seen []flow.Fault
	matches := 0
	for _, f := range t.faults {
		if of != "" && f.Node != of {
			rest = append(rest, f)
			continue
		}
		seen = append(seen, f)
		if report.Wild("*"+message+"*", f.Message) {
			matches++
		}
	}
	if matches == want || want < 0 && matches > 0 {
		t.faults = rest
		return
	}
	f := &report.Failure{Wires: wires}
	who := of
	if who == "" {
		who = "the flow"
	}
	switch {
	case want >= 0:
		f.Summary = who + " had this fault " + times(matches) + ", not " + times(want)
	case len(seen) == 0:
		f.Summary = who + " had no fault"
	default:
		f.Summary = who + " had another fault"
		f.Actual = []report.Actual{{Of: "message", Text: seen[len(seen)-1].Message}}
	}
	for _, s := range seen[max(0, len(seen)-8):] {
		f.Notes = append(f.Notes, "fault "+s.Position+" "+s.Node+": "+s.Message)
	}
	t.fail(f)
}
