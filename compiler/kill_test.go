package compiler

import (
	"bufio"
	"encoding/binary"
	"hash/fnv"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// countingFlow remembers how often it has counted, and says so.
const countingFlow = `
program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

log counted {
  show = count(every(2.ms))
}
`

// TestKilledProcess kills a program that persists, as a power cut does: the real process
// and the real file, at random moments, that of writing included. It always starts
// again, with no less than was stored and with a file that it can read.
func TestKilledProcess(t *testing.T) {
	f := CheckText("counting", map[string][]byte{"counting.hcl": []byte(countingFlow)})
	if f.Found.HasErrors() {
		t.Fatal(rendered(f))
	}
	w := newWorkspace(t)
	pkg := w.add(t, f)
	// A flow stores at most every five seconds; here a kill ought to meet a write.
	file := filepath.Join(w.dir, pkg, "main.go")
	main, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	hasty := strings.Replace(string(main), "5 * time.Second", "10 * time.Millisecond", 1)
	if hasty == string(main) {
		t.Fatalf("no period in\n%s", main)
	}
	write(t, file, []byte(hasty))
	p := &counting{t: t, program: filepath.Join(w.build(t), pkg), dir: t.TempDir()}
	r := rand.New(rand.NewSource(1))
	stored := 0
	for round := range 40 {
		p.start()
		if known := p.next(); known < stored {
			t.Fatalf("round %d begins with %d, and %d were stored", round, known, stored)
		}
		if round%4 == 0 {
			stored = p.stored()
		}
		for range r.Intn(60) {
			p.next()
		}
		p.kill()
	}
	if stored == 0 {
		t.Fatal("nothing was ever stored")
	}
}

// counting is the process and what it says.
type counting struct {
	t            *testing.T
	program, dir string
	cmd          *exec.Cmd
	out          *bufio.Scanner
	alarm        *time.Timer
}

func (p *counting) start() {
	p.t.Helper()
	p.cmd = exec.Command(p.program)
	// Each start is the first of its day: a program that is killed so often would rest.
	p.cmd.Env = append(os.Environ(), "STATE_DIRECTORY="+p.dir, "RUNTIME_DIRECTORY="+p.t.TempDir())
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	p.cmd.Stderr = p.cmd.Stdout
	p.out = bufio.NewScanner(out)
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	cmd := p.cmd
	p.alarm = time.AfterFunc(playLimit, func() { cmd.Process.Kill() })
	p.t.Cleanup(func() { cmd.Process.Kill() })
}

// next is the next number that the program says.
func (p *counting) next() int {
	p.t.Helper()
	for p.out.Scan() {
		line := p.out.Text()
		if strings.Contains(line, "damaged") || strings.Contains(line, "is lost") || strings.Contains(line, "cannot store") {
			p.t.Fatalf("what was stored is lost: %s", line)
		}
		if _, number, ok := strings.Cut(line, "counted: "); ok {
			n, err := strconv.Atoi(number)
			if err != nil {
				p.t.Fatalf("no number: %s", line)
			}
			return n
		}
	}
	p.t.Fatalf("the program ended by itself, or said nothing for %v", playLimit)
	return 0
}

// stored is a number that the file surely holds: it was said before the file was
// written twice, and the second time what is written was taken after the first.
func (p *counting) stored() int {
	p.t.Helper()
	n := p.next()
	for before := p.transactions(); p.transactions() < before+2; {
		p.next() // it counts on, and writes meanwhile
	}
	return n
}

// transactions are how many the file has seen: bbolt keeps the number in the first two
// pages, and each transaction ends with one of them. One that is just being written is none.
func (p *counting) transactions() (most uint64) {
	data, err := os.ReadFile(filepath.Join(p.dir, "state.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	const page, header, sum = 4096, 16, 56
	for _, meta := range [][]byte{data[header:], data[page+header:]} {
		h := fnv.New64a()
		h.Write(meta[:sum])
		if h.Sum64() == binary.LittleEndian.Uint64(meta[sum:]) {
			most = max(most, binary.LittleEndian.Uint64(meta[sum-8:]))
		}
	}
	return most
}

// kill ends the process at once; nothing of it is heard.
func (p *counting) kill() {
	p.alarm.Stop()
	p.cmd.Process.Kill()
	p.cmd.Wait()
}
