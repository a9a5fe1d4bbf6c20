//go:build linux

package flow

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// manager is a service manager's end of the socket.
type manager struct {
	t *testing.T
	c *net.UnixConn
}

// newManager listens as systemd does, and tells programs of it.
func newManager(t *testing.T, address string, watchdog time.Duration) *manager {
	t.Helper()
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Net: "unixgram", Name: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	t.Setenv("NOTIFY_SOCKET", address)
	t.Setenv("WATCHDOG_USEC", strconv.FormatInt(watchdog.Microseconds(), 10))
	return &manager{t, c}
}

// hear is the next that the program tells, "" for nothing within d.
func (m *manager) hear(d time.Duration) string {
	m.t.Helper()
	m.c.SetReadDeadline(time.Now().Add(d))
	b := make([]byte, 4096)
	n, err := m.c.Read(b)
	if err != nil {
		return ""
	}
	return string(b[:n])
}

func (m *manager) hears(want string) string {
	m.t.Helper()
	got := m.hear(patience)
	if !strings.HasPrefix(got, want) {
		m.t.Fatalf("heard %q, want %q", got, want)
	}
	return got
}

// silence is long enough for a ping to come that should not.
const silence = 100 * time.Millisecond

// hook is a thing whose reaction the test says.
type hook struct {
	react func(h *Host, w Wake)
	start func(h *Host)

	// host is the program's, given the test through hosts.
	host  *Host
	hosts chan *Host
}

func (k *hook) Start(h *Host) error {
	k.host = h
	if k.start != nil {
		k.start(h)
	}
	if k.hosts != nil {
		k.hosts <- h
	}
	return nil
}
func (k *hook) React(h *Host, w Wake) {
	if k.react != nil {
		k.react(h, w)
	}
}
func (*hook) Stop(*Host) {}

type hookProgram struct {
	lampProgram
	k *hook
}

func (p hookProgram) Things() []Thing       { return []Thing{p.k} }
func (p hookProgram) React(_ int32, w Wake) { p.k.React(p.k.host, w) }

func (k *hook) spec() Spec {
	return Spec{
		Info:  Info{Name: "hall", Hash: "abc123", Nodes: []Node{{Name: "lamp", Kind: "led", Pos: "hall.hcl:3"}}},
		Build: func(*Engine) Program { return hookProgram{k: k} },
	}
}

// running is a program that runs in the test's process on a clock of the test.
type running struct {
	*trial
	clock *FakeClock
	over  chan struct{}
	code  int
}

func start(t *testing.T, spec Spec) *running {
	p := newTrial(enough)
	r := &running{trial: p, clock: p.clock.(*FakeClock), over: make(chan struct{})}
	go func() { r.code = p.run(spec); close(r.over) }()
	return r
}

// A start that takes long asks for more time before the program is ready.
func TestALongStartAsksForTime(t *testing.T) {
	m := newManager(t, filepath.Join(t.TempDir(), "notify"), 30*time.Second)
	r := start(t, (&hook{start: (*Host).MoreTime}).spec())
	m.hears("EXTEND_TIMEOUT_USEC=120000000")
	m.hears("READY=1")
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
}

func TestTheServiceManagerIsTold(t *testing.T) {
	for name, address := range map[string]string{
		"path":     filepath.Join(t.TempDir(), "notify"),
		"abstract": "@flowc-test-" + strconv.Itoa(os.Getpid()),
	} {
		t.Run(name, func(t *testing.T) {
			m := newManager(t, address, 30*time.Second)
			k := &hook{hosts: make(chan *Host, 1)}
			var started atomic.Bool
			k.react = func(h *Host, w Wake) {
				if started.Swap(true) {
					h.Fault("no water: swordfish")
				}
			}
			r := start(t, k.spec())
			if got := m.hears("READY=1\nSTATUS="); got != "READY=1\nSTATUS=0 faults" || !started.Load() {
				t.Errorf("heard %q; instant 0 is over: %t", got, started.Load())
			}
			m.hears("WATCHDOG=1\n")
			for range 3 {
				r.pass(t, 10*time.Second)
				m.hears("WATCHDOG=1\nSTATUS=0 faults")
			}
			heard(t, "the thing's start", k.hosts).Wake()
			r.pass(t, 10*time.Second)
			if got := m.hears("WATCHDOG=1\n"); got != "WATCHDOG=1\nSTATUS=1 faults, the last one: hall.hcl:3" {
				// The fault may come after the ping.
				r.pass(t, 10*time.Second)
				m.hears("WATCHDOG=1\nSTATUS=1 faults, the last one: hall.hcl:3")
			}
			r.signals <- syscall.SIGTERM
			m.hears("STOPPING=1\nSTATUS=stopping")
			wait(t, "the end", r.over)
			if got := m.hear(silence); got != "" {
				t.Errorf("after the end came %q", got)
			}
		})
	}
}

// A program that hangs in an instant gives no sign of life, whatever the time.
func TestAWedgedLoopIsSilent(t *testing.T) {
	m := newManager(t, filepath.Join(t.TempDir(), "notify"), 30*time.Second)
	k, wedged, release := &hook{hosts: make(chan *Host, 1)}, make(chan struct{}), make(chan struct{})
	k.react = func(_ *Host, w Wake) {
		if w.Why == OnInput {
			close(wedged)
			<-release
		}
	}
	r := start(t, k.spec())
	m.hears("READY=1\n")
	m.hears("WATCHDOG=1\n")
	heard(t, "the thing's start", k.hosts).Wake()
	wait(t, "the instant that hangs", wedged)
	r.clock.Advance(time.Hour)
	if got := m.hear(silence); got != "" {
		t.Errorf("a wedged program says %q", got)
	}
	close(release)
	m.hears("WATCHDOG=1\n")
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
}

// An effect that does not end is a slow sink, and no reason to kill the program.
func TestASlowSinkIsNoWedge(t *testing.T) {
	m := newManager(t, filepath.Join(t.TempDir(), "notify"), 30*time.Second)
	k, begun := &hook{hosts: make(chan *Host, 1)}, make(chan struct{})
	k.react = func(h *Host, w Wake) {
		if w.Why == OnInput {
			h.Begin() // its worker never ends it
			close(begun)
		}
	}
	r := start(t, k.spec())
	m.hears("READY=1\n")
	m.hears("WATCHDOG=1\n")
	heard(t, "the thing's start", k.hosts).Wake()
	wait(t, "the effect", begun)
	for range 6 {
		r.pass(t, 10*time.Second)
		m.hears("WATCHDOG=1\n")
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
}

// A flood of instants leaves room for the sign of life.
func TestABusyLoopPings(t *testing.T) {
	m := newManager(t, filepath.Join(t.TempDir(), "notify"), 30*time.Second)
	k := &hook{}
	k.react = func(h *Host, w Wake) {
		h.Clock().(*FakeClock).Advance(time.Second)
		h.Wake()
	}
	r := start(t, k.spec())
	m.hears("READY=1\n")
	for range 10 {
		m.hears("WATCHDOG=1\n")
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over) // of its pings, and of its last word, there may be more than the socket holds
}

// A manager without a watchdog, an address that is none, and no manager at all.
func TestWhoIsNotAskedTellsNothing(t *testing.T) {
	m := newManager(t, filepath.Join(t.TempDir(), "notify"), 30*time.Second)
	t.Setenv("WATCHDOG_USEC", "")
	r := start(t, (&hook{}).spec())
	m.hears("READY=1\n")
	r.clock.Advance(time.Hour)
	if got := m.hear(silence); got != "" {
		t.Errorf("heard %q", got)
	}
	r.signals <- syscall.SIGTERM
	m.hears("STOPPING=1\n")
	wait(t, "the end", r.over)
	for _, address := range []string{"", "vsock:2:1234", "relative", "/" + strings.Repeat("x", 200), filepath.Join(t.TempDir(), "nobody")} {
		t.Setenv("NOTIFY_SOCKET", address)
		r := start(t, (&hook{}).spec())
		r.signals <- syscall.SIGTERM
		wait(t, "the end without a manager at "+address, r.over)
		if r.code != exitFine {
			t.Errorf("%q: exit %d", address, r.code)
		}
	}
}
