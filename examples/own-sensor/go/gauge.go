// Package gauge is the Go of the flow beside it: a kind of thing, an operator that
// remembers and a function. What is exported here is the flow's to use; flowc reads
// the types from this source.
package gauge

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// TankGauge looks into a file, again and again, in which a driver keeps what a gauge
// measures: a depth in millimetres and a temperature in °C, as in `1234 18.5`.
//
//flow:kind tank_gauge
type TankGauge struct {
	// File is the path of that file.
	File string
	// Every is how often it is looked at.
	Every time.Duration `default:"10.s" range:"0.1,86400"`
	// Stale is after how long without a reading nothing is known of the tank.
	Stale flow.Stale

	// Self is what the gauge measured.
	Self flow.Reading[Sample]

	inbox flow.Inbox[look]
	// ask makes the goroutine look once more.
	ask flow.Outside[chan struct{}]
}

// Sample is one measurement.
type Sample struct {
	Depth       unit.Length `unit:"mm"`
	Temperature unit.Temperature
}

// look is what the goroutine found: the text, or why there is none.
type look struct {
	text, problem string
}

// Start begins to look. Reading a file may take long (a worn card, a share on the
// network), so it is a goroutine's work; what it finds becomes an instant of its own.
func (g *TankGauge) Start(h *flow.Host) error {
	g.inbox.Open(h, flow.Latest)
	g.ask.It = make(chan struct{}, 1)
	go g.read(g.ask.It)
	return nil
}

func (g *TankGauge) read(ask <-chan struct{}) {
	for range ask {
		text, err := os.ReadFile(g.File)
		found := look{text: string(text)}
		if err != nil {
			found = look{problem: err.Error()}
		}
		g.inbox.Put(found, len(found.text))
	}
}

// React asks for the next look when it is time, and takes what the last one found.
// The time is the program's own, so a test can let a day pass in a moment.
func (g *TankGauge) React(h *flow.Host, w flow.Wake) {
	if w.Why != flow.OnInput {
		g.lookAgain(h)
		return
	}
	found, ok := g.inbox.Take()
	if !ok {
		return
	}
	sample, err := parse(found)
	if err != nil {
		h.Dead()
		h.Fault(err.Error())
		return
	}
	g.Self.Happen(h.Pass(), h.Time(), sample)
}

// lookAgain never waits: where the goroutine is still busy, it has been asked.
func (g *TankGauge) lookAgain(h *flow.Host) {
	h.After(0, g.Every)
	select {
	case g.ask.It <- struct{}{}:
	default:
	}
}

// Stop ends the goroutine.
func (g *TankGauge) Stop(*flow.Host) { close(g.ask.It) }

func parse(found look) (Sample, error) {
	if found.problem != "" {
		return Sample{}, errors.New(found.problem)
	}
	words := strings.Fields(found.text)
	if len(words) != 2 {
		return Sample{}, errors.New("expected two numbers, found " + strconv.Quote(found.text))
	}
	depth, err := strconv.ParseFloat(words[0], 64)
	if err != nil || !(depth >= 0 && depth < 10_000) {
		return Sample{}, errors.New("the depth is no number of millimetres: " + strconv.Quote(words[0]))
	}
	temperature, err := strconv.ParseFloat(words[1], 64)
	if err != nil || !(temperature > -60 && temperature < 100) {
		return Sample{}, errors.New("the temperature is none of a tank: " + strconv.Quote(words[1]))
	}
	return Sample{Depth: unit.Length(depth), Temperature: unit.Temperature(temperature)}, nil
}
