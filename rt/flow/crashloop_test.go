//go:build linux

package flow

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// crash is a start that does not last.
func crash(t *testing.T) (did, told string) {
	t.Helper()
	p, l := newTrial(enough), &lamp{startErr: errors.New("the pin is in use")}
	if code := p.run((&someSettings{}).spec(l)); code != exitProblem {
		t.Fatalf("exit %d", code)
	}
	return l.done(), p.err.String()
}

// resting starts the flow, which is to rest first.
func resting(t *testing.T, l *lamp) *running {
	t.Helper()
	r := start(t, (&someSettings{}).spec(l))
	r.until(t, "the outputs are put safe", func() bool { return strings.Contains(r.err.String(), "safe mode") })
	return r
}

func (r *running) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain until " + what)
		}
	}
}

// pass lets time pass, once the program waits for it.
func (r *running) pass(t *testing.T, d time.Duration) {
	t.Helper()
	r.until(t, "the program waits", func() bool { return r.clock.Alarms() == 1 })
	r.clock.Advance(d)
}

func TestALoopOfCrashesEndsInSafeMode(t *testing.T) {
	t.Setenv("RUNTIME_DIRECTORY", t.TempDir())
	for n := range badStarts {
		if did, told := crash(t); did != "start safe" || strings.Contains(told, "safe mode") {
			t.Fatalf("start %d did %q and told %q", n+1, did, told)
		}
	}
	for _, minutes := range []string{"1", "2", "4", "8", "16", "32", "60", "60"} {
		l := &lamp{startErr: errors.New("the pin is in use")}
		r := resting(t, l)
		if l.done() != "safe" {
			t.Errorf("in safe mode it did %q", l.done())
		}
		if want := "tried again in " + minutes + " min"; !strings.Contains(r.err.String(), want) {
			t.Errorf("told %q, want %q", r.err.String(), want)
		}
		rest, _ := time.ParseDuration(minutes + "m")
		r.pass(t, rest-1)
		if n := r.clock.Alarms(); n != 1 {
			t.Errorf("%d alarms right before the rest of %s is over", n, rest)
		}
		r.clock.Advance(1)
		wait(t, "the next try", r.over)
		if r.code != exitProblem || l.done() != "safe start safe" {
			t.Errorf("after %s exit %d, did %q", rest, r.code, l.done())
		}
	}
}

// The service manager must not take a program that rests for one that hangs, and a signal
// ends the rest: who stops the program wants it to begin anew.
func TestTheRestIsTold(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("RUNTIME_DIRECTORY", dir+":/another")
	for range badStarts {
		crash(t)
	}
	m := newManager(t, filepath.Join(dir, "notify"), 30*time.Second)
	r := resting(t, &lamp{})
	m.hears("READY=1\nSTATUS=safe mode: the last starts did not last a minute")
	for range 3 {
		r.pass(t, 10*time.Second)
		if got := m.hears("WATCHDOG=1"); got != "WATCHDOG=1" {
			t.Errorf("heard %q", got)
		}
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
	if r.code != exitFine {
		t.Errorf("exit %d", r.code)
	}
	if did, told := crash(t); did != "start safe" {
		t.Errorf("after the signal the next start did %q and told %q", did, told)
	}
}

func TestAStartThatLastsEndsTheCount(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("RUNTIME_DIRECTORY", dir)
	for range badStarts - 1 {
		crash(t)
	}
	l := &lamp{on: make(chan struct{})}
	r := start(t, (&someSettings{}).spec(l))
	wait(t, "the start", l.on)
	counted := func() bool {
		b := startBook{file: dir + "/starts"}
		b.read()
		return b.kept[badStarts-1] != 0
	}
	r.until(t, "the start is counted", counted)
	r.pass(t, time.Minute)
	r.until(t, "it has lasted", func() bool { return !counted() })
	// Here the machine would lose power: nobody stops it.
	if did, told := crash(t); did != "start safe" {
		t.Errorf("after a start that lasted the next did %q and told %q", did, told)
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
}

// Who stops a program again and again is no loop of crashes.
func TestRestartsByHandAreNoCrashes(t *testing.T) {
	t.Setenv("RUNTIME_DIRECTORY", t.TempDir())
	for range 3 * badStarts {
		l := &lamp{on: make(chan struct{})}
		r := start(t, (&someSettings{}).spec(l))
		wait(t, "the start", l.on)
		r.signals <- syscall.SIGTERM
		wait(t, "the end", r.over)
		if r.code != exitFine || l.done() != "start react stop" {
			t.Fatalf("exit %d, did %q, told %q", r.code, l.done(), r.err.String())
		}
	}
}

func TestRest(t *testing.T) {
	for name, c := range map[string]struct {
		kept []int64
		want time.Duration
	}{
		"nothing known":                        {[]int64{0, 0, 0, 0, 0, 0}, 0},
		"four in a minute":                     {[]int64{0, 941, 950, 960, 970, 0}, 0},
		"five in a minute":                     {[]int64{941, 950, 960, 970, 1000, 0}, time.Minute},
		"five in more than a minute":           {[]int64{940, 950, 960, 970, 1000, 0}, 0},
		"of a time before the machine was off": {[]int64{990, 991, 992, 993, 1001, 0}, 0},
		"the first try failed":                 {[]int64{1, 2, 3, 4, 5, 1}, 2 * time.Minute},
		"the hundredth":                        {[]int64{1, 2, 3, 4, 5, 100}, time.Hour},
		"nonsense":                             {[]int64{-1, -1, -1, -1, -1, -1}, 0},
	} {
		b := startBook{kept: c.kept}
		if got := b.rest(1000); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Without a folder, or with one that is broken, the program runs, and says once that
// nobody counts; by hand, without a service manager, it says nothing.
func TestWithoutAFolder(t *testing.T) {
	const warning = "warning no folder to count starts in"
	if _, told := crash(t); strings.Contains(told, warning) {
		t.Errorf("told %q", told)
	}
	newManager(t, filepath.Join(t.TempDir(), "notify"), 0)
	for range badStarts + 2 {
		if did, told := crash(t); did != "start safe" || strings.Count(told, warning) != 1 {
			t.Fatalf("did %q, told %q", did, told)
		}
	}
	lasting := t.TempDir() // what is counted there would outlive the machine's being off
	t.Setenv("STATE_DIRECTORY", lasting)
	for range badStarts + 2 {
		if did, told := crash(t); did != "start safe" || strings.Count(told, warning) != 1 {
			t.Fatalf("with a folder for the state: did %q, told %q", did, told)
		}
	}
	if left, err := os.ReadDir(lasting); err != nil || len(left) > 0 {
		t.Errorf("the folder for the state holds %v: %v", left, err)
	}
	dir := t.TempDir()
	t.Setenv("RUNTIME_DIRECTORY", dir)
	if err := os.WriteFile(dir+"/starts", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if did, told := crash(t); did != "start safe" || strings.Contains(told, warning) {
		t.Errorf("with half a file: did %q, told %q", did, told)
	}
}

// The page about the program is there before the flow rests, and says why.
func TestTheRestIsShown(t *testing.T) {
	t.Setenv("RUNTIME_DIRECTORY", t.TempDir())
	for range badStarts {
		crash(t)
	}
	spec := (&someSettings{}).spec(&lamp{})
	shown := make(chan string, 1)
	spec.Health = func(e *Engine, rests string) error {
		if e == nil {
			shown <- rests
		}
		return nil
	}
	r := start(t, spec)
	if got := heard(t, "the page", shown); !strings.HasPrefix(got, "safe mode: the last starts did not last a minute") {
		t.Errorf("shown %q", got)
	}
	r.signals <- syscall.SIGTERM
	wait(t, "the end", r.over)
}
