package main

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

// count is how many readings go through the flow; about eight seconds of work.
const count = 100_000

// The promise of at-least-once, against a real broker that is restarted twice under full load: every reading that
// passes the filter is answered, none that does not is, and the counters agree.
func TestNothingIsLostWhenTheBrokerRestarts(t *testing.T) {
	broker := witness.StartMosquitto(t, "allow_anonymous true")
	peer := drive.NewPeer(t, &mqtt.Broker{URL: broker.URL(), ClientID: "peer"}, "probes/+/mean")
	p := drive.RunLive(t, info, func(e *flow.Engine) flow.Program {
		f := newProgram(e)
		f.home.URL = broker.URL()
		f.home.ClientID = "probes"
		return f
	})
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%+v\nlog of the flow:\n%s", p.Counters("probe"), p.Log())
		}
	})
	answered := awaitAnswer(t, peer)

	began := time.Now()
	peer.Produce(count, reading)
	for _, at := range []int{count / 4, count / 2} {
		peer.Until(5*time.Minute, "a part of the answers", func() bool { return peer.Received() > at })
		broker.Stop()
		broker.Start()
	}
	want := count - count/10
	peer.Until(5*time.Minute, "all answers", func() bool { return answered(peer) >= want && peer.Confirmed() >= count })
	p.Until("the end of all work", func() bool { return p.Engine.Counters(p.Node("probe")).InFlight == 0 })
	took := time.Since(began)

	c := p.Counters("probe")
	if !c.Holds() || c.Dead != 0 || c.Dropped != 0 || c.Refused != 0 || c.Delivered < uint64(count) {
		t.Errorf("counters: %+v", c)
	}
	if got := answered(peer); got != want {
		t.Errorf("%d readings were answered, want %d", got, want)
	}
	t.Logf("%d readings in %s (%.0f/s): %d accepted, %d answers for %d readings", count, took.Round(time.Millisecond),
		float64(count)/took.Seconds(), c.Accepted, peer.Received(), want)
}

// reading is what probe n%8 says; every tenth has a weak battery.
func reading(n int) drive.Message {
	battery := 3.01
	if n%10 == 9 {
		battery = 2.5
	}
	return drive.Message{
		Topic:   fmt.Sprintf("probes/p%d/raw", n%8),
		Payload: fmt.Sprintf(`{"number": %d, "temperature": %.2f, "battery": %.2f}`, n, 20+float64(n%100)/100, battery),
	}
}

// awaitAnswer waits until the flow answers at all, and gives what counts the readings that were answered.
func awaitAnswer(t *testing.T, peer *drive.Peer) (answered func(*drive.Peer) int) {
	seen := map[int]bool{}
	read := 0
	answered = func(peer *drive.Peer) int {
		for _, m := range peer.Since(read) {
			var answer struct{ Number int }
			if err := json.Unmarshal([]byte(m.Payload), &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Number >= 0 {
				seen[answer.Number] = true
			}
			read++
		}
		return len(seen)
	}
	// Retained, so that it does not matter who subscribes first.
	peer.Retain("probes/first/raw", `{"number": -1, "temperature": 20, "battery": 3}`)
	peer.Until(20*time.Second, "the first answer", func() bool { return peer.Received() > 0 })
	return answered
}
