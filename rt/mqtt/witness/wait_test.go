package witness

import (
	"testing"
	"time"
)

// A limit that is over as the wait begins once was missed, and the wait lasted for ever.
func TestWaitEndsAtItsLimit(t *testing.T) {
	b, err := New()
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	over := make(chan struct{})
	go func() {
		defer close(over)
		for n := range 2000 {
			if b.Wait(time.Duration(n)*time.Nanosecond, func() bool { return false }) {
				t.Error("it came to hold")
			}
		}
	}()
	select {
	case <-over:
	case <-time.After(time.Minute):
		t.Fatal("Wait goes on after its limit")
	}
}
