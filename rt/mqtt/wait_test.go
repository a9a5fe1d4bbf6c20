package mqtt_test

import (
	"context"
	"runtime"
	"time"

	"flowc/rt/mqtt"
)

func contextFor(limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), limit)
}

// yield lets the others run while a test waits for something that has no signal
// of its own.
func yield() { runtime.Gosched() }

// waitGranted waits until the broker's answer to the subscriptions has arrived.
func (p *pipe) waitGranted() {
	p.t.Helper()
	ctx, cancel := contextFor(patience)
	defer cancel()
	for !mqtt.Granted(p.home) {
		if ctx.Err() != nil {
			p.t.Fatal("no answer to the subscription")
		}
		yield()
	}
}
