package flow_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"flowc/rt/flow"
)

// mailbox is a thing with an inbox of numbers; what it takes is written down.
type mailbox struct {
	fake
	box flow.Inbox[int]
	got []int
	// empty counts wake-ups that found nothing.
	empty int
}

func newMailbox(policy flow.OnFull) *mailbox {
	m := &mailbox{}
	m.start = func(h *flow.Host) error { m.box.Open(h, policy); return nil }
	m.react = func(_ *flow.Host, w flow.Wake) {
		if w.Why != flow.OnInput {
			return
		}
		if v, ok := m.box.Take(); ok {
			m.got = append(m.got, v)
		} else {
			m.empty++
		}
	}
	return m
}

func count(from, to int) (list []int) {
	for ; from < to; from++ {
		list = append(list, from)
	}
	return list
}

func TestInboxPolicies(t *testing.T) {
	const more = flow.InboxCount + 10
	for _, c := range []struct {
		policy    flow.OnFull
		got, lost []int
		turned    int
		refused   uint64
	}{
		{flow.DropOldest, count(10, more), count(0, 10), 0, 10},
		{flow.DropNewest, count(0, flow.InboxCount), nil, 10, 10},
		{flow.Latest, count(more-1, more), count(0, more-1), 0, more - 1},
		{flow.Block, count(0, flow.InboxCount), nil, 10, 0},
	} {
		t.Run(string(c.policy), func(t *testing.T) {
			m := newMailbox(c.policy)
			r := newRig(t, []*fake{&m.fake}, nil).started()
			turned := 0
			var lost []int
			for i := range more {
				ok, gone := m.box.Put(i, 100)
				if !ok {
					turned++
				}
				lost = append(lost, gone...)
			}
			r.Settle()
			if !slices.Equal(m.got, c.got) {
				t.Errorf("took %d, want %d", m.got, c.got)
			}
			if !slices.Equal(lost, c.lost) || turned != c.turned {
				t.Errorf("lost %d and turned %d away, want %d and %d", lost, turned, c.lost, c.turned)
			}
			// What was dropped was never accepted.
			n := uint64(len(c.got))
			if got, want := r.Counters(0), (flow.Counters{Accepted: n, Delivered: n, Refused: c.refused}); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
			if m.empty > 0 {
				t.Errorf("%d instants for nothing", m.empty)
			}
		})
	}
}

func TestInboxBytes(t *testing.T) {
	m := newMailbox(flow.DropOldest)
	r := newRig(t, []*fake{&m.fake}, nil).started()
	for i := range 10 {
		if _, lost := m.box.Put(i, flow.InboxBytes/10); len(lost) > 0 {
			t.Fatalf("%d made others go", i)
		}
	}
	if _, lost := m.box.Put(10, flow.InboxBytes/2); !slices.Equal(lost, count(0, 5)) {
		t.Errorf("half an inbox made %d go", lost)
	}
	if ok, lost := m.box.Put(11, 2*flow.InboxBytes); !ok || !slices.Equal(lost, count(5, 11)) {
		t.Errorf("one larger than the inbox: %v, lost %d; it may have the inbox to itself", ok, lost)
	}
	r.Settle()
	if !slices.Equal(m.got, []int{11}) || m.empty > 10 {
		t.Errorf("took %d, found %d empty", m.got, m.empty)
	}
	if ok, _ := m.box.Put(12, flow.InboxBytes); !ok {
		t.Error("bytes were not given back")
	}
}

// All inboxes together hold 64 MB; what is taken makes room in all of them.
func TestProcessBytes(t *testing.T) {
	boxes := make([]*mailbox, 70)
	var things []*fake
	for i := range boxes {
		boxes[i] = newMailbox(flow.DropNewest)
		things = append(things, &boxes[i].fake)
	}
	r := newRig(t, things, nil).started()
	var wait sync.WaitGroup
	filed := make([]bool, len(boxes))
	for i, m := range boxes {
		wait.Go(func() { filed[i], _ = m.box.Put(i, flow.InboxBytes) })
	}
	finished(t, "all to be filed", all(&wait))
	n := 0
	for _, ok := range filed {
		if ok {
			n++
		}
	}
	if n != flow.ProcessBytes/flow.InboxBytes {
		t.Errorf("%d MB were filed, want 64", n)
	}
	r.Settle()
	for i, m := range boxes {
		if ok, _ := m.box.Put(i, 1000); !ok {
			t.Fatal("bytes were not given back")
		}
	}
	r.Settle()
	r.holds()
}

// However often an inbox overflows while the program is busy, the wake-ups that
// wait for it are no more than it can hold.
func TestWakeUpsAreBounded(t *testing.T) {
	m := newMailbox(flow.DropOldest)
	r := newRig(t, []*fake{&m.fake}, nil).started()
	for range 50 {
		for i := range flow.InboxCount {
			m.box.Put(i, 10)
		}
		m.box.Put(0, flow.InboxBytes)
	}
	r.Settle()
	if len(m.got) != 1 || m.empty >= flow.InboxCount {
		t.Errorf("took %d; %d wake-ups found nothing", len(m.got), m.empty)
	}
	if c := r.Counters(0); c.Accepted != 1 || !c.Holds() {
		t.Errorf("%+v", c)
	}
}

// A thing that breaks down before it takes leaves its item to the next wake-up;
// later items must not lag behind by one.
func TestPanicBeforeTakeDoesNotLag(t *testing.T) {
	m := newMailbox(flow.Block)
	take, broken := m.react, false
	m.react = func(h *flow.Host, w flow.Wake) {
		if broken {
			broken = false
			panic("boom")
		}
		take(h, w)
	}
	r := newRig(t, []*fake{&m.fake}, nil).started()
	broken = true
	m.box.Put(1, 1)
	r.Settle()
	if !slices.Equal(m.got, []int{1}) {
		t.Errorf("took %d: the item waits for a next one", m.got)
	}
	broken = true
	m.box.Put(2, 1)
	m.box.Put(3, 1)
	r.Settle()
	if !slices.Equal(m.got, []int{1, 2, 3}) || m.box.Len() != 0 {
		t.Errorf("took %d, %d wait", m.got, m.box.Len())
	}
	r.holds()
}

func TestPutFromManyGoroutines(t *testing.T) {
	for _, policy := range []flow.OnFull{flow.DropOldest, flow.DropNewest, flow.Latest, flow.Block} {
		t.Run(string(policy), func(t *testing.T) {
			const writers, each = 8, 2000
			m := newMailbox(policy)
			r := newRig(t, []*fake{&m.fake}, nil).started()
			type tally struct{ filed, lost, turned int }
			done := make(chan tally)
			for w := range writers {
				go func() {
					var c tally
					for i := range each {
						ok, lost := m.box.Put(w*each+i, i%3000)
						if c.lost += len(lost); ok {
							c.filed++
						} else {
							c.turned++
						}
					}
					done <- c
				}()
			}
			var sum tally
			left := writers
			await(t, "the writers", func() bool {
				select {
				case c := <-done:
					sum.filed += c.filed
					sum.lost += c.lost
					sum.turned += c.turned
					left--
				default:
					r.Settle()
				}
				return left == 0
			})
			r.Settle()
			if sum.filed+sum.turned != writers*each || len(m.got) != sum.filed-sum.lost {
				t.Errorf("%+v, but %d were taken", sum, len(m.got))
			}
			last := map[int]int{}
			for _, v := range m.got {
				if n, ok := last[v/each]; ok && n >= v {
					t.Fatalf("%d came after %d", v, n)
				}
				last[v/each] = v
			}
			c := r.Counters(0)
			if !c.Holds() || c.Accepted != uint64(len(m.got)) || c.InFlight != 0 {
				t.Errorf("%+v, but %d were taken", c, len(m.got))
			}
			want := uint64(sum.lost + sum.turned)
			if policy == flow.Block {
				want = 0
			}
			m.box.Put(0, 0) // tells of what was refused last
			r.Settle()
			if c := r.Counters(0); c.Refused != want {
				t.Errorf("%d refused, want %d", c.Refused, want)
			}
		})
	}
}

// One item or a hundred in a React: each is an occurrence.
func TestTakeManyAtOnce(t *testing.T) {
	m := newMailbox(flow.Block)
	m.react = func(_ *flow.Host, w flow.Wake) {
		for v, ok := m.box.Take(); ok; v, ok = m.box.Take() {
			m.got = append(m.got, v)
		}
	}
	r := newRig(t, []*fake{&m.fake}, nil).started()
	for i := range 100 {
		m.box.Put(i, 1)
	}
	r.Settle()
	if c := r.Counters(0); c != (flow.Counters{Accepted: 100, Delivered: 100}) {
		t.Errorf("%+v", c)
	}
}

func TestOutboxPolicies(t *testing.T) {
	const more = flow.OutboxCount + 3
	for _, c := range []struct {
		policy     flow.OnFull
		took       []int
		lost       []int
		turned     int
		perInstant int
	}{
		{flow.DropOldest, count(3, more), count(0, 3), 0, 1},
		{flow.DropOldest, count(3, more), count(0, 3), 0, more},
		{flow.DropNewest, count(0, flow.OutboxCount), nil, 3, 1},
		{flow.DropNewest, count(0, flow.OutboxCount), nil, 3, more},
		{flow.Latest, count(more-1, more), count(0, more-1), 0, 1},
		{flow.Latest, count(more-1, more), count(0, more-1), 0, more},
		{flow.Block, count(0, more), nil, 0, 1},
	} {
		t.Run(fmt.Sprint(c.policy, c.perInstant), func(t *testing.T) {
			var box flow.Outbox[int]
			var lost []int
			turned, next := 0, 0
			r := newRig(t, []*fake{{}}, nil)
			r.things[0].react = func(_ *flow.Host, w flow.Wake) {
				for range c.perInstant {
					if w.Why == flow.OnInput && next < more {
						ok, gone := box.Put(next)
						next++
						lost = append(lost, gone...)
						if !ok {
							turned++
						}
						if n := box.Len(); n > flow.OutboxCount && c.policy != flow.Block {
							t.Fatalf("%d wait", n)
						}
					}
				}
			}
			r.started()
			box.Open(r.Hosts[0], c.policy)
			for next < more {
				r.occur(0)
			}
			var took []int
			for v, ok := box.Take(); ok; v, ok = box.Take() {
				took = append(took, v)
			}
			if !slices.Equal(took, c.took) || !slices.Equal(lost, c.lost) || turned != c.turned {
				t.Errorf("took %d, lost %d, turned %d away, want %d, %d, %d", took, lost, turned, c.took, c.lost, c.turned)
			}
		})
	}
}

// Effects start after the actuators were driven, in the order of the instant.
func TestEffectsStartAtTheEndOfTheInstant(t *testing.T) {
	var box flow.Outbox[string]
	r := newRig(t, []*fake{{}}, []*step{{}})
	r.steps[0].run = func(k flow.Tick) {
		if !k.Start() {
			box.Put("first")
			box.Put("second")
		}
	}
	r.things[0].apply = func(*flow.Host) {
		if box.Len() > 0 {
			t.Error("an effect started before the actuators were driven")
		}
		r.note("applied")
	}
	r.all = true
	r.started()
	box.Open(r.Hosts[0], flow.Block)
	r.moved = 1
	r.occur(0)
	select {
	case <-box.Ready():
	default:
		t.Fatal("the worker was not told")
	}
	first, _ := box.Take()
	second, _ := box.Take()
	r.note("%s %s", first, second)
	r.noted("applied", "first second")
}
