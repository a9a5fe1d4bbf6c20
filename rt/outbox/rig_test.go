package outbox

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// A rig is a program of one source and one sink with a buffer, on a clock and a disk that
// the test has in its hand. The world around it outlives its crashes: a peer that sends
// again what was not acknowledged, a receiver that counts what it gets, and what the disk
// has synced.

// world is what a crash leaves alone.
type world struct {
	t     *testing.T
	clock *flow.FakeClock
	disk  *fakeDisk
	// sent is how many messages the peer has, unacked those that it would send again.
	sent    int
	unacked []int
	// got is what the receiver has, in order of arrival; seen counts each.
	got  []int
	seen map[int]int
	up   bool
	// dropped and dead count ends that the source was told of.
	dropped, dead int
	// confirmed are the rows of which the sink has heard that they arrived; doubled is
	// how many of those this run has sent once more.
	confirmed map[delivered]int // in which run
	doubled   int
	run       int
	// open opens a disk that is not that of this world, if it is not nil.
	open func(*Box) (disk, error)
	// opened counts how often the disk was, ended is why the program gave up.
	opened int
	ended  string
	// beside is where files are that no sync is needed for, "" for none.
	beside string
	// name is that of the sink, "sink" where it is none; was is the one that it had before.
	name, was string
	// unable is why the source cannot start, behind the sink.
	unable error
	// fresh is how many of these the run before had confirmed.
	fresh int
}

// delivered is a row by its ticket and its message.
type delivered struct {
	ticket  uint64
	message int
}

// gaveUp hears that the program ends because of the disk.
func (w *world) gaveUp(message string) { w.ended = message }

// rig is one run of the program.
type rig struct {
	*world
	e     *flow.Engine
	box   *Box
	shelf *Shelf
	log   bytes.Buffer
	// inbox holds what the peer has sent and the program has not taken.
	inbox  []int
	source source
	sink   sink
	took   bool
	now    int
}

// settings are what differs between runs of a test.
type settings struct {
	flow.Buffering
	first  bool
	window int
	// hasty is a planted fault: the sink lets a row go when it is sent.
	hasty bool
	// patient says that the source keeps what is not confirmed, and no more than a window.
	patient bool
	// length is what a row is filled up to; keeps says that the sink keeps what it has.
	length int
	keeps  bool
}

type patient struct{ *source }

func (patient) Windowed() {}

type source struct{ r *rig }

func (s *source) Start(*flow.Host) error { return s.r.unable }
func (s *source) Stop(*flow.Host)        {}
func (s *source) React(h *flow.Host, w flow.Wake) {
	if w.Why != flow.OnInput || len(s.r.inbox) == 0 {
		return
	}
	s.r.now, s.r.inbox = s.r.inbox[0], s.r.inbox[1:]
	s.r.took = true
	h.Accept(uint64(s.r.now) + 1)
}

func (s *source) Complete(_ *flow.Host, id uint64, o flow.Outcome) {
	n := int(id) - 1
	s.r.unacked = slices.DeleteFunc(s.r.unacked, func(m int) bool { return m == n })
	switch o {
	case flow.OutcomeDropped:
		s.r.dropped++
	case flow.OutcomeDead:
		s.r.dead++
	}
}

// sink is the thing with the buffer; it is its own carrier, as a connection to the
// receiver that resends in order.
type sink struct {
	r       *rig
	s       settings
	h       *flow.Host
	tickets []uint64
	rows    []int
	kept    [][]byte
	ends    []func()
}

func (k *sink) Start(h *flow.Host) error {
	k.h = h
	h.Confined(func(w flow.Wake) {
		k.r.shelf.Confine()
		k.React(h, w)
	})
	return k.r.shelf.Open(h, k, k.s.window)
}

func (k *sink) Stop(*flow.Host) { k.r.shelf.Close() }

func (k *sink) Shoot() {
	t := k.h.Begin()
	row := fmt.Appendf(nil, "%08d", k.r.now)
	k.r.shelf.Put(t, append(row, bytes.Repeat([]byte(" "), max(k.s.length-len(row), 0))...))
}

func (k *sink) React(_ *flow.Host, w flow.Wake) {
	k.r.shelf.React(w)
	if w.Why == flow.OnDone && len(k.ends) > 0 {
		end := k.ends[0]
		k.ends = k.ends[1:]
		end()
	}
}

func (k *sink) Carry(ticket uint64, row []byte, _, _ time.Duration) {
	var n int
	if _, err := fmt.Sscanf(string(row), "%d", &n); err != nil {
		k.r.t.Fatalf("a row of %q: %v", row, err)
	}
	k.tickets, k.rows = append(k.tickets, ticket), append(k.rows, n)
	if k.s.keeps {
		k.kept = append(k.kept, row)
	}
	if d := (delivered{ticket, n}); k.r.confirmed[d] > 0 {
		k.r.doubled++
		if k.r.confirmed[d] == k.r.run-1 {
			k.r.fresh++
		}
		delete(k.r.confirmed, d)
	}
	if len(k.tickets) > k.s.window && !k.s.hasty {
		k.r.t.Fatalf("%d rows are under way, more than the window of %d", len(k.tickets), k.s.window)
	}
	if k.s.hasty {
		k.ends = append(k.ends, func() { k.r.shelf.Over(ticket, flow.OutcomeDelivered, "") })
		k.h.Done(0)
	}
}

func (k *sink) Up() bool { return k.r.up }

// arrive lets the receiver have the first so many of what is under way; it confirms the
// first confirm of these. The others it has, and will get again.
func (k *sink) arrive(n, confirm int, o flow.Outcome) {
	n = min(n, len(k.rows))
	for _, m := range k.rows[:n] {
		k.r.got = append(k.r.got, m)
		k.r.seen[m]++
	}
	confirm = min(confirm, n)
	for i, ticket := range k.tickets[:confirm] {
		if k.s.hasty {
			break
		}
		m := k.rows[i]
		k.ends = append(k.ends, func() {
			k.r.confirmed[delivered{ticket, m}] = k.r.run
			k.r.shelf.Over(ticket, o, "refused")
		})
		k.h.Done(0)
	}
	k.tickets, k.rows = k.tickets[confirm:], k.rows[confirm:]
}

func (r *rig) Things() []flow.Thing {
	if r.sink.s.patient {
		return []flow.Thing{patient{&r.source}, &sinkThing{&r.sink}}
	}
	return []flow.Thing{&r.source, &sinkThing{&r.sink}}
}
func (r *rig) Order() []int32    { return []int32{1, 0} }
func (r *rig) Begin()            {}
func (r *rig) Fire(int32, int32) {}
func (r *rig) Apply()            {}
func (r *rig) Culprit() int32    { return 1 }

func (r *rig) React(node int32, w flow.Wake) {
	if node == 0 {
		r.source.React(r.e.Hosts[0], w)
		return
	}
	r.sink.React(r.e.Hosts[1], w)
}

func (r *rig) Step() {
	if r.took {
		r.took = false
		r.sink.Shoot()
	}
}

// sinkThing gives a sink the forms that the engine asks for.
type sinkThing struct{ *sink }

func (k *sinkThing) Drained(*flow.Host) bool { return k.r.shelf.Drained() }

// crash is what a fake disk panics with when the power goes.
type crash struct{}

func newWorld(t *testing.T) *world {
	return &world{t: t, clock: flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)), disk: newFakeDisk(), seen: map[int]int{}, confirmed: map[delivered]int{}, up: true}
}

// boot starts the program; the peer sends again what it has no word of.
func (w *world) boot(s settings) *rig {
	w.run++
	r := &rig{world: w}
	r.source.r, r.sink.r, r.sink.s = r, r, s
	r.box = &Box{File: "rig.db", byHand: true, ending: w.gaveUp, beside: w.beside}
	r.box.opener = func() (disk, error) {
		w.opened++
		if w.open != nil {
			return w.open(r.box)
		}
		return w.disk, nil
	}
	r.shelf = &Shelf{Box: r.box, Name: cmp.Or(w.name, "sink"), Was: w.was, First: s.first, Buffering: s.Buffering}
	info := flow.Info{Name: "rig", Nodes: []flow.Node{{Name: "source"}, {Name: "sink"}}}
	r.e = flow.NewEngine(w.clock, info, flow.Output{Log: &r.log, Direct: true}, func(*flow.Engine) flow.Program { return r })
	if err := r.e.Start(); w.unable != nil {
		return r
	} else if err != nil {
		w.t.Fatal(err)
	}
	r.e.Settle()
	for _, m := range w.unacked {
		r.file(m)
	}
	return r
}

func (r *rig) file(m int) {
	r.inbox = append(r.inbox, m)
	r.e.Hosts[0].Wake()
}

// send lets the peer send a new message.
func (r *rig) send() {
	r.unacked = append(r.unacked, r.sent)
	r.file(r.sent)
	r.sent++
}

// law holds the counters of source and buffer against each other.
func (r *rig) law() error {
	if c := r.shelf.Count(); !c.Holds() {
		return fmt.Errorf("the law of the buffer is broken: %+v", c)
	}
	if c := r.e.Counters(0); !c.Holds() {
		return fmt.Errorf("the law of the source is broken: %+v", c)
	}
	return nil
}

// onFile lets the programs of a world have a real file.
func (w *world) onFile(name string) {
	w.open = func(b *Box) (disk, error) {
		b.File = name
		return b.openFile()
	}
}

// storedFile writes a file in which n rows wait, of half a kilobyte each.
func storedFile(t *testing.T, name string, n int) {
	t.Helper()
	w := newWorld(t)
	w.onFile(name)
	w.up = false
	s := always()
	s.length = 500
	r := w.boot(s)
	for range n {
		r.send()
		if r.sent%50 == 0 {
			r.settle()
		}
	}
	r.settle()
	if len(w.unacked) > 0 {
		t.Fatalf("%d unacknowledged", len(w.unacked))
	}
	r.shelf.Close()
}
