package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"flowc/lang/learn"
	"flowc/rt/flow"
	"flowc/rt/mqtt"
	_ "flowc/rt/mqtt/mqtttls"
)

// listening says where, what and how long to listen.
type listening struct {
	url, topic, user, password, ca string
	span                           time.Duration
	count                          int
}

// learnMQTT listens to a broker and prints the blocks for what came in.
func learnMQTT(c *console, l listening) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	heard, took, err := listen(ctx, c, l)
	if err != nil {
		return c.fail(err)
	}
	if len(heard) == 0 {
		return c.fail(fmt.Errorf("nothing came on %s in %s; listen longer with -for, or look whether the topic is right", l.topic, spanText(took)))
	}
	fmt.Fprint(c.out, learn.FromMQTT(learn.Heard{
		URL: l.url, Filter: l.topic, User: l.user, Messages: heard, For: took,
	}, learn.Options{Known: knownForms()}))
	return exitFine
}

func spanText(d time.Duration) string {
	if d < time.Minute {
		return strconv.Itoa(int((d+time.Second-1)/time.Second)) + " s"
	}
	return durationText(d.Round(time.Second))
}

// maxHeard bounds the bytes of all messages that are kept.
const maxHeard = 64 << 20

// ear is a flow of two things, a connection and a subscription, that keeps what comes in.
type ear struct {
	clock  flow.Clock
	engine *flow.Engine
	home   *mqtt.Broker
	in     *mqtt.In[[]byte]

	heard  []learn.Message
	bytes  int
	topics map[string]bool
	most   int
	began  time.Duration
	full   func()
	// told is called after each message.
	told func(messages, topics int)
}

// listen hears until the time is over, enough has come, or ctx ends.
func listen(ctx context.Context, c *console, l listening) ([]learn.Message, time.Duration, error) {
	e := newEar(l)
	p := &progress{c: c, live: c.colorErr}
	e.told = p.heard
	if err := e.open(c); err != nil {
		return nil, 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, l.span)
	defer cancel()
	e.full = cancel
	p.begin(l)
	ended := p.tick(ctx, l.span)
	e.engine.Run(ctx, time.Second)
	<-ended
	p.end()
	return e.heard, e.clock.Mono() - e.began, nil
}

func newEar(l listening) *ear {
	e := &ear{clock: flow.SystemClock(), topics: map[string]bool{}, most: l.count}
	e.home = &mqtt.Broker{
		URL: l.url, User: l.user, Password: flow.NewSecret(l.password), CA: l.ca,
		ClientID: "flowc-learn-" + strconv.Itoa(os.Getpid()), KeepAlive: 30 * time.Second,
	}
	e.in = &mqtt.In[[]byte]{
		Via: e.home, Topic: flow.Pattern(l.topic), QoS: 1, Kind: flow.NatureReading, OnFull: flow.Block,
		Decode: func(data []byte, v *[]byte) error {
			*v = append([]byte{}, data...)
			return nil
		},
	}
	return e
}

// open tries the connection, so that a wrong address is told at once, and starts.
func (e *ear) open(c *console) error {
	info := flow.Info{Name: "flowc-learn", Nodes: []flow.Node{{Name: "home", Kind: "mqtt"}, {Name: "heard", Kind: "mqtt_in"}}}
	e.engine = flow.NewEngine(e.clock, info, flow.Output{Log: io.Discard}, func(*flow.Engine) flow.Program { return e })
	e.engine.OnFault(func(f flow.Fault) { fmt.Fprintf(c.err, "flowc: %s\n", f.Message) })
	if err := e.home.Check(e.engine.Hosts[0]); err != nil {
		return err
	}
	e.began = e.engine.Mono
	var problem *flow.StartError
	if err := e.engine.Start(); errors.As(err, &problem) {
		return problem.Err
	} else if err != nil {
		return err
	}
	return nil
}

// The flow.Program.

func (e *ear) Things() []flow.Thing { return []flow.Thing{e.home, e.in} }

func (e *ear) Order() []int32 { return []int32{0, 1} }

func (e *ear) Begin() {}

func (e *ear) React(node int32, w flow.Wake) { e.Things()[node].React(e.engine.Hosts[node], w) }

func (e *ear) Fire(int32, int32) {}

// Step keeps a message that came in this pass.
func (e *ear) Step() {
	if !e.in.Self.Happened(e.engine.Pass) || len(e.heard) >= e.most || e.bytes > maxHeard {
		return
	}
	e.heard = append(e.heard, learn.Message{
		Topic: e.in.Meta.Topic, Payload: e.in.Self.V, Retained: e.in.Meta.Retained, At: e.engine.Mono - e.began,
	})
	e.bytes += len(e.in.Self.V)
	e.topics[e.in.Meta.Topic] = true
	e.told(len(e.heard), len(e.topics))
	if len(e.heard) >= e.most || e.bytes > maxHeard {
		e.full()
	}
}

func (e *ear) Apply() {}

func (e *ear) Culprit() int32 { return 0 }
