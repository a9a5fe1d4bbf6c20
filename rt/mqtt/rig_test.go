package mqtt_test

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

// patience bounds every wait of a test; none lasts so long when all is well.
const patience = time.Minute

// rig is a small flow written by hand: a connection, what comes in and what
// goes out, and a step between them.
type rig struct {
	t      testing.TB
	engine *flow.Engine
	things []flow.Thing
	info   flow.Info
	// step is the flow's equations.
	step func(r *rig)

	mu      sync.Mutex
	changed *sync.Cond
	version uint64
	log     bytes.Buffer
	got     []string
	faults  []string
	cancel  context.CancelFunc
	over    chan struct{}
}

func newRig(t testing.TB) *rig {
	r := &rig{t: t, step: func(*rig) {}, info: flow.Info{Name: "garden"}}
	r.changed = sync.NewCond(&r.mu)
	return r
}

// add gives a thing its node; connections come first, then what goes out, then
// what comes in.
func (r *rig) add(name string, thing flow.Thing) {
	r.things = append(r.things, thing)
	r.info.Nodes = append(r.info.Nodes, flow.Node{Name: name, Kind: "thing", Pos: "garden.hcl:1"})
}

func (r *rig) start(clock flow.Clock) {
	r.t.Helper()
	r.prepare(clock)
	if err := r.engine.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.run()
}

func (r *rig) prepare(clock flow.Clock) {
	r.engine = flow.NewEngine(clock, r.info, flow.Output{Log: r, Debug: true}, func(*flow.Engine) flow.Program { return r })
	r.engine.OnFault(func(f flow.Fault) {
		r.note(func() { r.faults = append(r.faults, f.Node+": "+f.Message) })
	})
	r.engine.AfterInstant(func() { r.note(func() {}) })
}

func (r *rig) run() {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.over = cancel, make(chan struct{})
	go func() {
		defer close(r.over)
		r.engine.Run(ctx, 10*time.Second)
	}()
	r.t.Cleanup(r.stop)
}

// stop ends the program as SIGTERM does.
func (r *rig) stop() {
	r.t.Helper()
	r.cancel()
	r.ended()
}

// ended waits for the end of the program.
func (r *rig) ended() {
	r.t.Helper()
	select {
	case <-r.over:
	case <-time.After(patience):
		r.mu.Lock()
		defer r.mu.Unlock()
		r.t.Fatalf("the program does not end\nlog:\n%s", r.log.String())
	}
}

// heard is what comes next from c.
func heard[T any](t testing.TB, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatal("waited in vain for " + what)
	}
	return v
}

func (r *rig) note(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	r.version++
	r.changed.Broadcast()
}

// saw records something that the flow did.
func (r *rig) saw(what string) { r.note(func() { r.got = append(r.got, what) }) }

func (r *rig) seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.got...)
}

func (r *rig) failures() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.faults...)
}

// Write takes the log.
func (r *rig) Write(p []byte) (int, error) {
	r.note(func() { r.log.Write(p) })
	return len(p), nil
}

func (r *rig) logged(text string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Contains(r.log.String(), text)
}

// complaints is how often the log told of a broker that cannot be used.
func (r *rig) complaints() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Count(r.log.String(), "; trying again in ")
}

// until waits until ok holds, which is asked after every instant and log line.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer context.AfterFunc(ctx, func() { r.note(func() {}) })()
	for {
		r.mu.Lock()
		before := r.version
		r.mu.Unlock()
		if ok() {
			return
		}
		r.mu.Lock()
		for r.version == before {
			r.changed.Wait()
		}
		r.mu.Unlock()
		if ctx.Err() != nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.t.Fatalf("waited in vain for: %s\nseen: %d, last %.200q\nfaults: %.200q\nlog:\n%s", what, len(r.got), last(r.got), last(r.faults), r.log.String())
		}
	}
}

func last(list []string) []string { return list[max(0, len(list)-20):] }

// at runs f on the instant loop and waits for it.
func (r *rig) at(f func()) {
	r.t.Helper()
	done := make(chan struct{})
	r.engine.Call(func() { f(); close(done) })
	heard(r.t, "the instant loop", done)
}

// shoot runs f as one instant of its own, without a source: what a schedule
// would do.
func (r *rig) shoot(f func()) {
	r.t.Helper()
	r.at(func() {
		r.engine.ReadClock()
		f()
	})
}

func (r *rig) counters(node int) (c flow.Counters) {
	r.at(func() { c = r.engine.Counters(node) })
	return c
}

// The flow.Program.

func (r *rig) Things() []flow.Thing { return r.things }

func (r *rig) Order() []int32 {
	order := make([]int32, len(r.things))
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

func (r *rig) Begin() {}

func (r *rig) React(node int32, w flow.Wake) { r.things[node].React(r.engine.Hosts[node], w) }

func (r *rig) Fire(int32, int32) {}

func (r *rig) Step() { r.step(r) }

func (r *rig) Apply() {}

func (r *rig) Culprit() int32 { return 0 }

// Things as the compiler would build them.

func broker(url string) *mqtt.Broker {
	return &mqtt.Broker{URL: url, ClientID: "garden", KeepAlive: 30 * time.Second, SessionExpiry: 24 * time.Hour}
}

func in(via *mqtt.Broker, topic string, qos int64) *mqtt.In[string] {
	return &mqtt.In[string]{
		Via: via, Topic: flow.Pattern(topic), QoS: qos, Kind: flow.NatureReading, OnFull: flow.Block,
		Decode: func(data []byte, v *string) error {
			if string(data) == "bad" {
				return errBad
			}
			*v = string(data)
			return nil
		},
	}
}

func out(via *mqtt.Broker, qos int64) *mqtt.Out[string] {
	return &mqtt.Out[string]{
		Via: via, QoS: qos, Window: 64, OnFull: flow.Block,
		Encode: func(dst []byte, v string) []byte { return append(dst, v...) },
	}
}

type bad string

func (b bad) Error() string { return string(b) }

const errBad = bad(`moisture: expected a number, found "wet"`)

// pipe is the flow most tests run: in → out, with the topic copied.
type pipe struct {
	*rig
	home *mqtt.Broker
	in   *mqtt.In[string]
	out  *mqtt.Out[string]
	// losses counts how often `connected` went off.
	losses int
}

func (p *pipe) lost() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.losses > 0
}

const (
	nodeHome = iota
	nodeOut
	nodeIn
)

func newPipe(t testing.TB, url string, qosIn, qosOut int64) *pipe {
	p := &pipe{rig: newRig(t), home: broker(url)}
	p.out = out(p.home, qosOut)
	p.in = in(p.home, "in/{name}/#", qosIn)
	p.add("home", p.home)
	p.add("copy", p.out)
	p.add("soil", p.in)
	p.step = func(r *rig) {
		pass := r.engine.Pass
		if p.in.Self.Happened(pass) {
			r.saw(p.in.Captured[0] + "=" + p.in.Self.V)
			p.out.Topic.V = "out/" + p.in.Captured[0]
			p.out.Send.V = p.in.Self.V
			p.out.Shoot(r.engine.Hosts[nodeOut])
		}
		if up := p.home.Connected; up.Changed(pass) && !up.V && pass > 1 {
			r.note(func() { p.losses++ })
		}
		if p.out.Sent.Happened(pass) {
			r.saw("sent")
		}
		if p.out.Failed.Happened(pass) {
			r.saw("failed: " + p.out.Failed.V.Message)
		}
	}
	return p
}

// send shoots a message without a source.
func (p *pipe) send(topic, payload string) {
	p.shoot(func() {
		p.out.Topic.V, p.out.Send.V = topic, payload
		p.out.Shoot(p.engine.Hosts[nodeOut])
	})
	p.nudge()
}

// nudge runs an instant, at whose end what was shot outside of one is handed on.
func (p *pipe) nudge() { p.engine.Hosts[nodeHome].Done(0) }

func newWitness(t testing.TB) *witness.Broker {
	t.Helper()
	b, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func await(t testing.TB, b *witness.Broker, what string, ok func() bool) {
	t.Helper()
	if !b.Wait(patience, ok) {
		t.Fatalf("waited in vain for: %s\nmessages: %v\nviolations: %v", what, b.Messages(), b.Violations())
	}
}

func clean(t testing.TB, b *witness.Broker) {
	t.Helper()
	if v := b.Violations(); len(v) > 0 {
		t.Errorf("against the protocol: %q", v)
	}
}

// payloads of the messages of one topic, each once, in order of first arrival.
func payloads(messages []witness.Message, prefix string) []string {
	var list []string
	seen := map[string]bool{}
	for _, m := range messages {
		if strings.HasPrefix(m.Topic, prefix) && !seen[m.Payload] {
			seen[m.Payload] = true
			list = append(list, m.Payload)
		}
	}
	return list
}
