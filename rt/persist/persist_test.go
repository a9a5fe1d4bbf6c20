package persist

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// memory is of every form that a program may remember.
type memory struct {
	Option time.Duration

	on    bool
	n     int64
	share unit.Percent
	name  string
	when  time.Time
	last  flow.Val[unit.Temperature]
	ring  []pair
	fixed [2]uint8
	names map[string]float64
}

type pair struct {
	Key string
	at  time.Duration
}

// program is one with such a memory and a timer.
type program struct {
	e      *flow.Engine
	memory memory
	timers []flow.TimerID
	// timerNode is that of the timer, the memory's or another.
	timerNode int32
	rang      int
}

func (p *program) Things() []flow.Thing   { return nil }
func (p *program) Order() []int32         { return nil }
func (p *program) Begin()                 {}
func (p *program) React(int32, flow.Wake) {}
func (p *program) Fire(int32, int32)      { p.rang++ }
func (p *program) Step()                  {}
func (p *program) Apply()                 {}
func (p *program) Culprit() int32         { return 0 }

func (p *program) Kept() Kept {
	return Kept{
		Items:  []Item{{Name: "memory", It: &p.memory, Options: true}},
		Timers: []Timer{{Name: "timer", Node: p.timerNode, ID: p.timers[0]}},
	}
}

func start(t *testing.T, clock flow.Clock, file string) (*program, *Memory, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	p := &program{}
	e := flow.NewEngine(clock, flow.Info{Name: "test", Nodes: []flow.Node{{Name: "x"}}}, flow.Output{Log: &out, Direct: true}, func(e *flow.Engine) flow.Program {
		p.e = e
		p.timers = e.NewTimers(flow.NoPart, 0)
		p.memory.Option = time.Hour
		return p
	})
	m := &Memory{File: file, Period: time.Minute}
	if err := m.Open(e); err != nil {
		t.Fatal(err)
	}
	if err := e.Start(); err != nil {
		t.Fatal(err)
	}
	e.Settle()
	return p, m, &out
}

func remembered() memory {
	return memory{
		Option: time.Hour, on: true, n: -5, share: 12.5, name: "böse \x00", when: time.Date(2026, 3, 4, 5, 6, 7, 8, time.UTC),
		last: flow.Ready(unit.Temperature(21)), ring: []pair{{"a", 1}, {"b", 2}}, fixed: [2]uint8{1, 255},
		names: map[string]float64{"x": 1, "y": 2},
	}
}

func TestMemoryOutlivesTheProgram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "state.db")
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	p, m, _ := start(t, clock, file)
	p.memory = remembered()
	p.e.Arm(p.timers[0], 10*time.Minute)
	m.Close()

	clock = flow.NewFakeClock(clock.Now().Add(4 * time.Minute)) // another process, four minutes later
	p, m, out := start(t, clock, file)
	if !reflect.DeepEqual(p.memory, remembered()) {
		t.Errorf("remembers %+v\n%s", p.memory, out)
	}
	clock.Advance(6*time.Minute - time.Second)
	p.e.Settle()
	if p.rang != 0 {
		t.Error("the timer rang too early")
	}
	clock.Advance(time.Second)
	p.e.Settle()
	if p.rang != 1 {
		t.Errorf("the timer rang %d times", p.rang)
	}
	p.e.Arm(p.timers[0], time.Minute)
	m.Close()

	p, m, _ = start(t, flow.NewFakeClock(clock.Now().Add(time.Hour)), file)
	if p.rang != 1 {
		t.Errorf("a timer that ran out meanwhile rang %d times at the start", p.rang)
	}
	m.Close()
}

func TestDamagedAndNewerStoresAreMovedAside(t *testing.T) {
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	for name, spoil := range map[string]func(t *testing.T, file string){
		".damaged": func(t *testing.T, file string) {
			if err := os.WriteFile(file, bytes.Repeat([]byte("no database"), 3000), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		".newer": func(t *testing.T, file string) {
			f, stored, err := readFile(file)
			if err != nil {
				t.Fatal(err)
			}
			stored = Stored{formatName: []byte("2")}
			if err := f.write(stored); err != nil {
				t.Fatal(err)
			}
			f.close()
		},
	} {
		file := filepath.Join(t.TempDir(), "state.db")
		p, m, _ := start(t, clock, file)
		p.memory = remembered()
		m.Close()
		spoil(t, file)
		p, m, out := start(t, clock, file)
		if p.memory.on {
			t.Errorf("%s: remembers %+v", name, p.memory)
		}
		if !strings.Contains(out.String(), "is now "+file+name) {
			t.Errorf("%s: says %q", name, out)
		}
		if _, err := os.Stat(file + name); err != nil {
			t.Error(err)
		}
		if ails := p.e.Ails(); len(ails) != 1 || !strings.Contains(ails[0], "is now "+file+name) {
			t.Errorf("%s: the health page is told %q", name, ails)
		}
		p.memory.n = 7
		m.Close()
		if p, m, _ = start(t, clock, file); p.memory.n != 7 {
			t.Errorf("%s: the new store does not work", name)
		}
		m.Close()
	}
}

func TestAStoreHasOneOwner(t *testing.T) {
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	file := filepath.Join(t.TempDir(), "state.db")
	p, m, _ := start(t, clock, file)
	defer m.Close()
	if err := (&Memory{File: file, Period: time.Minute}).Open(p.e); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("a second owner: %v", err)
	}
}

// What was stored cut off, at any byte, is begun anew and breaks nothing.
func TestCutOffData(t *testing.T) {
	whole := memory{}
	b := (Item{It: func() any { r := remembered(); return &r }(), Options: true}).taken()
	for n := range b {
		r := restoring{nodes: map[int32]bool{}}
		got := memory{}
		r.item(Item{It: &got, Options: true}, b[:n], "memory")
		if len(r.lost) != 1 || !reflect.DeepEqual(got, whole) {
			t.Fatalf("%d of %d bytes: lost %v, %+v", n, len(b), r.lost, got)
		}
	}
	if changed := signature(reflect.TypeFor[struct{ a unit.Temperature }](), false); changed == signature(reflect.TypeFor[struct{ a unit.Percent }](), false) {
		t.Error("a temperature would be read as a percentage")
	}
}

// A disk that fails again and again is not filled with damaged files.
func TestOnlySoManyAreMovedAside(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	for n := range 20 {
		if err := os.WriteFile(name, []byte{byte(n)}, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := setAside(name, errors.New("why")); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	list, _ := filepath.Glob(name + "*")
	first, _ := os.ReadFile(name + ".damaged")
	last, _ := os.ReadFile(name + ".damaged9")
	if len(list) != mostAside || string(first) != "\x00" || string(last) != "\x13" {
		t.Errorf("%q; the first is %q, the last %q", list, first, last)
	}
}
