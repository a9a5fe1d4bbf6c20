package witness

import (
	"bufio"
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Mosquitto is a real broker, for what a witness cannot tell.
type Mosquitto struct {
	t       testing.TB
	program string
	dir     string
	addr    string
	config  string
	cmd     *exec.Cmd
	// ending is closed when the broker has said that it ends, over when it has ended.
	ending, over chan struct{}
}

const (
	// startLimit is how long the broker may take until it is ready, stopLimit how long to write what it keeps.
	startLimit = time.Minute
	stopLimit  = time.Minute
)

// StartMosquitto starts mosquitto on a free loopback port with a configuration
// of its own, in which config is added below the listener; it is ended with the
// test. Without mosquitto the test is skipped, and fails where CI is set.
func StartMosquitto(t testing.TB, config string) *Mosquitto {
	t.Helper()
	program, err := exec.LookPath("mosquitto")
	if err != nil {
		program, err = exec.LookPath("/usr/sbin/mosquitto")
	}
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("mosquitto is not installed")
	} else if err != nil {
		t.Skip("mosquitto is not installed")
	}
	port := freePort(t)
	m := &Mosquitto{t: t, program: program, dir: t.TempDir(), addr: net.JoinHostPort("127.0.0.1", port)}
	m.config = filepath.Join(m.dir, "mosquitto.conf")
	text := "user root\nper_listener_settings false\npersistence true\npersistence_location " + m.dir + "/\n" +
		"max_queued_messages 0\nlog_dest stderr\nlistener " + port + " 127.0.0.1\n" + config + "\n"
	if err := os.WriteFile(m.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	m.Start()
	t.Cleanup(m.Stop)
	return m
}

// freePort finds a port below those that the system gives to outgoing
// connections: one of these could take it while the broker is down.
func freePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(10000 + rand.IntN(22000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return ""
}

// Addr is host:port.
func (m *Mosquitto) Addr() string { return m.addr }

// URL is the address as a flow writes it, for plain TCP.
func (m *Mosquitto) URL() string { return "tcp://" + m.addr }

// Start starts the broker and waits until it is ready. A port that somebody else has at the moment is waited for.
func (m *Mosquitto) Start() {
	m.t.Helper()
	for deadline := time.Now().Add(startLimit); ; time.Sleep(100 * time.Millisecond) {
		said, ok := m.start(time.Until(deadline))
		if ok {
			return
		}
		if !strings.Contains(said, "Address already in use") || time.Now().After(deadline) {
			m.t.Fatalf("mosquitto did not start:\n%s", said)
		}
	}
}

// start starts the broker, and gives what it said where it is not ready within limit.
func (m *Mosquitto) start(limit time.Duration) (said string, ok bool) {
	m.t.Helper()
	cmd := exec.Command(m.program, "-c", m.config)
	// One whose test ends without a word must not stay.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		m.t.Fatal(err)
	}
	alarm := time.AfterFunc(limit, func() { cmd.Process.Kill() })
	m.cmd, m.ending, m.over = cmd, make(chan struct{}), make(chan struct{})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said += lines.Text() + "\n"
		if strings.HasSuffix(lines.Text(), " running") && alarm.Stop() {
			go m.listen(lines)
			return said, true
		}
	}
	cmd.Wait()
	m.cmd = nil
	return said, false
}

// listen hears the rest of what the broker says, until it has ended.
func (m *Mosquitto) listen(lines *bufio.Scanner) {
	cmd, ending, over := m.cmd, m.ending, m.over
	for said := false; lines.Scan(); {
		if strings.HasSuffix(lines.Text(), " terminating") && !said {
			said = true
			close(ending)
		}
	}
	cmd.Wait()
	close(over)
}

// Forget kills the broker and starts it with nothing of what it knew: no sessions, no
// messages, retained or not. So does the restart of one that is kept without persistence.
func (m *Mosquitto) Forget() {
	m.t.Helper()
	m.kill()
	if err := os.Remove(filepath.Join(m.dir, "mosquitto.db")); err != nil && !errors.Is(err, os.ErrNotExist) {
		m.t.Fatal(err)
	}
	m.Start()
}

// kill ends the broker at once.
func (m *Mosquitto) kill() {
	m.t.Helper()
	m.cmd.Process.Kill()
	select {
	case <-m.over:
	case <-time.After(stopLimit):
		m.t.Fatalf("mosquitto does not end by SIGKILL within %v", stopLimit)
	}
	m.cmd = nil
}

// Stop ends the broker as a restart of its machine does: it writes what it keeps.
func (m *Mosquitto) Stop() {
	m.t.Helper()
	if m.cmd == nil {
		return
	}
	// A signal that comes right after "running" is lost in mosquitto 2.0; one that comes while it writes what it keeps
	// ends it at once.
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	limit := time.After(stopLimit)
	for ending := m.ending; ; {
		if ending != nil {
			m.cmd.Process.Signal(syscall.SIGTERM)
		}
		select {
		case <-ending:
			ending = nil
		case <-m.over:
			m.cmd = nil
			return
		case <-limit:
			m.kill()
			m.t.Errorf("mosquitto did not end by SIGTERM within %v", stopLimit)
			return
		case <-again.C:
		}
	}
}
