package mqtt_test

import (
	"strconv"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
)

// stream is a flow that sends numbers to itself through a broker, twice:
// source → broker → soil → copy → broker → sink.
type stream struct {
	*rig
	home   *mqtt.Broker
	source *mqtt.Out[string]
	copy   *mqtt.Out[string]
	soil   *mqtt.In[string]
	sink   *mqtt.In[string]

	// Of the instant loop.
	next, total int
	// Guarded by the rig's mutex.
	count map[string]int
	came  int
}

const (
	streamHome = iota
	streamSource
	streamCopy
	streamSoil
	streamSink
)

func newStream(t testing.TB, url string, qos int64) *stream {
	s := &stream{rig: newRig(t), home: broker(url), count: map[string]int{}}
	s.home.ClientID = "stream" + strconv.FormatInt(qos, 10)
	s.source, s.copy = out(s.home, qos), out(s.home, qos)
	s.soil, s.sink = in(s.home, "stream/in", qos), in(s.home, "stream/out", qos)
	s.soil.OnFull, s.sink.OnFull = flow.Block, flow.Block
	s.add("home", s.home)
	s.add("source", s.source)
	s.add("copy", s.copy)
	s.add("soil", s.soil)
	s.add("sink", s.sink)
	s.rig.step = func(r *rig) { s.step() }
	s.start(flow.SystemClock())
	return s
}

func (s *stream) step() {
	pass := s.engine.Pass
	if s.soil.Self.Happened(pass) {
		s.shootOn(streamCopy, s.copy, "stream/out", s.soil.Self.V)
	}
	if s.sink.Self.Happened(pass) {
		v := s.sink.Self.V
		s.note(func() { s.count[v]++; s.came++; s.got = append(s.got, v) })
	}
	// Each confirmation starts the next message, so that a bounded number waits.
	if s.source.Sent.Happened(pass) && s.next < s.total {
		s.emit()
	}
}

func (s *stream) shootOn(node int, o *mqtt.Out[string], topic, payload string) {
	o.Topic.V, o.Send.V = topic, payload
	o.Shoot(s.engine.Hosts[node])
}

func (s *stream) emit() {
	s.shootOn(streamSource, s.source, "stream/in", strconv.Itoa(s.next))
	s.next++
}

// produce sends total numbers, at most 128 of them waiting. They go the same way
// as the subscriptions, and so behind them.
func (s *stream) produce(total int) {
	s.at(func() {
		s.next, s.total = 0, total
		for s.next < min(total, 128) {
			s.emit()
		}
	})
	s.engine.Hosts[streamHome].Done(0)
}

func (s *stream) arrived() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.came
}

func (s *stream) different() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.count)
}
