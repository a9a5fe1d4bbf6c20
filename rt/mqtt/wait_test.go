package mqtt_test

import (
	"context"
	"runtime"
	"time"
)

func contextFor(limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), limit)
}

// yield lets the others run while a test waits for something that has no signal
// of its own.
func yield() { runtime.Gosched() }
