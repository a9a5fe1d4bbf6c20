package outbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// backlog is how many rows a damaged file of these tests has.
const backlog = 6000

// broken writes a file with a backlog and spoils its first pages; every row is whole.
func broken(t *testing.T, name string) {
	t.Helper()
	var log bytes.Buffer
	box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
	d, err := box.openFile()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.begin("sink", ""); err != nil {
		t.Fatal(err)
	}
	var changes []*change
	for seq := uint64(1); seq <= backlog; seq++ {
		r := row{sort: sortRow, owner: "sink", seq: seq, floor: 1, data: fmt.Appendf(nil, "%0500d", seq)}
		changes = append(changes, &change{op: opPut, shelf: &Shelf{Box: box, Name: "sink"}, seq: seq, value: r.encode()})
	}
	if err := d.apply(changes, time.Hour); err != nil {
		t.Fatal(err)
	}
	d.close()
	spoilStart(t, name)
}

// spoilStart clears the first pages of a file.
func spoilStart(t testing.TB, name string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(make([]byte, 8192), 0); err != nil {
		t.Fatal(err)
	}
}

// waiting opens a file and counts its rows; told says that it was healed.
func waiting(t *testing.T, name string) (rows int, told bool) {
	t.Helper()
	var log bytes.Buffer
	box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
	d, err := box.openFile()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	found, err := d.begin("sink", "")
	if err != nil {
		t.Fatal(err)
	}
	return found.rows, log.Len() > 0
}

// TestHealIsKilled: a heal that is killed at any time loses no row.
func TestHealIsKilled(t *testing.T) {
	const variable = "FLOWC_TEST_HEAL"
	if name := os.Getenv(variable); name != "" {
		waiting(t, name)
		return
	}
	origin := filepath.Join(t.TempDir(), "outbox.db")
	broken(t, origin)
	spoiled, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	cut := 0
	for n := range 20 {
		name := filepath.Join(t.TempDir(), "outbox.db")
		if err := os.WriteFile(name, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0], "-test.run=^TestHealIsKilled$")
		child.Env = append(os.Environ(), variable+"="+name)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Microsecond) {
			if list, _ := filepath.Glob(name + ".*"); len(list) > 0 {
				break // it has begun
			}
		}
		time.Sleep(time.Duration(n*n/3) * time.Millisecond)
		_ = child.Process.Kill()
		_ = child.Wait()
		rows, told := waiting(t, name)
		if rows != backlog {
			t.Errorf("killed after %d ms: %d of %d rows", n*n/3, rows, backlog)
		}
		if told {
			cut++
		}
		if _, err := os.Stat(name + ".damaged2"); err == nil {
			t.Errorf("killed after %d ms: the damaged file was put aside twice", n*n/3)
		}
	}
	t.Logf("%d of 20 heals were cut off before their end", cut)
}

// TestHealAfterACutOffOne: what an attempt has left does not matter to the next one.
func TestHealAfterACutOffOne(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	broken(t, name)
	if err := os.WriteFile(name+".new", []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(name, name+".damaged"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("files have one name only here")
	}
	if rows, told := waiting(t, name); rows != backlog || !told {
		t.Errorf("%d of %d rows, told: %v", rows, backlog, told)
	}
	if list, _ := filepath.Glob(name + ".*"); len(list) != 1 {
		t.Errorf("beside the healed file there are %q", list)
	}
}

// TestHealThatCannotBeSaved: where no new file can be written, the damaged one stays.
func TestHealThatCannotBeSaved(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	broken(t, name)
	if err := os.MkdirAll(filepath.Join(name+".new", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
	if _, err := box.openFile(); err == nil {
		t.Error("it opens")
	}
	if err := os.RemoveAll(name + ".new"); err != nil {
		t.Fatal(err)
	}
	if rows, told := waiting(t, name); rows != backlog || !told {
		t.Errorf("%d of %d rows, told: %v", rows, backlog, told)
	}
}

// TestHealedWhileItRuns: rows that are saved while the program runs are as new as that,
// and not older than all that is kept.
func TestHealedWhileItRuns(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	var log bytes.Buffer
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	box := &Box{File: name, h: still(t, &log), clock: clock}
	d, err := box.openFile()
	if err != nil {
		t.Fatal(err)
	}
	box.disk, box.opener, box.opened = d, box.openFile, clock.Mono()
	s := &Shelf{Box: box, Name: "sink"}
	box.shelves = []*Shelf{s}
	d.close()
	broken(t, name)
	clock.Advance(72 * time.Hour)
	if err := box.reopen(nil); err != nil {
		t.Fatal(err)
	}
	c := &change{op: opTrim, shelf: s, most: backlog, older: box.age() - time.Hour}
	if err := box.disk.apply([]*change{c}, box.age()); err != nil || c.gone > 0 {
		t.Errorf("%d rows are over: %v\n%s", c.gone, err, &log)
	}
	box.disk.close()
	f, err := openStore(name, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if f.age() != 72*time.Hour {
		t.Errorf("the store is %v old", f.age())
	}
}

// worn is a disk with a sector that cannot be read.
type worn struct {
	f   *os.File
	bad int64
}

func (w worn) ReadAt(b []byte, at int64) (int, error) {
	if at <= w.bad && w.bad < at+int64(len(b)) {
		return 0, &os.PathError{Op: "read", Path: w.f.Name(), Err: syscall.EIO}
	}
	return w.f.ReadAt(b, at)
}

// TestAnUnreadableSector: one does not keep the program from starting, and the rows
// beside it are delivered.
func TestAnUnreadableSector(t *testing.T) {
	defer func(v func(string, boltfile.Each) error, o func(*os.File) io.ReaderAt) {
		verify, openWreck = v, o
	}(verify, openWreck)
	name := filepath.Join(t.TempDir(), "outbox.db")
	broken(t, name)
	whole, real := true, verify
	verify = func(name string, each boltfile.Each) error {
		if whole && !strings.HasSuffix(name, ".new") {
			whole = false
			return &os.PathError{Op: "read", Path: name, Err: syscall.EIO}
		}
		return real(name, each)
	}
	openWreck = func(f *os.File) io.ReaderAt { return worn{f, 2<<20 + 1234} }
	rows, told := waiting(t, name)
	if rows >= backlog || rows < backlog-20 || !told {
		t.Errorf("%d of %d rows, told: %v", rows, backlog, told)
	}
	if _, err := os.Stat(name + ".damaged"); err != nil {
		t.Error(err)
	}
}

// TestADiskThatMayNotBeWritten: that is no damage of the file.
func TestADiskThatMayNotBeWritten(t *testing.T) {
	defer func(v func(string, boltfile.Each) error) { verify = v }(verify)
	for _, e := range []error{syscall.EROFS, syscall.EACCES} {
		verify = func(string, boltfile.Each) error { return e }
		var log bytes.Buffer
		name := filepath.Join(t.TempDir(), "outbox.db")
		box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
		if _, err := box.openFile(); !errors.Is(err, e) {
			t.Errorf("%v", err)
		}
		if list, _ := filepath.Glob(name + "*"); len(list) > 0 {
			t.Errorf("%v leaves %q", e, list)
		}
	}
}
