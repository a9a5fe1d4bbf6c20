package faults

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a program that runs.
type process struct {
	t   testing.TB
	cmd *exec.Cmd
	// behind says that the program is a child of the command that was started.
	behind bool
	log    *tail
	over   chan struct{}
}

// start runs a program with more environment; it is ended with the test.
func start(t testing.TB, program string, env ...string) *process {
	t.Helper()
	return startArgs(t, program, nil, env...)
}

// startArgs is start with arguments.
func startArgs(t testing.TB, program string, args []string, env ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(program, args...), log: &tail{}, over: make(chan struct{})}
	p.run(t, env)
	return p
}

// startBehind is start with another command before the program.
func startBehind(t testing.TB, before []string, program string, env ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(before[0], append(before[1:], program)...), log: &tail{}, over: make(chan struct{}), behind: true}
	p.run(t, env)
	return p
}

func (p *process) run(t testing.TB, env []string) {
	t.Helper()
	// Each start is the first of its day: the program would not go on being killed like this. (Five starts that did not last a
	// minute, and it rests.)
	p.cmd.Env = append(append(os.Environ(), "RUNTIME_DIRECTORY="+t.TempDir()), env...)
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	p.cmd.WaitDelay = endLimit
	// A program must not outlive tests that end without a word.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(p.over)
		p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
}

// endLimit is how long the machine may take to end a process that is killed.
const endLimit = 10 * time.Second

// kill ends the process at once; nothing of it is heard.
func (p *process) kill() {
	p.t.Helper()
	p.signal(syscall.SIGKILL)
	if p.ends(endLimit) {
		return
	}
	p.cmd.Process.Kill()
	if !p.ends(patience) {
		p.t.Errorf("the program is not over %v after SIGKILL:\n%s", endLimit+patience, p.log)
	}
}

// ends waits until the process is over, and reports whether it is.
func (p *process) ends(limit time.Duration) bool {
	alarm := time.NewTimer(limit)
	defer alarm.Stop()
	select {
	case <-p.over:
		return true
	case <-alarm.C:
		return p.ended()
	}
}

// signal reaches the program itself; the command before it ends by itself then.
func (p *process) signal(s syscall.Signal) {
	pid := p.cmd.Process.Pid
	if p.behind {
		id := strconv.Itoa(pid)
		children, _ := os.ReadFile("/proc/" + id + "/task/" + id + "/children")
		if first := strings.Fields(string(children)); len(first) > 0 {
			pid, _ = strconv.Atoi(first[0])
		}
	}
	if !p.ended() {
		syscall.Kill(pid, s)
	}
}

// terminate ends the process as a service manager does, and tells how long that
// took. One that does not end within limit is killed.
func (p *process) terminate(limit time.Duration) (took time.Duration) {
	began := time.Now()
	p.signal(syscall.SIGTERM)
	if !p.ends(limit) {
		p.kill()
	}
	return time.Since(began)
}

// ended reports whether the process is over.
func (p *process) ended() bool {
	select {
	case <-p.over:
		return true
	default:
		return false
	}
}

// trouble is what no program may ever say.
func (p *process) trouble() string {
	text := p.log.String()
	for _, sign := range []string{"panic", "goroutine ", "fatal error", "SIGSEGV"} {
		if strings.Contains(text, sign) {
			return sign + ":\n" + text
		}
	}
	return ""
}

// tail keeps the last of what is written to it.
type tail struct {
	mu   sync.Mutex
	text bytes.Buffer
}

const tailBytes = 32 << 10

func (w *tail) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	if extra := w.text.Len() - tailBytes; extra > tailBytes {
		w.text.Next(extra)
	}
	return len(p), nil
}

func (w *tail) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
