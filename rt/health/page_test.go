package health

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
)

// patient bounds every wait of a test.
const patient = time.Minute

// well is a source whose trouble the test says, and the program that it is all of.
type well struct {
	host  *flow.Host
	ails  string
	react func(h *flow.Host)
	// looked counts how often the wires were written out.
	looked atomic.Int64
}

func (w *well) Start(h *flow.Host) error { w.host = h; return nil }
func (w *well) React(h *flow.Host, k flow.Wake) {
	if k.Why == flow.OnInput && w.react != nil {
		w.react(h)
	}
}
func (*well) Stop(*flow.Host) {}
func (w *well) Ails() string {
	if w.ails == "panic" {
		panic("boom")
	}
	return w.ails
}

type program struct{ w *well }

func (p program) Things() []flow.Thing       { return []flow.Thing{p.w} }
func (p program) Order() []int32             { return []int32{0} }
func (p program) Begin()                     {}
func (p program) React(_ int32, k flow.Wake) { p.w.React(p.w.host, k) }
func (p program) Fire(node, part int32)      {}
func (p program) Step()                      {}
func (p program) Apply()                     {}
func (p program) Culprit() int32             { return 0 }
func (p program) Pins() map[string]int       { return nil }
func (p program) Wires() []flow.Watch {
	p.w.looked.Add(1)
	return []flow.Watch{
		{Name: "water", Text: func() string { return "12 \"l\"\x0042" }},
		{Name: `dry["a\b"]`, Text: func() string { return strings.Repeat("ü", longest) }},
	}
}

type lifetime chan struct{}

func (l lifetime) Done() <-chan struct{} { return l }

// rig is a page about a program that runs. The page's clock is the test's, the program's the machine's.
type rig struct {
	t      *testing.T
	page   *Page
	clock  *flow.FakeClock
	engine *flow.Engine
	well   *well
}

func newRig(t *testing.T, auth *flow.Secret) *rig {
	t.Helper()
	r := &rig{t: t, well: &well{}, clock: flow.NewFakeClock(time.Unix(0, 0))}
	info := flow.Info{Name: "garden", Hash: "abc123", Nodes: []flow.Node{{Name: "well", Kind: "mqtt_in", Pos: "garden.hcl:3"}}}
	r.engine = flow.NewEngine(flow.SystemClock(), info, flow.Output{Log: io.Discard}, func(*flow.Engine) flow.Program { return program{r.well} })
	if err := r.engine.Start(); err != nil {
		t.Fatal(err)
	}
	life, over := make(lifetime), make(chan struct{})
	go func() { r.engine.Run(life, time.Second); close(over) }()
	r.page = newPage("127.0.0.1:0", auth)
	r.page.clock = r.clock
	r.page.show(r.engine, "")
	t.Cleanup(func() { close(life); heard(t, "the end", over); r.page.listener.Close() })
	return r
}

// heard is what comes next from c.
func heard[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patient):
		t.Fatal("waited in vain for " + what)
	}
	return v
}

func (r *rig) address() string { return r.page.listener.Addr().String() }

func (r *rig) dial() net.Conn {
	r.t.Helper()
	c, err := net.Dial("tcp", r.address())
	if err != nil {
		r.t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(patient))
	r.t.Cleanup(func() { c.Close() })
	return c
}

// say sends text as it is and gives the whole answer.
func (r *rig) say(text string) (status int, head, body string) {
	r.t.Helper()
	c := r.dial()
	go io.WriteString(c, text)
	all, err := io.ReadAll(c)
	if err != nil {
		r.t.Fatalf("%q: %v", text, err)
	}
	head, body, _ = strings.Cut(string(all), "\r\n\r\n")
	if _, rest, ok := strings.Cut(head, " "); ok {
		status, _ = strconv.Atoi(rest[:3])
	}
	return status, head, body
}

func (r *rig) get(path string, headers ...string) (status int, body string) {
	r.t.Helper()
	status, head, body := r.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + strings.Join(append(headers, ""), "\r\n") + "\r\n")
	if want := fmt.Sprintf("Content-Length: %d\r\n", len(body)); !strings.Contains(head+"\r\n", want) {
		r.t.Errorf("%s: %d bytes after %q", path, len(body), head)
	}
	return status, body
}

// until looks again and again, while the page's time passes.
func (r *rig) until(path string, ok func(status int, body string) bool) (status int, body string) {
	r.t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for end := time.Now().Add(patient); time.Now().Before(end); {
			if status, body = r.get(path); ok(status, body) {
				return
			}
		}
	}()
	for {
		select {
		case <-done:
			if !ok(status, body) {
				r.t.Fatalf("%s: %d %q", path, status, body)
			}
			return status, body
		case <-time.After(time.Millisecond):
			r.clock.Advance(20 * time.Millisecond)
		}
	}
}

func TestColors(t *testing.T) {
	r := newRig(t, nil)
	if status, body := r.get("/healthz"); status != 200 || body != "green\n" {
		t.Errorf("%d %q", status, body)
	}
	r.engine.Call(func() { r.well.ails = "there is no connection" })
	if status, body := r.get("/healthz?verbose"); status != 200 || body != "yellow\n- garden.hcl:3 well: there is no connection\n" {
		t.Errorf("%d %q", status, body)
	}
	r.engine.Call(func() { r.well.ails = "" })
	r.well.react = func(h *flow.Host) { h.Accept(1); h.Dead() }
	r.well.host.Wake()
	r.until("/healthz", func(_ int, body string) bool {
		return body == "yellow\n- occurrences were lost in the last ten minutes (dropped, refused or dead), 1 since the start\n"
	})
	r.clock.Advance(remembered)
	if status, body := r.get("/healthz"); status != 200 || body != "green\n" {
		t.Errorf("ten minutes later: %d %q", status, body)
	}
}

// stored is a buffer with a store, and the store of what a program remembers.
type stored struct{ trouble string }

func (s *stored) Count() flow.BufferCount { return flow.BufferCount{Trouble: s.trouble} }
func (s *stored) Ails() string            { return s.trouble }

func TestAStoreThatWasMovedAsideIsYellow(t *testing.T) {
	r := newRig(t, nil)
	memory, buffer := &stored{}, &stored{}
	r.engine.Call(func() {
		r.engine.Heed(memory)
		r.well.host.Keep(buffer)
	})
	if _, body := r.get("/healthz"); body != "green\n" {
		t.Errorf("%q", body)
	}
	r.engine.Call(func() { memory.trouble, buffer.trouble = "state.db is damaged", "outbox.db was damaged" })
	if status, body := r.get("/healthz"); status != 200 || body != "yellow\n- state.db is damaged\n- well: outbox.db was damaged\n" {
		t.Errorf("%d %q", status, body)
	}
	if _, body := r.get("/state"); !strings.Contains(body, `"reasons":["state.db is damaged","well: outbox.db was damaged"]`) {
		t.Errorf("%s", body)
	}
}

// A secret that came into a message, by whatever way, is on no page.
func TestSecretsAreNotShown(t *testing.T) {
	flow.Hide("correct horse")
	r := newRig(t, nil)
	r.well.react = func(h *flow.Host) { panic("no login for correct horse") }
	r.well.ails = "tcp://me:correct horse@broker is away"
	r.well.host.Wake()
	for path, want := range map[string]string{"/healthz": "tcp://me:***@broker is away", "/state": "stopped by no login for ***", "/metrics": "flow_faults_total"} {
		_, body := r.until(path, func(_ int, body string) bool { return strings.Contains(body, want) })
		if strings.Contains(body, "correct") {
			t.Errorf("%s shows it: %s", path, body)
		}
	}
}

func TestAQuarantineIsRed(t *testing.T) {
	r := newRig(t, nil)
	r.well.react = func(h *flow.Host) { panic("boom") }
	for range 3 {
		r.well.host.Wake()
	}
	r.until("/healthz", func(status int, body string) bool {
		return status == 503 && strings.HasPrefix(body, "red\n- garden.hcl:3 well: quarantined")
	})
	if _, body := r.get("/metrics"); parse(t, body)[`flow_quarantined{at="garden.hcl:3",name="well"}`] != 1 {
		t.Errorf("the metrics do not tell of it:\n%s", body)
	}
}

// A program that hangs in an instant is told of, by a page that does not hang with it.
func TestAWedgedLoopIsRed(t *testing.T) {
	r := newRig(t, nil)
	wedged, release := make(chan struct{}), make(chan struct{})
	r.engine.Call(func() { close(wedged); <-release })
	heard(t, "the instant that hangs", wedged)
	status, body := r.until("/healthz", func(status int, _ string) bool { return status == 503 })
	if !strings.HasPrefix(body, "red\n- the program hangs: no occurrence has come to its end for ") {
		t.Errorf("%d %q", status, body)
	}
	_, body = r.until("/metrics", func(status int, _ string) bool { return status == 200 })
	if parse(t, body)["flow_health"] != 0 {
		t.Errorf("the metrics say that it is well:\n%s", body)
	}
	if n, _ := r.engine.Waiting(); n > 1 {
		t.Errorf("%d looks wait for a loop that hangs", n)
	}
	close(release)
	r.until("/healthz", func(_ int, body string) bool { return body == "green\n" })
}

// A look that breaks down is told of, and the program goes on.
func TestALookThatBreaksDown(t *testing.T) {
	r := newRig(t, nil)
	r.engine.Call(func() { r.well.ails = "panic" })
	if status, body := r.get("/healthz"); status != 503 || !strings.HasPrefix(body, "red\n- the program cannot be looked at") {
		t.Errorf("%d %q", status, body)
	}
	r.engine.Call(func() { r.well.ails = "" })
	if status, body := r.get("/healthz"); status != 200 || body != "green\n" {
		t.Errorf("afterwards: %d %q", status, body)
	}
}

// What --check tells of, and a program that runs notes and works without.
func TestAnAddressThatSomebodyHas(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	show := At(l.Addr().String(), nil)
	for _, resting := range []string{"", "safe mode"} {
		if err := show(nil, resting); err == nil || err.Error() != "cannot listen on "+l.Addr().String()+": the address is in use; does another program, or this one, run already?" {
			t.Errorf("%v", err)
		}
	}
	l.Close()
	if err := show(nil, ""); err != nil {
		t.Errorf("with nobody there: %v", err)
	}
	if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
		c.Close()
		t.Error("a check keeps the address")
	}
}

func TestTheRestIsRed(t *testing.T) {
	r := newRig(t, nil)
	r.page.show(nil, "safe mode: tried again in 1 min")
	if status, body := r.get("/healthz"); status != 503 || body != "red\n- safe mode: tried again in 1 min\n" {
		t.Errorf("%d %q", status, body)
	}
	if status, body := r.get("/state"); status != 200 || !json.Valid([]byte(body)) {
		t.Errorf("%d %q", status, body)
	}
	r.page.show(r.engine, "")
	if status, body := r.get("/healthz"); status != 200 || body != "green\n" {
		t.Errorf("after the rest: %d %q", status, body)
	}
}

// To write out the wires of many keys keeps instants waiting, so who asks all the time is shown the same again.
func TestWiresAreNotWrittenOutAllTheTime(t *testing.T) {
	r := newRig(t, nil)
	for range 3 {
		for range 20 {
			if _, body := r.get("/state"); !strings.Contains(body, `"water":"12`) {
				t.Fatal(body)
			}
			r.get("/healthz")
		}
		r.clock.Advance(pause)
	}
	if n := r.well.looked.Load(); n != 3 {
		t.Errorf("written out %d times, want 3", n)
	}
}

// Who wants to see the wires does, also when somebody who does not want to has asked just before.
func TestWiresForWhoComesSecond(t *testing.T) {
	r := newRig(t, nil)
	held, hold := make(chan struct{}), make(chan struct{})
	r.engine.Call(func() { close(held); <-hold })
	heard(t, "the instant", held)
	looks := func(wires bool, alarms int) <-chan report {
		got := make(chan report, 1)
		go func() {
			seen, _, _ := r.page.look(wires)
			got <- seen
		}()
		for end := time.Now().Add(patient); r.clock.Alarms() < alarms; runtime.Gosched() {
			if time.Now().After(end) {
				t.Fatalf("waited in vain for look %d", alarms)
			}
		}
		return got
	}
	first := looks(false, 1)
	second := looks(true, 2)
	close(hold)
	heard(t, "the first look", first)
	if seen := heard(t, "the second look", second); len(seen.wires) != 2 {
		t.Errorf("%d wires are shown, want 2", len(seen.wires))
	}
}

func TestMetrics(t *testing.T) {
	r := newRig(t, nil)
	r.well.react = func(h *flow.Host) { h.Accept(1) }
	for range 7 {
		r.well.host.Wake()
	}
	_, body := r.until("/metrics", func(_ int, body string) bool {
		return strings.Contains(body, `outcome="accepted"} 7`)
	})
	m := parse(t, body)
	of := func(outcome string) float64 {
		v, ok := m[`flow_occurrences_total{source="well",outcome="`+outcome+`"}`]
		if !ok {
			t.Errorf("nothing says how many were %s", outcome)
		}
		return v
	}
	if of("accepted") != of("delivered")+of("dropped")+of("dead")+of("handed")+m[`flow_in_flight{source="well"}`] {
		t.Errorf("the law does not hold:\n%s", body)
	}
	for _, name := range []string{`flow_info{name="garden",hash="abc123"}`, "flow_health", "flow_passes_total", "go_goroutines"} {
		if m[name] < 1 {
			t.Errorf("%s is %g", name, m[name])
		}
	}
}

// Texts of any kind come through as what they are.
func TestState(t *testing.T) {
	r := newRig(t, nil)
	r.engine.Call(func() { r.well.host.Fault("no \"water\" <here>\x00") })
	status, body := r.get("/state")
	var got struct {
		Program, Hash, Health string
		Things                []struct {
			Name, Kind, At string
			Accepted       *int
		}
		Wires      map[string]string
		Faults     int
		LastFaults []struct{ At, Node, Message string } `json:"last_faults"`
	}
	d := json.NewDecoder(strings.NewReader(body))
	if err := d.Decode(&got); err != nil || status != 200 {
		t.Fatalf("%v in %q", err, body)
	}
	if got.Program != "garden" || got.Health != "green" || len(got.Things) != 1 || got.Things[0].At != "garden.hcl:3" || got.Things[0].Accepted == nil {
		t.Errorf("%+v", got)
	}
	if got.Wires["water"] != `12 "l"` || len(got.Wires[`dry["a\b"]`]) > longest {
		t.Errorf("wires: %q", got.Wires)
	}
	if got.Faults != 1 || len(got.LastFaults) != 1 || got.LastFaults[0].Message != "no \"water\" <here> " {
		t.Errorf("faults: %+v", got.LastFaults)
	}
}

// parse is a strict reader of the text format: each family has its help and its type first, names and values are as
// they may be, no sample comes twice.
func parse(t *testing.T, text string) map[string]float64 {
	t.Helper()
	samples, families := map[string]float64{}, map[string]bool{}
	family, helped := "", ""
	if !strings.HasSuffix(text, "\n") {
		t.Error("the last line has no end")
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		l := lines.Text()
		if rest, ok := strings.CutPrefix(l, "# HELP "); ok {
			helped, _, _ = strings.Cut(rest, " ")
			continue
		}
		if rest, ok := strings.CutPrefix(l, "# TYPE "); ok {
			name, kind, _ := strings.Cut(rest, " ")
			if name != helped || families[name] || kind != "counter" && kind != "gauge" {
				t.Errorf("a family begins wrongly: %q", l)
			}
			if (kind == "counter") != strings.HasSuffix(name, "_total") {
				t.Errorf("a counter's name ends with _total, and no other: %q", l)
			}
			family = name
			families[name] = true
			continue
		}
		m := sampleLine.FindStringSubmatch(l)
		if m == nil || m[1] != family {
			t.Errorf("no sample of %s: %q", family, l)
			continue
		}
		v, err := strconv.ParseFloat(m[3], 64)
		if _, twice := samples[m[1]+m[2]]; err != nil || twice {
			t.Errorf("%q: %v, twice: %t", l, err, twice)
		}
		samples[m[1]+m[2]] = v
	}
	return samples
}
