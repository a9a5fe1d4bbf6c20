package flow

import (
	"errors"
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
	heard(t, "the thing's start", k.hosts).Wake()
	if got := heard(t, "the fault", faults); got != "tcp://me:***@broker: refused " {
		t.Errorf("the fault is %q", got)
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
	if said := r.err.String(); strings.Contains(said, "swordfish") || strings.Count(said, "***") != 2 {
		t.Errorf("told %q", said)
	}
}

// A secret that is the beginning of another leaves nothing of that, in whatever order they are read.
func TestSecretsWithinSecrets(t *testing.T) {
	t.Cleanup(func() { secrets, redact = nil, nil })
	for _, order := range [][]string{{"garden", "garden2026", "2026"}, {"2026", "garden2026", "garden"}, {"garden2026", "garden", "garden"}} {
		secrets, redact = nil, nil
		for _, s := range order {
			Hide(s)
		}
		if got := Redacted("no garden2026 in the garden"); got != "no *** in the ***" {
			t.Errorf("%v: %q", order, got)
		}
	}
}

// What is printed without a log is free of them too.
func TestSecretsAreInNoAnswer(t *testing.T) {
	t.Cleanup(func() { secrets, redact = nil, nil })
	why := errors.New("the broker says: no swordfish")
	for _, how := range []string{"--check", "safe-state"} {
		p := newTrial(enough, how)
		p.run((&someSettings{}).spec(&lamp{checkErr: why, safeErr: why}))
		if said := p.out.String() + p.err.String(); !strings.Contains(said, "the broker says: no ***\n") || strings.Contains(said, "swordfish") {
			t.Errorf("%s: %q", how, said)
		}
	}
}
