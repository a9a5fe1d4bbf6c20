//go:build unix

package flow

import (
	"io"
	"os"
	"testing"
	"time"
)

// Each line has the priority by which journalctl finds it.
func TestJournalKnowsWhatMatters(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	l := newLogger(Output{Log: journal{w}, Plain: true, Direct: true}, NewFakeClock(time.Time{}))
	for _, level := range []LogLevel{LevelDebug, LevelInfo, LevelWarning, LevelError, LevelFault} {
		l.put(string(level) + " said")
	}
	p := process{stderr: journal{w}}
	p.tell("problem  ", []string{"a", "b"})
	say(p.stderr, "hall: cannot understand --x; try --help\n")
	w.Close()
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	const want = "<7>debug said\n<6>info said\n<4>warning said\n<3>error said\n<3>fault said\n" +
		"<3>problem  a\n<3>problem  b\n<6>hall: cannot understand --x; try --help\n"
	if string(got) != want {
		t.Errorf("the journal gets\n%s", got)
	}
}
