package faults

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// probe is a door into a program that was built with one.
type probe struct {
	t      testing.TB
	socket string
}

// state is what a probe sees.
type state struct {
	Nodes []struct {
		Name, Kind string
		flow.Counters
	}
	// Heap is in bytes, after a collection. RSS is in bytes too.
	Heap, Goroutines, Files, RSS uint64
}

// probed lets the program be looked into, and slowed down.
func (s source) probed(t testing.TB) source {
	t.Helper()
	s.changes = append(s.changes,
		change{file: "rt/flow/slow.go", now: fixture(t, "slow.go.txt")},
		change{file: "rt/flow/instant.go", old: "\te.again, e.asked = false, false\n", now: "\te.again, e.asked = false, false\n\te.dawdle()\n"})
	s.edit = func(files map[string][]byte) {
		files["probe.go"] = []byte(fixture(t, "probe.go.txt"))
		main := bytes.Replace(files["main.go"], []byte("flow.Main(flow.Spec{"), []byte("flow.Main(probed(flow.Spec{"), 1)
		files["main.go"] = bytes.Replace(main, []byte("\n\t})\n}"), []byte("\n\t}))\n}"), 1)
	}
	return s
}

func newProbe(t testing.TB) *probe {
	t.Helper()
	dir, err := os.MkdirTemp("", "probe") // a socket's name must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return &probe{t: t, socket: filepath.Join(dir, "s")}
}

func (p *probe) env() string { return "FAULTS_PROBE=" + p.socket }

// look asks the program how it is.
func (p *probe) look(of *process) (s state) { return p.ask(of, "look") }

// slow lets every instant take so much longer.
func (p *probe) slow(of *process, d time.Duration) {
	p.ask(of, "slow "+strconv.FormatInt(d.Microseconds(), 10))
}

func (p *probe) ask(of *process, what string) (s state) {
	p.t.Helper()
	c, err := net.DialTimeout("unix", p.socket, patience)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, of.log)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(patience))
	if _, err := c.Write([]byte(what + "\n")); err != nil {
		p.t.Fatal(err)
	}
	if err := json.NewDecoder(c).Decode(&s); err != nil {
		p.t.Fatalf("%v\n%s", err, of.log)
	}
	s.RSS = of.rss(p.t)
	return s
}

// node finds a thing's counters.
func (s state) node(name string) (c flow.Counters) {
	for _, n := range s.Nodes {
		if n.Name == name && n.Kind != "" {
			return n.Counters
		}
	}
	return c
}

// rss is the memory that the process has from the machine, in bytes.
func (p *process) rss(t testing.TB) uint64 { return p.status(t, "VmRSS:") }

// peak is the most that it ever had.
func (p *process) peak(t testing.TB) uint64 { return p.status(t, "VmHWM:") }

func (p *process) status(t testing.TB, field string) uint64 {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, field); ok {
			n, err := strconv.ParseUint(strings.Fields(rest)[0], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			return n << 10
		}
	}
	t.Fatalf("no %s in\n%s\n%s", field, text, p.log)
	return 0
}
