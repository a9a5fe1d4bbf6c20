package outbox

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// TestDeadLetters: they are listed, sent once more and dropped while the program runs and
// while it does not.
func TestDeadLetters(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	letters := func(want string, words ...string) {
		t.Helper()
		var out, problems bytes.Buffer
		command("rig", name, words, &out, &problems)
		if got := out.String() + problems.String(); !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %q", words, got, want)
		}
	}
	letters("there is no outbox here", "list")

	r := running(t, name)
	for range 3 {
		r.do(r.send)
	}
	r.until("all are under way", func() bool { return len(r.sink.rows) == 3 })
	r.do(func() { r.sink.arrive(3, 3, flow.OutcomeDead) })
	r.until("three are dead", func() bool { return r.shelf.Count().Letters == 3 })
	letters("#2  2026", "list")
	letters("sink: refused\n        00000001\n", "list")
	letters("there is no such dead letter", "drop", "7")
	letters("1 dropped", "drop", "#2")
	letters("1 will be sent once more", "replay", "1")
	r.until("it is under way", func() bool { return len(r.sink.rows) == 1 && r.sink.rows[0] == 0 })
	if c := r.shelf.Count(); c.Letters != 1 || !c.Holds() {
		t.Errorf("%+v", c)
	}
	r.end()

	letters("#3  2026", "list", "sink")
	letters("1 will be sent once more", "replay", "sink")
	letters("there are no dead letters", "list")
	letters("there is no command \"bury\"", "bury")
	letters("drop which?", "drop")

	r = running(t, name)
	r.until("both wait", func() bool { return len(r.sink.rows) == 2 && r.sink.rows[1] == 2 })
	r.end()
}

// TestDeadLettersOfTheService: at a shell nobody says where a service keeps its outbox.
func TestDeadLettersOfTheService(t *testing.T) {
	before := services
	services = t.TempDir()
	t.Cleanup(func() { services = before })
	t.Chdir(t.TempDir())
	folder := filepath.Join(services, "rig-of-many-letters-and-more-xx")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	list := func() string {
		var out, problems bytes.Buffer
		command("rig-of-many-letters-and-more-xxyyy", "outbox.db", []string{"list"}, &out, &problems)
		return out.String() + problems.String()
	}
	if got := list(); !strings.Contains(got, "no outbox here (outbox.db)") {
		t.Errorf("nowhere: %q", got)
	}
	r := running(t, filepath.Join(folder, "outbox.db"))
	r.do(r.send)
	r.until("it is under way", func() bool { return len(r.sink.rows) == 1 })
	r.do(func() { r.sink.arrive(1, 1, flow.OutcomeDead) })
	r.until("it is dead", func() bool { return r.shelf.Count().Letters == 1 })
	if got := list(); !strings.Contains(got, "sink: refused") {
		t.Errorf("of the service: %q", got)
	}
	r.end()
	if err := os.WriteFile("outbox.db", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := list(); strings.Contains(got, "sink: refused") {
		t.Errorf("what is here comes first: %q", got)
	}
}

// runningRig is a rig with a file, on a goroutine of its own and the real clock.
type runningRig struct {
	*rig
	t    *testing.T
	life chan struct{}
	gone chan struct{}
}

func (r *runningRig) Done() <-chan struct{} { return r.life }

func running(t *testing.T, name string) *runningRig {
	t.Helper()
	return runningWith(t, name, flow.BufferAlways, nil)
}

// runningWith has an opener of its own, if it is not nil.
func runningWith(t *testing.T, name string, when flow.BufferWhen, opener func(*Box) (disk, error)) *runningRig {
	t.Helper()
	r := &runningRig{rig: &rig{world: newWorld(t)}, t: t, life: make(chan struct{}), gone: make(chan struct{})}
	r.source.r, r.sink.r = r.rig, r.rig
	r.sink.s = always()
	r.sink.s.When = when
	r.box = &Box{File: name, ending: r.gaveUp}
	if opener != nil {
		r.box.opener = func() (disk, error) { return opener(r.box) }
	}
	r.shelf = &Shelf{Box: r.box, Name: "sink", Buffering: r.sink.s.Buffering}
	info := flow.Info{Name: "rig", Nodes: []flow.Node{{Name: "source"}, {Name: "sink"}}}
	r.e = flow.NewEngine(&dated{flow.SystemClock()}, info, flow.Output{Log: &r.log}, func(*flow.Engine) flow.Program { return r.rig })
	if err := r.e.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		r.e.Run(r, time.Second)
		close(r.gone)
	}()
	return r
}

// dated is the real clock in a known year.
type dated struct{ flow.Clock }

func (dated) Now() time.Time { return time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) }

// do runs f on the instant loop.
func (r *runningRig) do(f func()) {
	over := make(chan struct{})
	r.e.Call(func() {
		f()
		close(over)
	})
	awaited(r.t, "the instant loop", over)
}

// awaited is what comes next from c.
func awaited[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(2 * patience):
		t.Fatal("waited in vain for " + what)
	}
	return v
}

// until waits for something on the instant loop.
func (r *runningRig) until(what string, is func() bool) {
	r.t.Helper()
	for end := time.Now().Add(2 * patience); time.Now().Before(end); {
		yes := false
		r.do(func() { yes = is() })
		if yes {
			return
		}
	}
	r.t.Fatalf("%s: that did not come", what)
}

func (r *runningRig) end() {
	close(r.life)
	awaited(r.t, "the end", r.gone)
}

// lettersIn writes a file with n dead letters of 5 KB, the first of a sink that is gone.
func lettersIn(t *testing.T, name string, n int) {
	t.Helper()
	var log bytes.Buffer
	box, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	var changes []*change
	for i := range n {
		thing := "sink"
		if i == 0 {
			thing = "former"
		}
		data := fmt.Appendf(nil, "%08d%s", i, strings.Repeat(" ", 5000))
		changes = append(changes, &change{op: opBury, shelf: &Shelf{Box: box, Name: thing}, seq: uint64(i + 1), item: &item{data: data}, why: "refused"})
	}
	for _, thing := range []string{"sink", "former"} {
		if _, err := d.begin(thing, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.apply(changes, 0); err != nil {
		t.Fatal(err)
	}
	list, err := d.list(nil)
	if err != nil || len(list) != n || len(list[1].Data) != mostShown || list[1].Size != 5008 {
		t.Errorf("%d letters, %d of %d bytes, %v", len(list), len(list[1].Data), list[1].Size, err)
	}
}

// Many large letters are listed by their beginning and moved a few at a time.
func TestManyDeadLetters(t *testing.T) {
	const n = 300
	name := filepath.Join(t.TempDir(), "outbox.db")
	lettersIn(t, name, n)
	r := running(t, name)
	var out, problems bytes.Buffer
	command("rig", name, []string{"list", "former"}, &out, &problems)
	command("rig", name, []string{"replay", "all"}, &out, &problems)
	if got := out.String() + problems.String(); !strings.Contains(got, " …\n") ||
		!strings.Contains(got, "299 will be sent once more; 1 stay: there is no \"former\" with a buffer any more") {
		t.Errorf("%s", got)
	}
	r.until("all wait", func() bool {
		c := r.shelf.Count()
		return c.Waiting == n-1 && c.Letters == 0 && c.Bytes == (n-1)*(5008+rowOverhead)
	})
	r.end()
}
