package web_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// oracle answers questions when the test says so, in the order that the test likes.
type oracle struct {
	h     *flow.Host
	asked map[string]flow.Token
	// next are the answers that are on their way.
	next   []string
	answer flow.Event[string]
	failed bool
}

func (o *oracle) Start(h *flow.Host) error { o.h, o.asked = h, map[string]flow.Token{}; return nil }
func (o *oracle) Stop(*flow.Host)          {}

func (o *oracle) ask(question string) { o.asked[question] = o.h.Begin() }

// tell lets a question be answered, on the instant loop.
func (o *oracle) tell(question string) {
	o.next = append(o.next, question)
	o.h.Done(o.asked[question])
}

func (o *oracle) React(h *flow.Host, w flow.Wake) {
	if w.Why != flow.OnDone {
		return
	}
	question := o.next[0]
	o.next = o.next[1:]
	outcome := flow.OutcomeDelivered
	if o.failed {
		outcome = flow.OutcomeDead
	}
	h.End(o.asked[question], outcome)
	if !o.failed {
		o.answer.Happen(h.Pass(), question)
	}
}

// consulting is a flow with a route that replies with what the oracle says, beside what
// the client asked; "twice" asks the oracle again behind its answer.
func consulting(t *testing.T) (*answering, *oracle) {
	a := &answering{rig: newRig(t), server: &web.Server{Clients: 256, MaxBody: 1_000_000, Listen: "127.0.0.1:0"}}
	a.route = &route{Via: a.server, Get: "/ask/{name}", Timeout: 30 * time.Second, Wait: true, Format: flow.FormatText}
	a.route.Parse = func(q flow.Asked, v *string) error { *v = q.Captured[0]; return nil }
	a.route.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	a.route.Later()
	o := &oracle{}
	a.add("api", a.server)
	a.add("asked", a.route)
	a.add("oracle", o)
	a.step = func() {
		if a.route.Self.Happened(a.engine.Pass) {
			if a.route.Self.V != "silent" {
				o.ask(a.route.Self.V)
			}
			a.saw("asked " + a.route.Self.V)
		}
		if !o.answer.Happened(a.engine.Pass) {
			return
		}
		if o.answer.V == "twice" {
			o.ask("once more")
			a.saw("asked once more")
			return
		}
		if request, ok := a.route.Recall(a.engine.Hosts[1]); ok {
			a.route.Reply.V = request + " hears " + o.answer.V
			a.route.Shoot(a.engine.Hosts[1])
		}
	}
	a.run()
	return a, o
}

// asks lets a client ask; its reply comes to the channel.
func (a *answering) asks(name string) chan string {
	got := make(chan string, 1)
	go func() { got <- a.ask("GET", "/ask/"+name, "") }()
	a.sees("asked " + name)
	return got
}

// runsOut lets time pass until a client has its reply: it may not have begun to wait.
func (a *answering) runsOut(got chan string) string {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); runtime.Gosched() {
		a.clock.Advance(31 * time.Second)
		select {
		case text := <-got:
			return text
		default:
		}
	}
	a.t.Fatal("a client waits for ever")
	return ""
}

// Each client hears the answer to its own question, whatever comes first.
func TestLaterReplyIsOnesOwn(t *testing.T) {
	a, o := consulting(t)
	anna, bert, carl := a.asks("anna"), a.asks("bert"), a.asks("carl")
	for _, who := range []string{"carl", "anna", "bert"} {
		a.at(func() { o.tell(who) })
	}
	for got, want := range map[chan string]string{anna: "200 anna hears anna", bert: "200 bert hears bert", carl: "200 carl hears carl"} {
		if text := awaited(t, got); text != want {
			t.Errorf("got %q, want %q", text, want)
		}
	}
	a.at(func() {
		if c := a.engine.Counters(1); c.Accepted != 3 || c.Delivered != 3 || !c.Holds() {
			t.Errorf("counted %+v", c)
		}
	})
}

// A reply may come of the second of two effects; the request is held all the way.
func TestLaterReplyBehindAnother(t *testing.T) {
	a, o := consulting(t)
	got := a.asks("twice")
	a.at(func() { o.tell("twice") })
	a.sees("asked once more")
	select {
	case early := <-got:
		t.Fatalf("answered too early: %s", early)
	default:
	}
	a.at(func() {
		if c := a.engine.Counters(1); c.InFlight != 1 {
			t.Errorf("the request is not held: %+v", c)
		}
		o.tell("once more")
	})
	if text := awaited(t, got); text != "200 twice hears once more" {
		t.Errorf("got %s", text)
	}
}

// What fails, what nobody replies to and what takes too long is told; an answer that
// comes when its client has left is nobody's, and harms nobody.
func TestLaterReplyThatDoesNotCome(t *testing.T) {
	a, o := consulting(t)
	if text := awaited(t, a.asks("silent")); text != "500 nothing replied to this" {
		t.Errorf("got %s", text)
	}
	o.failed = true
	got := a.asks("anna")
	a.at(func() { o.tell("anna") })
	if text := awaited(t, got); text != "500 this could not be carried out" {
		t.Errorf("got %s", text)
	}
	o.failed = false
	if text := a.runsOut(a.asks("bert")); text != "504 what this started is not done yet" {
		t.Errorf("got %s", text)
	}
	carl := a.asks("carl")
	a.at(func() { o.tell("bert") })
	a.at(func() { o.tell("carl") })
	if text := awaited(t, carl); text != "200 carl hears carl" {
		t.Errorf("got %s", text)
	}
	a.at(func() {
		if c := a.engine.Counters(1); c.InFlight != 0 || !c.Holds() {
			t.Errorf("counted %+v", c)
		}
	})
}

// So many requests are carried out at a time, and no more, also where their clients have
// left: one that takes no place starts nothing.
func TestRequestsThatWaitAreBounded(t *testing.T) {
	a, _ := consulting(t)
	const half = web.WaitingMost / 2
	for turn := range 2 {
		gone := make(chan string, half)
		for range half {
			go func() { gone <- a.ask("GET", "/ask/all", "") }()
		}
		a.until("all wait", func() (all bool) {
			a.at(func() { all = a.engine.Counters(1).InFlight == half*uint64(turn+1) })
			return all
		})
		for range half {
			if text := a.runsOut(gone); text != "504 what this started is not done yet" {
				t.Fatalf("got %s", text)
			}
		}
	}
	if text := a.ask("GET", "/ask/late", ""); text != "503 too many requests wait" {
		t.Errorf("got %s", text)
	}
	a.at(func() {
		if c := a.engine.Counters(1); c.Dropped != 1 || !c.Holds() {
			t.Errorf("counted %+v", c)
		}
	})
	if strings.Contains(a.seen(), "asked late") {
		t.Error("it was carried out")
	}
}
