package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// progress tells on standard error how a listening goes: on a terminal in one line that is written over, elsewhere
// only the beginning and the end.
type progress struct {
	c                *console
	live             bool
	messages, topics atomic.Int64
}

func (p *progress) begin(l listening) {
	fmt.Fprintf(p.c.err, "listening to %s for %s; Ctrl-C ends it early\n", l.topic, spanText(l.span))
}

// heard may be called from any goroutine.
func (p *progress) heard(messages, topics int) {
	p.messages.Store(int64(messages))
	p.topics.Store(int64(topics))
}

// tick rewrites the line every second until ctx is over; then the channel is closed.
func (p *progress) tick(ctx context.Context, span time.Duration) <-chan struct{} {
	ended := make(chan struct{})
	if !p.live {
		close(ended)
		return ended
	}
	until := time.Now().Add(span)
	go func() {
		defer close(ended)
		second := time.NewTicker(time.Second)
		defer second.Stop()
		for {
			select {
			case <-ctx.Done():
				fmt.Fprint(p.c.err, "\r\x1b[K")
				return
			case <-second.C:
				fmt.Fprintf(p.c.err, "\r\x1b[K%s, %s left", p.soFar(), spanText(time.Until(until)))
			}
		}
	}()
	return ended
}

func (p *progress) soFar() string {
	return plural(int(p.messages.Load()), "message") + " on " + plural(int(p.topics.Load()), "topic")
}

func (p *progress) end() { fmt.Fprintf(p.c.err, "%s\n", p.soFar()) }
