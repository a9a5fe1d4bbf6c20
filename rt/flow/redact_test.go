package flow

import (
	"strings"
	"syscall"
	"testing"
)

// A secret is on no line of the log, and in no fault that is remembered, whoever put it into a message. Its value is
// known from when it was read; one that is too short to be told from a word is not looked for.
func TestSecretsAreLeftOut(t *testing.T) {
	t.Cleanup(func() { secrets, redact = nil, nil })
	secrets, redact = nil, nil // of other tests
	if Redacted("swordfish") != "swordfish" {
		t.Fatal("it is hidden before anybody knew of it")
	}
	Hide("abc")
	if redact != nil {
		t.Error("abc is in too many words")
	}
	faults := make(chan string, 1)
	k := &hook{react: func(h *Host, w Wake) {
		if w.Why != OnInput {
			return
		}
		h.Log(LevelError, "the broker says: no swordfish here")
		h.Fault("tcp://me:swordfish@broker: refused\x00")
		_, last := h.e.Faults()
		faults <- last[0].Message
	}, hosts: make(chan *Host, 1)}
	spec := k.spec()
	spec.Settings = (&someSettings{}).list()
	r := start(t, spec)
	(<-k.hosts).Wake()
	if got := <-faults; got != "tcp://me:***@broker: refused " {
		t.Errorf("the fault is %q", got)
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
	if said := r.err.String(); strings.Contains(said, "swordfish") || strings.Count(said, "***") != 2 {
		t.Errorf("told %q", said)
	}
}
