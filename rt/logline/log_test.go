package logline

import (
	"context"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// program has one log and shoots it in every pass.
type program struct {
	log  *Log
	host *flow.Host
}

func (p *program) Things() []flow.Thing       { return []flow.Thing{p.log} }
func (p *program) Order() []int32             { return []int32{0} }
func (p *program) Begin()                     {}
func (p *program) React(_ int32, w flow.Wake) { p.log.React(p.host, w) }
func (p *program) Fire(_, _ int32)            {}
func (p *program) Step()                      { p.log.Shoot(p.host) }
func (p *program) Apply()                     {}
func (p *program) Culprit() int32             { return 0 }

func start(t *testing.T, l *Log, out flow.Output) *flow.Engine {
	t.Helper()
	p := &program{log: l}
	e := flow.NewEngine(flow.NewFakeClock(time.Unix(0, 0)), flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "note", Kind: "log", Pos: "garden.hcl:1"}}}, out,
		func(*flow.Engine) flow.Program { return p })
	p.host = e.Hosts[0]
	if err := e.Start(); err != nil {
		t.Fatal(err)
	}
	return e
}

func stop(e *flow.Engine) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e.Run(ctx, time.Second)
}

func TestLines(t *testing.T) {
	for level, want := range map[Level]string{
		LevelInfo:    "info note: 21.5 °C\n",
		LevelWarning: "warning note: 21.5 °C\n",
		LevelError:   "error note: 21.5 °C\n",
	} {
		var out strings.Builder
		stop(start(t, &Log{Show: flow.Show{V: "21.5 °C"}, Level: level}, flow.Output{Log: &out, Plain: true}))
		if out.String() != want {
			t.Errorf("got %q, want %q", out.String(), want)
		}
	}
}

func TestDebugLinesAreAskedFor(t *testing.T) {
	for debug, want := range map[bool]string{false: "", true: "debug note: 21.5 °C\n"} {
		var out strings.Builder
		stop(start(t, &Log{Show: flow.Show{V: "21.5 °C"}, Level: LevelDebug}, flow.Output{Log: &out, Plain: true, Debug: debug}))
		if out.String() != want {
			t.Errorf("debug %v: got %q, want %q", debug, out.String(), want)
		}
	}
}

// stuck is a terminal that nobody reads.
type stuck struct{ release chan struct{} }

func (s stuck) Write(b []byte) (int, error) {
	<-s.release
	return len(b), nil
}

func TestABlockedReaderDoesNotBlockTheFlow(t *testing.T) {
	s := stuck{make(chan struct{})}
	defer close(s.release)
	e := start(t, &Log{Level: LevelInfo}, flow.Output{Log: s})
	done := make(chan struct{})
	go func() {
		for range 5000 {
			e.Hosts[0].Wake()
			e.Settle()
		}
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal("the flow waits for its log")
	}
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"21.5 °C":                     "21.5 °C",
		"a\tb":                        "a\tb",
		"":                            "",
		"dry\n12:00 fault pump: gone": `dry\n12:00 fault pump: gone`,
		"\x1b[2Jgone\r\x7f\u009b":     `\x1b[2Jgone\x0d\x7f\x9b`,
	} {
		if got := oneLine(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
