package faults

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"flowc/rt/mqtt/witness"
)

// TestEdges changes a pin 5,000 times a second and kills the program meanwhile, with the
// broker away for half of the time. Each life of the program tells of a row of changes
// without a hole, or says how many it missed; what a kill takes the next life tells, but for
// what the program had not taken up by then, and a stop takes nothing.
func TestEdges(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "edges.hcl", withEdges(t)...), 4, 40)
	edgesRig(r)
	r.report()
}

// withEdges gives a program a pin that changes in place of the machine's.
func withEdges(t testing.TB) []change {
	t.Helper()
	return []change{
		{file: "rt/gpio/edges_linux.go", now: fixture(t, "edges.go.txt")},
		{file: "rt/gpio/cdev_linux.go", old: "func systemLines() Lines { return &cdev{} }", now: "func systemLines() Lines { return edges{} }"},
		{file: "rt/gpio/sense.go", old: "\ts.seq = e.Seq\n", now: "\ts.seq = e.Seq\n\tseen.Store(e.Seq)\n"},
	}
}

const (
	edgeRate = 5000
	// edgesOfLife are how many changes a life sees, at least.
	edgesOfLife = 2500
	// untaken is what may wait for a program that is killed: in the chip, and for its instant. Where the machine
	// held the program up it may be more, and then it is known how much.
	untaken = 256 + 256
	// storedAfter is when what came is on the disk, with something for the machine.
	storedAfter = time.Second
)

var edgeOf = regexp.MustCompile(`"life":"(\d+)".*"id":(\d+)`)

var edgesLost = regexp.MustCompile(`(\d+) edges were lost`)

// edgesTaken and edgesUntold are what a program says of the life before.
var edgesTaken = regexp.MustCompile(`(\d+) messages are lost, unless their source sends them again`)

const edgesUntold = "the program was killed; what waited in the chip of a pin, or for its turn, is lost"

func edgesRig(r *run) {
	lives := map[int]*ledger{}
	sink := newWitness(r.t, nil)
	for life := range r.rounds {
		lives[life] = newLedger()
	}
	all := newLedger()
	sink.OnPublish(func(m witness.Message) {
		if f := edgeOf.FindStringSubmatch(m.Payload); f != nil {
			life, _ := strconv.Atoi(f[1])
			n, _ := strconv.Atoi(f[2])
			if l := lives[life]; l != nil {
				l.mark(n - 1)
			}
			all.mark(0)
		}
	})
	away := startProxy(r.t, sink.Addr(), r.seed)
	pin := newPulse(r.t)
	dir := r.t.TempDir()
	generated, lost := make([]int, r.rounds), make([]int, r.rounds)
	waiting := make([]int, r.rounds) // for a program that was killed
	// taken is what a kill took as the next life says, warned that it says there may be more.
	taken, warned := make([]int, r.rounds), make([]bool, r.rounds)
	confesses := func(life int, p *process) {
		if life == 0 {
			return
		}
		text := p.log.String()
		if f := edgesTaken.FindStringSubmatch(text); f != nil {
			taken[life-1], _ = strconv.Atoi(f[1])
			warned[life-1] = true
		}
		warned[life-1] = warned[life-1] || strings.Contains(text, edgesUntold)
	}
	for life := range r.rounds {
		if r.random.IntN(2) == 0 {
			away.leave()
		} else {
			away.come()
		}
		pin.taken.Store(0)
		p := start(r.t, r.program, "FLOW_SINK="+away.url(), "FLOW_LIFE="+strconv.Itoa(life), pin.env(), "STATE_DIRECTORY="+dir)
		for began := time.Now(); pin.taken.Load() == 0 && time.Since(began) < r.patience; {
			time.Sleep(time.Millisecond)
		}
		first := int(pin.taken.Load()) - 1
		if first < 0 {
			r.wrong("life %d: the program takes no line:\n%s", life, p.log)
			return
		}
		switch life % 4 {
		case 0: // killed in the middle
			pin.run(edgesOfLife + r.random.IntN(edgesOfLife))
			p.kill()
			waiting[life] = pin.count() - first - pin.seen()
		case 2: // killed when a few have been stored
			pin.run(1 + r.random.IntN(200))
			r.comes(pin, first, p)
			r.keeps(life, pin.count()-first, dir, lives[life], p)
			p.kill()
		default:
			pin.run(edgesOfLife + r.random.IntN(edgesOfLife))
			r.comes(pin, first, p)
			p.terminate(termLimit)
		}
		generated[life] = pin.count() - first
		lost[life] = missed(p)
		r.complain(p)
		confesses(life, p)
	}
	away.come()
	p := start(r.t, r.program, "FLOW_SINK="+away.url(), "FLOW_LIFE=999", pin.env(), "STATE_DIRECTORY="+dir)
	sink.Wait(r.patience, func() bool { return sink.Connected() > 0 })
	confesses(r.rounds, p)
	owed := func() (n int) {
		for life, l := range lives {
			n += max(0, generated[life]-l.has()-lost[life]-taken[life]-atMost(life, waiting[life]))
		}
		return n
	}
	for began := time.Now(); ; {
		quiet := min(all.silence(), time.Since(began))
		if quiet > r.patience || quiet > 3*time.Second && owed() == 0 {
			break
		}
		sink.Wait(time.Second, func() bool { return false })
	}
	p.terminate(termLimit)
	confesses(r.rounds, p)
	sum, told, confessed, untold := 0, 0, 0, 0
	for life, l := range lives {
		sum, told = sum+l.has(), told+lost[life]
		if hole := l.missing(l.last() + 1); len(hole) > 0 {
			r.wrong("life %d: %d changes in the middle are lost: %s", life, len(hole), some(hole))
		}
		if _, late := l.doubled(); late > 0 {
			r.wrong("life %d: %d changes came after a later one", life, late)
		}
		rest := generated[life] - l.has() - lost[life] - taken[life]
		confessed += taken[life]
		untold += max(rest, 0)
		if killed := life%4 == 0 || life%4 == 2; killed && !warned[life] {
			r.wrong("life %d was killed, and the next does not say so", life)
		} else if !killed && warned[life] {
			r.wrong("life %d was stopped, and the next says that it was killed", life)
		}
		if rest < 0 || rest > atMost(life, waiting[life]) {
			r.wrong("life %d: of %d changes %d were told, %d reported missing and %d by the next life", life, generated[life], l.has(), lost[life], taken[life])
		}
	}
	r.figures = fmt.Sprintf("%d changes, %d told, %d reported missing, %d taken by kills and told by the next life, %d not taken up at a kill",
		pin.count(), sum, told, confessed, untold)
}

// atMost is how many changes of a life nobody has to tell, where so many waited when it was killed.
func atMost(life, waiting int) int {
	if life%4 == 0 {
		return max(untaken, waiting+untaken/2)
	}
	return 0
}

// missed is how many changes a program says that it missed.
func missed(p *process) (all int) {
	for _, f := range edgesLost.FindAllStringSubmatch(p.log.String(), -1) {
		n, _ := strconv.Atoi(f[1])
		all += n + n%2 // after an odd number of them the next one changes nothing
	}
	return all
}

// comes waits until the program has made an instant of the last change.
func (r *run) comes(pin *pulse, first int, p *process) {
	if !r.until(func() bool { return pin.seen() == pin.count()-first || p.ended() }) {
		r.wrong("after %v the program has seen %d changes of %d:\n%s", r.patience, pin.seen(), pin.count()-first, p.log)
	}
}

// keeps waits until the last of n changes of a life has arrived, or is in the outbox.
func (r *run) keeps(life, n int, dir string, l *ledger, p *process) {
	stored := r.until(func() bool {
		last := n - missed(p)
		if l.last() >= last-1 || p.ended() {
			return true
		}
		data, _ := os.ReadFile(filepath.Join(dir, "edges-outbox.db"))
		return bytes.Contains(data, fmt.Appendf(nil, `{"life":"%d","id":%d,`, life, last))
	})
	if !stored {
		r.wrong("life %d: after %v the last change is neither told nor stored:\n%s", life, r.patience, p.log)
	}
	time.Sleep(storedAfter) // what is in the file has to be committed
}

// pulse is a pin that changes.
type pulse struct {
	t       testing.TB
	file    string
	counter *atomic.Uint32
	taken   *atomic.Uint32
	last    *atomic.Uint32
}

func newPulse(t testing.TB) *pulse {
	t.Helper()
	p := &pulse{t: t, file: newBoard(t).file}
	f, err := os.OpenFile(p.file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := syscall.Mmap(int(f.Fd()), 0, 64, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	p.counter = (*atomic.Uint32)(unsafe.Pointer(&m[0]))
	p.taken = (*atomic.Uint32)(unsafe.Pointer(&m[4]))
	p.last = (*atomic.Uint32)(unsafe.Pointer(&m[8]))
	return p
}

func (p *pulse) env() string { return "FAULTS_BOARD=" + p.file }

func (p *pulse) count() int { return int(p.counter.Load()) }

// seen is how many changes the program that has the line took up.
func (p *pulse) seen() int { return int(p.last.Load()) }

// run changes the pin n times.
func (p *pulse) run(n int) {
	began := time.Now()
	for done := 0; done < n; {
		time.Sleep(time.Millisecond)
		due := min(n, int(time.Since(began).Seconds()*edgeRate))
		due = min(due, done+4*edgeRate/1000) // a late machine makes no burst
		p.counter.Add(uint32(due - done))
		done = due
	}
}
