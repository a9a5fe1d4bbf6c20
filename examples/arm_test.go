package examples

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"flowc/compiler"
	"flowc/compiler/gobuild"
	"flowc/examples/drive"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

// pis are the processors of the Raspberry Pi, and what runs their programs here.
var pis = []struct{ target, emulator string }{
	{"pi", "qemu-aarch64-static"},
	{"pi-zero", "qemu-arm-static"},
}

// emulated finds an emulator. Without it the test is skipped, and fails where CI is set.
func emulated(t *testing.T, emulator string) string {
	t.Helper()
	path, err := exec.LookPath(emulator)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed", emulator)
	} else if err != nil {
		t.Skipf("%s is not installed (package qemu-user-static)", emulator)
	}
	return path
}

// buildFor builds an example for a target, with a broker at url if one is given.
func buildFor(t *testing.T, name, targetName, url string) string {
	t.Helper()
	file := name + ".hcl"
	text, err := os.ReadFile(filepath.Join(name, file))
	if err != nil {
		t.Fatal(err)
	}
	if url != "" {
		changed := bytes.ReplaceAll(text, []byte("tcp://192.168.1.10:1883"), []byte(url))
		if bytes.Equal(changed, text) {
			t.Fatalf("%s has no address to replace", file)
		}
		text = changed
	}
	target, err := gobuild.ParseTarget(targetName)
	if err != nil {
		t.Fatal(err)
	}
	f := compiler.CheckText(name, map[string][]byte{file: text})
	if f.Typed == nil {
		t.Fatalf("%s does not check: %v", file, f.Found)
	}
	out := filepath.Join(t.TempDir(), name)
	if _, err := f.Build(context.Background(), gobuild.Options{Target: target, Out: out}); err != nil {
		t.Fatal(err)
	}
	return out
}

// The programs of a Raspberry Pi do their work against a real broker, and stop as they should.
func TestProbesRunOnARM(t *testing.T) {
	for _, pi := range pis {
		t.Run(pi.target, func(t *testing.T) {
			emulator := emulated(t, pi.emulator)
			broker := witness.StartMosquitto(t, "allow_anonymous true")
			peer := drive.NewPeer(t, &mqtt.Broker{URL: broker.URL(), ClientID: "peer"}, "probes/+/mean")
			peer.Retain("probes/attic/raw", `{"number": 1, "temperature": 20.5, "battery": 3}`)
			p := start(t, emulator, buildFor(t, "probes", pi.target, broker.URL()))
			peer.Until(patience, "the first answer", func() bool { return peer.Received() == 1 })
			peer.Publish("probes/attic/raw", `{"number": 2, "temperature": 21, "battery": 3}`)
			peer.Publish("probes/attic/raw", `{"number": 3, "temperature": "warm", "battery": 3}`)
			peer.Publish("probes/cellar/raw", `{"number": 4, "temperature": 9.25, "battery": 3}`)
			peer.Until(patience, "the answers", func() bool { return peer.Received() == 3 })
			want := []drive.Message{
				{Topic: "probes/attic/mean", Payload: `{"number":1,"mean":20.5}`},
				{Topic: "probes/attic/mean", Payload: `{"number":2,"mean":20.75}`},
				{Topic: "probes/cellar/mean", Payload: `{"number":4,"mean":9.25}`},
			}
			for i, got := range peer.Got() {
				if got != want[i] {
					t.Errorf("answer %d is %q, want %q", i+1, got, want[i])
				}
			}
			if code := p.stop(t); code != 0 {
				t.Errorf("stopped by SIGTERM with exit code %d, want 0", code)
			}
			if !strings.Contains(p.said(), `probes.hcl:12: mqtt_in "probe": a message on "probes/attic/raw" does not fit: temperature: expected a number, found "warm"`) {
				t.Errorf("the broken message is not told:\n%s", p.said())
			}
		})
	}
}

// Where there is no GPIO the greenhouse says so, touches nothing, and fails.
func TestGreenhouseNeedsPins(t *testing.T) {
	if chips, _ := filepath.Glob("/dev/gpiochip*"); len(chips) > 0 {
		t.Skip("this machine has pins, and the greenhouse would use them")
	}
	for _, pi := range pis {
		t.Run(pi.target, func(t *testing.T) {
			emulator := emulated(t, pi.emulator)
			program := buildFor(t, "greenhouse", pi.target, "")
			p := start(t, emulator, program)
			if code := p.end(t, patience); code != 1 {
				t.Errorf("exit code %d, want 1", code)
			}
			said := p.said()
			if !strings.Contains(said, `relay "pump": no GPIO chip here, and this program wants pin 22`) || strings.Count(said, "\n") != 1 {
				t.Errorf("said:\n%s", said)
			}
			for args, want := range map[string]int{"--version": 0, "--help": 0, "--frobnicate": 2, "safe-state": 1} {
				p := start(t, emulator, program, args)
				if code := p.end(t, patience); code != want {
					t.Errorf("%s: exit code %d, want %d\n%s", args, code, want, p.said())
				}
			}
		})
	}
}

// patience bounds every wait; none lasts so long when all is well.
const patience = 3 * time.Minute

// child is a program that runs.
type child struct {
	cmd  *exec.Cmd
	over chan struct{}
	err  error

	mu  sync.Mutex
	out bytes.Buffer
}

func start(t *testing.T, command string, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(command, args...), over: make(chan struct{})}
	c.cmd.Stdout, c.cmd.Stderr = c, c
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(c.over)
		c.err = c.cmd.Wait()
	}()
	t.Cleanup(func() {
		c.cmd.Process.Kill()
		select {
		case <-c.over:
		case <-time.After(patience):
			t.Errorf("it is not over %v after SIGKILL:\n%s", patience, c.said())
		}
	})
	return c
}

// Write takes what the program says.
func (c *child) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.Write(p)
}

func (c *child) said() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}

// stop ends the program as a service manager does and gives its exit code.
func (c *child) stop(t *testing.T) int {
	t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	return c.end(t, patience)
}

// end waits for the end of the program and gives its exit code.
func (c *child) end(t *testing.T, limit time.Duration) int {
	t.Helper()
	alarm := time.NewTimer(limit)
	defer alarm.Stop()
	select {
	case <-c.over:
	case <-alarm.C:
		t.Fatalf("still runs after %s:\n%s", limit, c.said())
	}
	var exit *exec.ExitError
	switch {
	case c.err == nil:
		return 0
	case errors.As(c.err, &exit):
		return exit.ExitCode()
	}
	t.Fatal(c.err)
	return -1
}
