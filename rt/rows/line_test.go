package rows

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
)

// store is a database that does what a test says.
type store struct {
	mu sync.Mutex
	// attempts are the statements of each attempt.
	attempts []string
	attempt  func(batch []*Job) error
	mend     func(error) (bool, error)
	cut      bool
	closed   bool
}

// patience bounds every wait; none lasts so long when all is well.
const patience = 20 * time.Second

var errBad = errors.New("bad")

// passingError is one that may be gone later.
type passingError struct{ why string }

func (e passingError) Error() string { return e.why }

func (s *store) Attempt(batch []*Job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for _, j := range batch {
		j.Begin()
		list = append(list, j.SQL)
	}
	s.attempts = append(s.attempts, strings.Join(list, " "))
	return s.attempt(batch)
}

func (s *store) Mend(err error) (bool, error) {
	if s.mend == nil {
		return false, err
	}
	return s.mend(err)
}

func (s *store) Passing(err error) bool {
	var p passingError
	return errors.As(err, &p)
}

func (s *store) Explain(err error) error { return fmt.Errorf("explained: %w", err) }
func (s *store) Close()                  { s.closed = true }
func (s *store) Interrupt()              { s.cut = true }

func (s *store) tried() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.attempts)
}

// still is a program that does nothing.
type still struct{}

func (still) Start(*flow.Host) error      { return nil }
func (still) React(*flow.Host, flow.Wake) {}
func (still) Stop(*flow.Host)             {}
func (still) Things() []flow.Thing        { return []flow.Thing{still{}} }
func (still) Order() []int32              { return nil }
func (still) Begin()                      {}
func (p program) React(int32, flow.Wake)  {}
func (still) Fire(int32, int32)           {}
func (still) Step()                       {}
func (still) Apply()                      {}
func (still) Culprit() int32              { return -1 }

type program struct{ still }

// log is what a line says.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newTestLine(s *store) (*Line, *flow.FakeClock, *log) {
	clock, out := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)), &log{}
	info := flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "history", Kind: "sqlite", Pos: "garden.hcl:1"}}}
	e := flow.NewEngine(clock, info, flow.Output{Log: out}, func(*flow.Engine) flow.Program { return program{} })
	return NewLine(e.Hosts[0], s, false), clock, out
}

func jobs(list ...string) (batch []*Job) {
	for _, sql := range list {
		batch = append(batch, &Job{SQL: sql, Writes: true})
	}
	return batch
}

func outcomes(batch []*Job) (text string) {
	for _, j := range batch {
		text += fmt.Sprintf("%s:%d:%s ", j.SQL, j.Outcome, j.Failure)
	}
	return strings.TrimSpace(text)
}

// TestOneByOne holds that a job which ends the transaction of all is found, and takes no
// other with it; each is tried alone then, in order.
func TestOneByOne(t *testing.T) {
	s := &store{attempt: func(batch []*Job) error {
		for _, j := range batch {
			if j.SQL == "bad" {
				return errBad
			}
		}
		return nil
	}}
	l, _, _ := newTestLine(s)
	batch := jobs("a", "bad", "c")
	l.waiting.Store(3)
	if !l.together(batch) {
		t.Fatal("the line stopped")
	}
	if got, want := s.tried(), []string{"a bad c", "a", "bad", "c"}; !slices.Equal(got, want) {
		t.Errorf("tried %q, want %q", got, want)
	}
	if got, want := outcomes(batch), fmt.Sprintf("a:%d: bad:%d:explained: bad c:%d:", flow.OutcomeDelivered, flow.OutcomeDead, flow.OutcomeDelivered); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if l.waiting.Load() != 0 || !l.Idle() || l.Trouble() != "" {
		t.Errorf("%d wait; %q", l.waiting.Load(), l.Trouble())
	}
}

// TestPassing holds that jobs are tried again, ever more slowly, until the database takes
// them; what is in the way is told once for each reason, and that it is over.
func TestPassing(t *testing.T) {
	tries := 0
	s := &store{}
	s.attempt = func([]*Job) error {
		switch tries++; {
		case tries <= 2:
			return passingError{"away"}
		case tries == 3:
			return passingError{"locked"}
		}
		return nil
	}
	l, clock, out := newTestLine(s)
	var heard []bool
	l.Watch(func(up bool) { heard = append(heard, up) })
	l.answers = true
	batch := jobs("a", "b")
	over := make(chan bool)
	go func() { over <- l.together(batch) }()
	end := time.Now().Add(patience)
	for n := 1; time.Now().Before(end); n++ {
		select {
		case fine := <-over:
			if !fine || n < 4 {
				t.Fatalf("after %d pauses: %v", n, fine)
			}
			text := out.String()
			for deadline := time.Now().Add(patience); !strings.Contains(text, "written again") && time.Now().Before(deadline); text = out.String() {
				time.Sleep(time.Millisecond) // what is logged is written behind
			}
			for _, want := range []string{"cannot write: explained: away", "cannot write: explained: locked", "can be written again"} {
				if strings.Count(text, want) != 1 {
					t.Errorf("%q is not said once:\n%s", want, text)
				}
			}
			if !slices.Equal(heard, []bool{false, true}) || l.Trouble() != "" {
				t.Errorf("heard %v; %q", heard, l.Trouble())
			}
			if got := outcomes(batch); batch[0].Outcome != flow.OutcomeDelivered || len(s.tried()) != 4 {
				t.Errorf("%s after %q", got, s.tried())
			}
			return
		case <-time.After(time.Millisecond): // until the line waits for the clock
			clock.Advance(100 * time.Millisecond)
		}
	}
	t.Fatal("the jobs are tried for ever")
}

// TestMend holds that what was put right is tried again at once.
func TestMend(t *testing.T) {
	tries := 0
	s := &store{mend: func(err error) (bool, error) { return true, err }}
	s.attempt = func([]*Job) error {
		if tries++; tries == 1 {
			return errBad
		}
		return nil
	}
	l, _, out := newTestLine(s)
	batch := jobs("a")
	if !l.together(batch) || batch[0].Failure != "" || tries != 2 || out.String() != "" {
		t.Errorf("%s after %d tries: %s", outcomes(batch), tries, out)
	}
}

// TestPruneThatFails holds that a table which grows for ever is told of: nobody waits for
// what the database does for itself.
func TestPruneThatFails(t *testing.T) {
	s := &store{attempt: func(batch []*Job) error { batch[0].GiveUp("too slow", flow.OutcomeDead); return nil }}
	l, _, out := newTestLine(s)
	l.waiting.Store(1)
	if !l.together(jobs("DELETE")) {
		t.Fatal("the line stopped")
	}
	for deadline := time.Now().Add(patience); !strings.Contains(out.String(), "rows that are too old are still there: too slow"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) { // what is logged is written behind
			t.Fatal(out.String())
		}
	}
}

// TestEndIsNoTrouble holds that an attempt which the end of the program cuts off is
// nothing to complain of.
func TestEndIsNoTrouble(t *testing.T) {
	s := &store{}
	l, _, _ := newTestLine(s)
	s.attempt = func([]*Job) error {
		close(l.stop)
		return passingError{"cut off"}
	}
	if l.together(jobs("a")) || l.Trouble() != "" {
		t.Error(l.Trouble())
	}
}

// TestFull holds that what nobody can hold back is dropped once too much waits.
func TestFull(t *testing.T) {
	l, _, _ := newTestLine(&store{})
	l.bytes.Store(waitingBytes)
	j := jobs("a")[0]
	l.Take(j)
	if j.Outcome != flow.OutcomeDropped || l.bytes.Load() != waitingBytes || l.waiting.Load() != 0 {
		t.Errorf("%d %q; %d bytes, %d wait", j.Outcome, j.Failure, l.bytes.Load(), l.waiting.Load())
	}
}

// TestEndCutsOff holds that the end of the program waits for no database that is away.
func TestEndCutsOff(t *testing.T) {
	s := &store{attempt: func([]*Job) error { return passingError{"away"} }}
	l, _, _ := newTestLine(s)
	go func() {
		defer close(l.gone)
		l.together(jobs("a"))
	}()
	ended := make(chan struct{})
	go func() {
		l.End()
		l.End() // a second one does nothing
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("the end waits for the database")
	}
	if !s.cut || !s.closed {
		t.Error("the database is not cut off and closed")
	}
}

// TestAnswer holds what a query may give.
func TestAnswer(t *testing.T) {
	j := &Job{}
	for n := range rowsMost {
		if err := j.Row(); err != nil {
			t.Fatal(n, err)
		}
	}
	if err := j.Row(); !errors.Is(err, ErrTooMuch) {
		t.Error("more rows than a program may hold")
	}
	j.Begin()
	j.Rows = make([]byte, rowsBytes+1)
	if err := j.Row(); !errors.Is(err, ErrTooMuch) {
		t.Error("more bytes than a program may hold")
	}
	for n, c := range []struct {
		expect Expect
		rows   int
		met    bool
	}{
		{ExpectOne, 1, true}, {ExpectOne, 0, false}, {ExpectOne, 2, false},
		{ExpectMaybeOne, 0, true}, {ExpectMaybeOne, 1, true}, {ExpectMaybeOne, 2, false},
		{ExpectMany, 0, true}, {ExpectMany, 5, true},
	} {
		if got := c.expect.unmet(c.rows) == ""; got != c.met {
			t.Errorf("%d: %s with %d rows: %v", n, c.expect, c.rows, got)
		}
	}
}

// TestStored holds that a long key takes little, and that two are two.
func TestStored(t *testing.T) {
	long := strings.Repeat("k", 1000)
	a, b, short := &Once{Key: long + "a"}, &Once{Key: long + "b"}, &Once{Key: "a"}
	if len(a.Stored()) > 80 || a.Stored() == b.Stored() || short.Stored() != "a" {
		t.Error(a.Stored(), b.Stored(), short.Stored())
	}
}
