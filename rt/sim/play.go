package sim

import (
	"bufio"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"flowc/rt/flow"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
)

// bus is the simulated network as a script uses it.
type bus interface {
	Publish(via, topic string, payload []byte, qos byte, retained bool) int
	Connect(via string, up bool)
	Fail(thing, message string, times int)
	File(thing, topic string, payload []byte, qos byte, retained bool) bool
	BeginAway()
}

// publication is what the program sent on it.
type publication struct{ thing, topic, payload string }

// player runs a program on a clock that only the script moves. The same script
// gives the same lines, to the bit.
type player struct {
	console
	clock *flow.FakeClock
	bus   bus
	spec  flow.Spec
	// stored is what the program remembered when it was last stored, and next the
	// monotonic time at which it will be again.
	stored map[string][]byte
	next   time.Duration
}

// playBegin is when a script begins, unless it says otherwise.
var playBegin = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// play runs spec to the end of the script and gives the exit code.
func play(spec flow.Spec, pins *gpio.Fake, n network, in io.Reader, out io.Writer) int {
	p := &player{clock: flow.NewFakeClock(playBegin)}
	p.clock.SetSynced(os.Getenv("FLOWC_SIM_CLOCK") != "lost")
	p.pins, p.out, p.wires = pins, out, map[string]shown{}
	p.bus = n(func(sent publication) {
		p.print(flow.ClockTime(p.clock.Now()) + " sent " + sent.topic + "  " + readable(sent.payload))
	})
	outside.OnTell(func(thing, what, with string) {
		p.print(strings.TrimSpace(flow.ClockTime(p.clock.Now()) + " " + askedFor(thing, what) + "  " + readable(with)))
	})
	defer outside.End()
	p.spec = spec
	if !p.boot() {
		return 1
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if !p.line(lines.Text()) {
			break
		}
	}
	p.stopped(p.engine.Stop)
	return 0
}

// readable is a payload as one line shows it: bytes that are no text, and line
// breaks, as Go writes them in quotation marks.
func readable(payload string) string {
	if !utf8.ValidString(payload) || strings.ContainsFunc(payload, unicode.IsControl) {
		return strconv.Quote(payload)
	}
	return payload
}

// line obeys one line of the script; false ends it.
func (p *player) line(text string) bool {
	text = strings.TrimSpace(text)
	words := strings.Fields(text)
	if len(words) == 0 || strings.HasPrefix(text, "#") {
		return true
	}
	p.print("> " + text)
	if words[0] == "quit" {
		return false
	}
	if problem := p.obey(words, text); problem != "" {
		p.print("? " + problem)
	}
	p.engine.Settle()
	return true
}

func (p *player) obey(words []string, text string) (problem string) {
	switch words[0] {
	case "advance":
		return p.advance(words[1:])
	case "pub", "retained":
		return p.pub(text, words[0] == "retained")
	case "pubq":
		return p.pubQuoted(text)
	case "setq", "askq":
		return p.quoted(text)
	case "connect", "disconnect":
		p.bus.Connect(strings.Join(words[1:], " "), words[0] == "connect")
		return ""
	case "press":
		return p.press(words[1:])
	case "restart", "kill":
		return p.again(words)
	case "show":
		return p.table(strings.Join(words[1:], " "))
	case "counters":
		p.counters()
		return ""
	case "clock":
		return p.setClock(words[1:])
	case "pins":
		p.voltages()
		return ""
	case "wait":
		return "a script has no need to wait; use: advance 10s"
	}
	return p.command(text)
}

// setClock puts the wall time forward or back, or takes it away, as a machine without a
// battery clock begins: `clock 2026-03-29T01:59:00Z`, `clock +2h`, `clock lost`,
// `clock found`.
func (p *player) setClock(args []string) (problem string) {
	const use = "use: clock 2026-03-29T01:59:00Z, clock +2h, clock -2h, clock lost or clock found"
	if len(args) != 1 {
		return use
	}
	switch text := args[0]; {
	case text == "lost" || text == "found":
		p.clock.SetSynced(text == "found")
	case text[0] == '+' || text[0] == '-':
		d, err := time.ParseDuration(text)
		if err != nil {
			return use
		}
		p.clock.SetWall(p.clock.Now().Add(d))
	default:
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return use
		}
		p.clock.SetWall(t.UTC())
	}
	return ""
}

// advance moves the clock, stopping at every timer.
func (p *player) advance(args []string) (problem string) {
	var d time.Duration
	if len(args) != 1 || flow.ParseDuration(&d)(args[0]) != nil {
		return "use: advance 10s"
	}
	p.engine.Settle()
	p.until(p.clock.Mono() + d)
	return ""
}

func (p *player) until(end time.Duration) {
	for {
		due, ok := p.engine.NextIn()
		due += p.clock.Mono()
		switch {
		case p.spec.Memory != nil && p.next <= end && (!ok || p.next < due):
			p.to(p.next)
			p.take()
		case !ok || due > end:
			p.to(end)
			return
		default:
			p.to(due)
		}
	}
}

// to moves the clock to a moment and runs what is due.
func (p *player) to(t time.Duration) {
	p.clock.Advance(max(t-p.clock.Mono(), 0))
	p.engine.Settle()
}

func (p *player) press(args []string) (problem string) {
	hold := pressTime
	if len(args) == 2 && flow.ParseDuration(&hold)(args[1]) != nil || len(args) < 1 || len(args) > 2 {
		return "use: press NAME, or press NAME 2s"
	}
	pin, problem := p.input(args[0])
	if problem != "" {
		return problem
	}
	p.pins.SetOn(pin, true)
	p.engine.Settle()
	p.until(p.clock.Mono() + hold)
	p.pins.SetOn(pin, false)
	return ""
}

// pub is `pub TOPIC PAYLOAD`; the payload is the rest of the line.
func (p *player) pub(text string, retained bool) (problem string) {
	_, rest, _ := strings.Cut(text, " ")
	topic, payload, _ := strings.Cut(strings.TrimSpace(rest), " ")
	if topic == "" {
		return "use: pub TOPIC PAYLOAD"
	}
	if p.bus.Publish("", topic, []byte(payload), 1, retained) == 0 {
		return "nothing listens to " + topic
	}
	return ""
}

// pubQuoted is `pubq TOPIC "PAYLOAD"`, for a payload that no line can hold: \n is a
// line break, \xff a byte.
func (p *player) pubQuoted(text string) (problem string) {
	_, rest, _ := strings.Cut(text, " ")
	topic, quoted, _ := strings.Cut(strings.TrimSpace(rest), " ")
	payload, err := strconv.Unquote(strings.TrimSpace(quoted))
	if err != nil {
		return `use: pubq TOPIC "PAYLOAD"`
	}
	if p.bus.Publish("", topic, []byte(payload), 1, false) == 0 {
		return "nothing listens to " + topic
	}
	return ""
}

// quoted is `setq NAME "ANSWER"` or `askq METHOD PATH "BODY"`, for what no line can
// hold.
func (p *player) quoted(text string) (problem string) {
	before, _, _ := strings.Cut(text, `"`)
	with, err := strconv.Unquote(strings.TrimPrefix(text, before))
	if words := strings.Fields(before); err == nil && len(words) > 1 {
		if words[0] == "askq" && len(words) == 3 {
			return p.askWith(words[1], words[2], with)
		}
		if s, ok := outside.Lookup(words[1]); ok && words[0] == "setq" {
			s.Set(with)
			return ""
		}
	}
	return `use: setq NAME "ANSWER" or askq METHOD PATH "BODY"`
}

// voltages prints the pins that the program has, whatever their polarity.
func (p *player) voltages() {
	for _, l := range p.pins.Lines() {
		p.print(l.Pin.String() + ": " + voltage(l.High))
	}
}

func voltage(high bool) string {
	if high {
		return "high"
	}
	return "low"
}

// stopped ends the program and prints the outputs that had to be put safe.
func (p *player) stopped(stop func()) {
	before := p.pins.Lines()
	stop()
	for _, l := range before {
		if now := p.pins.Level(l.Pin); now != l.High {
			p.print("stopped, " + l.Pin.String() + ": " + voltage(l.High) + " → " + voltage(now))
		}
	}
}

// counters prints what became of every source's occurrences; the law must hold.
func (p *player) counters() {
	for n, node := range p.engine.Info().Nodes {
		c := p.engine.Counters(n)
		if c.Accepted == 0 && c.Refused == 0 {
			continue
		}
		line := node.Name + ": accepted " + count(c.Accepted) + " = delivered " + count(c.Delivered) +
			" + dropped " + count(c.Dropped) + " + dead " + count(c.Dead) + " + handed " + count(c.Handed) +
			" + in flight " + count(c.InFlight)
		if c.Refused > 0 {
			line += ", refused " + count(c.Refused)
		}
		if !c.Holds() {
			line += "  BROKEN"
		}
		p.print(line)
	}
	p.engine.Buffers(func(n int, c flow.BufferCount) {
		line := p.engine.Info().Nodes[n].Name + ": stored " + count(c.Stored) + " = sent " + count(c.Sent) +
			" + dropped " + count(c.Dropped) + " + dead " + count(c.Dead) + " + waiting " + count(c.Waiting)
		if c.Refused > 0 {
			line += ", refused " + count(c.Refused)
		}
		if !c.Holds() {
			line += "  BROKEN"
		}
		p.print(line)
	})
}

func count(n uint64) string { return strconv.FormatUint(n, 10) }
