package persist

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// large is a snapshot of some pages.
func large(c byte) Stored {
	s := Stored{formatName: []byte(format)}
	for n := range 30 {
		s[fmt.Sprint("item/", n)] = bytes.Repeat([]byte{c}, 700)
	}
	return s
}

// A sector that goes while the program runs ends nothing: all that it remembers goes into
// a new file.
func TestASectorGoesWhileItRuns(t *testing.T) {
	size := os.Getpagesize()
	moved := 0
	for page := 0; ; page++ {
		name := filepath.Join(t.TempDir(), "state.db")
		told := ""
		f, _, _, err := openFile(name, func(text string) { told = text })
		if err != nil {
			t.Fatal(err)
		}
		for c := range byte(3) {
			if err := f.write(large('a' + c)); err != nil {
				t.Fatal(err)
			}
		}
		if info, err := os.Stat(name); err != nil || int64(page*size) >= info.Size() {
			f.close()
			break
		}
		if _, _, e := syscall.Syscall(syscall.SYS_MPROTECT, f.db.Info().Data+uintptr(page*size), uintptr(size), syscall.PROT_NONE); e != 0 {
			t.Fatal(e)
		}
		want := large('x')
		if err := f.write(want); err != nil {
			t.Errorf("page %d: %v", page, err)
		}
		f.close()
		f, stored, _, err := openFile(name, func(text string) { t.Error(text) })
		if err != nil || !reflect.DeepEqual(stored, want) {
			t.Errorf("page %d: the file holds %d entries, %v", page, len(stored), err)
		}
		f.close()
		if _, err := os.Stat(name + ".damaged"); (err == nil) != strings.Contains(told, "is now "+name+".damaged") {
			t.Errorf("page %d: told %q, %v", page, told, err)
		}
		if told != "" {
			moved++
		}
	}
	if moved < 3 {
		t.Errorf("%d files were moved aside", moved)
	}
}

// The health page tells of it until the next start, and of a file that cannot be written
// for as long as that is so.
func TestAStoreThatFails(t *testing.T) {
	defer func() { verify = boltfile.Verify }()
	name := filepath.Join(t.TempDir(), "state.db")
	p, m, out := start(t, flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)), name)
	broken := func(string, boltfile.Each) error { return &os.PathError{Op: "read", Path: name, Err: syscall.EIO} }
	full := func(string, boltfile.Each) error { return syscall.ENOSPC }
	for _, step := range []struct {
		verify func(string, boltfile.Each) error
		want   string
	}{{full, "cannot store what the program remembers"}, {nil, ""}, {broken, "is now " + name + ".damaged"}} {
		m.saver.file.close() // as after a write that failed
		old, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		verify = func(name string, each boltfile.Each) error {
			if now, err := os.Stat(name); err == nil && os.SameFile(old, now) && step.verify != nil {
				return step.verify(name, each)
			}
			return boltfile.Verify(name, each)
		}
		m.saver.write(m.Take(p.e))
		if got := strings.Join(p.e.Ails(), "\n"); !strings.Contains(got, step.want) || (got == "") != (step.want == "") {
			t.Errorf("the page is told %q, want %q\n%s", got, step.want, out)
		}
	}
	m.Close()
	if _, err := os.Stat(name + ".damaged2"); !errors.Is(err, os.ErrNotExist) {
		t.Error("it was moved aside twice")
	}
}
