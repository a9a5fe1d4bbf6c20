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
	qos     byte
	message func(id int) (topic, payload string)
	stop    chan struct{}
	over    chan struct{}
	gate    sync.Mutex
	sent    atomic.Int64
}

// startLoad publishes on in/item; each message has size bytes of text beside its number, which begins with 0.
func startLoad(b *witness.Broker, rate, size int, qos byte) *load {
	return startLoadOn(b, "in/item", rate, size, qos)
}

func startLoadOn(b *witness.Broker, topic string, rate, size int, qos byte) *load {
	filling := strings.Repeat("x", size)
	return startLoadOf(b, rate, qos, func(id int) (string, string) {
		return topic, `{"id":` + strconv.Itoa(id) + `,"text":"` + filling + `"}`
	})
}

func startLoadOf(b *witness.Broker, rate int, qos byte, message func(id int) (topic, payload string)) *load {
	l := &load{b: b, rate: rate, qos: qos, message: message, stop: make(chan struct{}), over: make(chan struct{})}
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
		if l.b.Closed() {
			return // its test is over
		}
		l.gate.Lock()
		// What a late tick left out comes with this one, what a pause did not.
		now := time.Now()
		due += min(now.Sub(last), time.Second).Seconds() * float64(l.rate)
		for last = now; l.count() < int(due); l.sent.Add(1) {
			topic, payload := l.message(l.count())
			l.b.Publish(topic, payload, l.qos, false)
		}
		l.gate.Unlock()
	}
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
