package faults

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/mqtt/witness"
)

// load publishes numbered messages at a steady rate, as another client would.
type load struct {
	b       *witness.Broker
	rate    int // a second
	topic   string
	qos     byte
	filling string
	stop    chan struct{}
	over    chan struct{}
	gate    sync.Mutex
	sent    atomic.Int64
}

// startLoad begins with message 0; each has size bytes of text beside its number.
func startLoad(b *witness.Broker, rate, size int, qos byte) *load {
	l := &load{b: b, rate: rate, topic: "in/item", qos: qos, filling: strings.Repeat("x", size),
		stop: make(chan struct{}), over: make(chan struct{})}
	go l.run()
	return l
}

const beat = 5 * time.Millisecond

func (l *load) run() {
	defer close(l.over)
	ticks := time.NewTicker(beat)
	defer ticks.Stop()
	last, due := time.Now(), 0.0
	for {
		select {
		case <-l.stop:
			return
		case <-ticks.C:
		}
		l.gate.Lock()
		// What a late tick left out comes with this one, what a pause did not.
		now := time.Now()
		due += min(now.Sub(last), time.Second).Seconds() * float64(l.rate)
		for last = now; l.count() < int(due); l.sent.Add(1) {
			l.b.Publish(l.topic, l.payload(l.count()), l.qos, false)
		}
		l.gate.Unlock()
	}
}

func (l *load) payload(id int) string {
	return `{"id":` + strconv.Itoa(id) + `,"text":"` + l.filling + `"}`
}

// pause holds the load until resume.
func (l *load) pause() (resume func()) {
	l.gate.Lock()
	return l.gate.Unlock
}

// count is how many were published.
func (l *load) count() int { return int(l.sent.Load()) }

// end stops the load and gives the number of messages.
func (l *load) end() int {
	close(l.stop)
	<-l.over
	return l.count()
}
