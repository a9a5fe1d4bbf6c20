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
	// ending is closed when the broker has said that it ends.
	ending chan struct{}
}

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

// Start starts the broker and waits until it is ready.
func (m *Mosquitto) Start() {
	m.t.Helper()
	m.cmd = exec.Command(m.program, "-c", m.config)
	out, err := m.cmd.StderrPipe()
	if err == nil {
		err = m.cmd.Start()
	}
	if err != nil {
		m.t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
		if strings.HasSuffix(lines.Text(), " running") {
			m.ending = make(chan struct{})
			go m.listen(lines)
			return
		}
	}
	m.t.Fatalf("mosquitto did not start:\n%s", strings.Join(said, "\n"))
}

// listen hears the rest of what the broker says, until it says that it ends.
func (m *Mosquitto) listen(lines *bufio.Scanner) {
	ending := m.ending
	for lines.Scan() {
		if strings.HasSuffix(lines.Text(), " terminating") && ending != nil {
			close(ending)
			ending = nil
		}
	}
}

// Forget kills the broker and starts it with nothing of what it knew: no sessions, no
// messages, retained or not. So does the restart of one that is kept without persistence.
func (m *Mosquitto) Forget() {
	m.t.Helper()
	m.cmd.Process.Kill()
	m.cmd.Wait()
	if err := os.Remove(filepath.Join(m.dir, "mosquitto.db")); err != nil && !errors.Is(err, os.ErrNotExist) {
		m.t.Fatal(err)
	}
	m.Start()
}

// Stop ends the broker as a restart of its machine does: it writes what it keeps.
func (m *Mosquitto) Stop() {
	if m.cmd == nil {
		return
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		m.cmd.Wait()
	}()
	// A signal that comes right after "running" is lost in mosquitto 2.0; one that comes while it writes what it keeps
	// ends it at once.
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for asking := true; asking; {
		m.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-m.ending:
			asking = false
		case <-over:
			asking = false
		case <-again.C:
		}
	}
	<-over
	m.cmd = nil
}
