package faults

import (
	"context"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// safeLimit is how long the outputs of a program may stay as they are after its end.
const safeLimit = 500 * time.Millisecond

// supervisor does for a program what systemd does with its unit: it listens for the signs of life, kills what gives none,
// and calls safe-state after every end.
type supervisor struct {
	t       *testing.T
	program string
	env     []string
	signs   *net.UnixConn
}

func newSupervisor(t *testing.T, program string, env ...string) *supervisor {
	t.Helper()
	address := filepath.Join(t.TempDir(), "notify")
	signs, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Net: "unixgram", Name: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { signs.Close() })
	return &supervisor{t: t, program: program, signs: signs, env: append(env, "NOTIFY_SOCKET="+address, "WATCHDOG_USEC="+strconv.FormatInt(watchdog.Microseconds(), 10))}
}

// watchdog is the time within which a sign has to come: WATCHDOG_USEC. A machine may stand still for some of it.
const watchdog = 4 * time.Second

// start waits until the program says that it is ready.
func (s *supervisor) start(harm string) *process {
	s.t.Helper()
	p := start(s.t, s.program, append(s.env, "FAULTS_HARM="+harm)...)
	if sign := s.sign(patience); !strings.HasPrefix(sign, "READY=1") {
		s.t.Fatalf("not ready: %q\n%s", sign, p.log)
	}
	return p
}

func (s *supervisor) sign(limit time.Duration) string {
	s.signs.SetReadDeadline(time.Now().Add(limit))
	b := make([]byte, 4096)
	n, _ := s.signs.Read(b)
	return string(b[:n])
}

// attend returns when the program has ended, by itself or because it gave no sign of life.
func (s *supervisor) attend(p *process) (barked bool) {
	s.t.Helper()
	looked := time.Now()
	for last, end := time.Now(), time.Now().Add(patience); !p.ended(); {
		if late := time.Since(looked); late > watchdog/4 {
			last = last.Add(late) // while it stood still itself it could hear no sign
		}
		looked = time.Now()
		switch {
		case s.sign(20*time.Millisecond) != "":
			last = time.Now()
		case time.Since(last) > watchdog && !barked:
			barked = true
			p.signal(syscall.SIGABRT)
		case time.Now().After(end):
			s.t.Fatalf("the program does not end\n%s", p.log)
		}
	}
	return barked
}

// However a program ends, the pump is off within half a second of that, although its pin stays as it was.
func TestSafeState(t *testing.T) {
	beside(t)
	program := source{flow: "pump.hcl", changes: withBoard(t), edit: func(files map[string][]byte) {
		const made = "return newProgram(e, s)"
		if !strings.Contains(string(files["main.go"]), made) {
			t.Fatalf("main.go has no %q", made)
		}
		files["main.go"] = []byte(strings.Replace(string(files["main.go"]), made, "return harmed(e, newProgram(e, s))", 1))
		files["harm.go"] = []byte(fixture(t, "harm.go.txt"))
	}}.build(t)
	for _, c := range []struct{ harm, says string }{
		{"kill", ""},
		{"panic", "panic: a goroutine of nobody's"},
		{"exit", ""},
		{"maps", "fatal error: concurrent map writes"},
		{"stack", "stack overflow"},
		{"memory", "out of memory"},
		{"wedge", "SIGABRT: abort"},
	} {
		t.Run(c.harm, func(t *testing.T) {
			here, there, pins := newWitness(t, nil), newWitness(t, nil), newBoard(t)
			here.OnPublish(func(witness.Message) {})
			s := newSupervisor(t, program, "FLOW_SOURCE="+here.URL(), "FLOW_SINK="+there.URL(), pins.env())
			p := s.start(c.harm)
			if !here.Wait(patience, func() bool { return len(here.Subscribes()) > 0 }) {
				t.Fatalf("no subscription:\n%s", p.log)
			}
			here.Publish("in/item", `{"id": 1, "text": "on"}`, 1, false)
			if _, ok := pins.becomes(pumpPin, true, patience); !ok {
				t.Fatalf("the pump does not run:\n%s", p.log)
			}
			if c.harm == "kill" {
				p.signal(syscall.SIGKILL)
			} else {
				p.signal(syscall.SIGUSR1)
			}
			barked := s.attend(p)
			if barked != (c.harm == "wedge") {
				t.Errorf("killed by the watchdog: %t", barked)
			}
			if p.cmd.ProcessState.Success() {
				t.Error("the program ended well")
			}
			if said := p.log.String(); !strings.Contains(said, c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, said)
			}
			if !pins.high(pumpPin) {
				t.Fatal("the pump is off before anybody put it safe: this proves nothing")
			}
			took := putSafe(t, program, pins)
			for again := 1; took > safeLimit && again < attempts; again++ {
				t.Logf("off after %v: was it the machine?", took.Round(time.Millisecond))
				pins.set(pumpPin, true)
				took = putSafe(t, program, pins)
			}
			t.Logf("off after %v", took.Round(time.Millisecond))
			if took > safeLimit {
				t.Errorf("the pump is on for more than %v, %d times", safeLimit, attempts)
			}
		})
	}
}

// attempts are how often the outputs may take too long where a machine stands still now and then.
const attempts = 4

// putSafe calls safe-state, and tells how long it takes until the pump is off.
func putSafe(t *testing.T, program string, pins *board) time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	after := exec.CommandContext(ctx, program, "safe-state")
	after.Env = []string{pins.env()} // what settings need may be missing
	over := make(chan error, 1)
	var said []byte
	go func() {
		var err error
		said, err = after.CombinedOutput()
		over <- err
	}()
	took, ok := pins.becomes(pumpPin, false, patience)
	if err := <-over; err != nil {
		t.Errorf("safe-state: %v\n%s", err, said)
	}
	if !ok {
		t.Fatalf("safe-state leaves the pump on:\n%s", said)
	}
	return took
}
