package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// always is buffer.hcl with everything written before it is sent.
func always(changes ...change) source {
	return source{flow: "buffer.hcl", set: map[string]string{"on = disk": "on = disk, when = always"}, changes: changes}
}

// store is a program with a buffer and the folder of its outbox.
type store struct {
	r            *run
	source, sink *witness.Broker
	away         *proxy
	l            *ledger
	dir          string
	// before is the command before the program, which becomes the program.
	before []string
	p      *process
}

func newStore(r *run) *store {
	s := &store{r: r, l: newLedger(), dir: r.t.TempDir()}
	s.source, s.sink = newWitness(r.t, nil), newWitness(r.t, s.l)
	s.away = startProxy(r.t, s.sink.Addr(), r.seed)
	return s
}

func (s *store) env() []string {
	return []string{"FLOW_SOURCE=" + s.source.URL(), "FLOW_SINK=" + s.away.url(), "STATE_DIRECTORY=" + s.dir}
}

// listens waits until the program has subscribed, since there were so many.
func (s *store) listens(before int) bool {
	ok := s.source.Wait(s.r.patience, func() bool { return len(s.source.Subscribes()) > before || s.p.ended() }) && !s.p.ended()
	if !ok {
		s.r.wrong("the program does not start:\n%s", s.p.log)
	}
	return ok
}

func (s *store) begin() bool {
	before := len(s.source.Subscribes())
	if s.before == nil {
		s.p = start(s.r.t, s.r.program, s.env()...)
	} else {
		s.p = startBehind(s.r.t, s.before, s.r.program, s.env()...)
		s.p.behind = false
	}
	return s.listens(before)
}

// behind starts the program under strace, which makes calls fail as inject says.
func (s *store) behind(inject string) bool {
	before := len(s.source.Subscribes())
	// With -D the program is the child, and strace its own.
	s.p = startBehind(s.r.t, []string{withStrace(s.r.t), "-D", "-f", "-qq", "-o", filepath.Join(s.r.t.TempDir(), "trace"),
		"-e", "trace=" + inject[:strings.Index(inject, ":")], "-e", "inject=" + inject}, s.r.program, s.env()...)
	s.p.behind = false
	return s.listens(before)
}

// finish brings the sink back and holds that all has arrived.
func (s *store) finish(total int) {
	s.away.come()
	s.r.drain(s.sink, s.l, total)
	s.r.complain(s.p, s.source, s.sink)
	s.p.terminate(termLimit)
	again, late := s.l.doubled()
	if late > 0 {
		s.r.wrong("%d messages came first after a later one", late)
	}
	s.r.figures = fmt.Sprintf("%d messages, %d lost, %d came again", total, len(s.l.missing(total)), again)
}

// TestBufferFull lets the disk of the outbox be full for a while. What cannot be written
// is not acknowledged, and comes once there is room.
func TestBufferFull(t *testing.T) {
	beside(t)
	r := newRun(t, always().build(t), 1, 20)
	bufferFullRig(r)
	r.report()
}

func bufferFullRig(r *run) {
	for range r.rounds {
		s := newStore(r)
		s.away.leave()
		first := 20 + r.random.IntN(40)
		if !s.behind(fmt.Sprintf("pwrite64:error=ENOSPC:when=%d..%d", first, first+2+r.random.IntN(4))) {
			return
		}
		stream := startLoad(s.source, 300, 40, 1)
		r.says(s.p, "the outbox cannot be written")
		r.says(s.p, "the outbox can be written again")
		r.pass(r.within(time.Second))
		total := stream.end()
		if !s.source.Wait(r.patience, func() bool { return s.source.Unconfirmed("pipe-in") == 0 }) {
			r.wrong("%d messages are not acknowledged:\n%s", s.source.Unconfirmed("pipe-in"), s.p.log)
		}
		s.p.kill() // what was acknowledged lies in the file
		s.source.Forget()
		if !s.begin() {
			return
		}
		s.finish(total)
	}
}

// TestBufferSyncFails lets a sync fail. Once, and the file is opened anew; for good, and
// the program ends rather than promise what it cannot keep. What was acknowledged arrives.
func TestBufferSyncFails(t *testing.T) {
	beside(t)
	r := newRun(t, always().build(t), 2, 40)
	bufferSyncRig(r)
	r.report()
}

func bufferSyncRig(r *run) {
	for round := range r.rounds {
		s := newStore(r)
		s.away.leave()
		inject := fmt.Sprintf("fdatasync:error=EIO:when=%d", 10+r.random.IntN(40))
		forGood := round%2 == 1
		if forGood {
			inject += "+"
		}
		if !s.behind(inject) {
			return
		}
		stream := startLoad(s.source, 300, 40, 1)
		r.says(s.p, "the outbox cannot be written")
		if forGood {
			select {
			case <-s.p.over:
			case <-time.After(r.patience):
				r.wrong("the program goes on without a disk:\n%s", s.p.log)
			}
		} else {
			s.recovers()
		}
		total := stream.end()
		r.complain(s.p)
		s.p.kill()
		held := map[string]bool{} // by the source, not acknowledged: it sends them again
		for _, payload := range s.source.Forget() {
			held[payload] = true
		}
		if !s.begin() {
			return
		}
		for id := range total {
			if topic, payload := stream.message(id); held[payload] {
				s.source.Publish(topic, payload, 1, false)
			}
		}
		s.finish(total)
	}
}

// recovers waits until the outbox can be written again. strace counts the calls of each
// thread: where the second attempt fails as well, the program ends.
func (s *store) recovers() {
	for began := time.Now(); time.Since(began) < s.r.patience; time.Sleep(2 * time.Millisecond) {
		text := s.p.log.String()
		if strings.Contains(text, "the outbox can be written again") || s.p.ended() && strings.Contains(text, "the program ends with safe outputs") {
			return
		}
	}
	s.r.wrong("the outbox is not written again:\n%s", s.p.log)
}

// TestBufferDamaged damages an outbox in many ways while the program is away. It starts, delivers
// what it can still read, says what it lost, and what comes afterwards arrives.
func TestBufferDamaged(t *testing.T) {
	beside(t)
	r := newRun(t, always().build(t), 10, 1000)
	bufferDamagedRig(r)
	r.report()
}

// TestBufferCutOff cuts an outbox off, anywhere, while the program runs: what it reads there is a
// SIGBUS, as it is of a sector that cannot be read. It lives on, delivers what is still there, and
// what comes afterwards.
func TestBufferCutOff(t *testing.T) {
	beside(t)
	r := newRun(t, always().build(t), 4, 200)
	bufferCutOffRig(r)
	r.report()
}

func bufferCutOffRig(r *run) {
	delivered, told := 0, 0
	for round := range r.rounds {
		s := newStore(r)
		s.away.leave()
		if !s.begin() {
			return
		}
		s.store()
		name := filepath.Join(s.dir, "buffer-outbox.db")
		info, err := os.Stat(name)
		if err != nil {
			r.t.Fatal(err)
		}
		if err := os.Truncate(name, r.random.Int64N(info.Size())); err != nil {
			r.t.Fatal(err)
		}
		s.away.come()
		s.source.Publish("in/item", `{"id":100000,"text":"after"}`, 1, false)
		if !s.sink.Wait(r.patience, func() bool { return s.l.last() >= 100_000 || s.p.ended() }) || s.p.ended() {
			r.wrong("round %d: what comes afterwards does not arrive:\n%s", round, s.p.log)
		}
		if _, late := s.l.doubled(); late > 0 {
			r.wrong("round %d: %d came first after a later one", round, late)
		}
		n := s.l.has() - 1
		delivered += n
		switch said := strings.Contains(s.p.log.String(), "damaged"); {
		case said:
			told++
		case n < damagedRows:
			r.wrong("round %d: %d rows are lost without a word:\n%s", round, damagedRows-n, s.p.log)
		}
		r.complain(s.p, s.source, s.sink)
		s.p.kill()
		s.source.Close()
		s.sink.Close()
	}
	r.figures = fmt.Sprintf("%d told; of %d rows %d were delivered on average", told, damagedRows, delivered/r.rounds)
}

// damagedRows are how many messages lie in the outbox that is damaged.
const damagedRows = 400

func bufferDamagedRig(r *run) {
	made := filledOutbox(r)
	whole, told, delivered, least := 0, 0, 0, damagedRows
	for round := range r.rounds {
		s := newStore(r)
		name := filepath.Join(s.dir, "buffer-outbox.db")
		write(r.t, name, damage(r, made))
		if err := os.Chmod(name, 0o600); err != nil {
			r.t.Fatal(err)
		}
		if !s.begin() {
			return
		}
		// What comes after all that could be read shows that it has been sent.
		s.source.Publish("in/item", `{"id":100000,"text":"after"}`, 1, false)
		if !s.sink.Wait(r.patience, func() bool { return s.l.last() >= 100_000 }) {
			r.wrong("round %d: what comes afterwards does not arrive:\n%s", round, s.p.log)
		}
		n := s.l.has() - 1
		lost := damagedRows - n
		text := s.p.log.String()
		switch said := strings.Contains(text, "damaged"); {
		case lost == 0 && !said:
			whole++
		case lost > 0 && !said:
			r.wrong("round %d: %d rows are lost without a word:\n%s", round, lost, text)
		default:
			told++
		}
		if _, late := s.l.doubled(); late > 0 {
			r.wrong("round %d: %d came first after a later one", round, late)
		}
		delivered += n
		least = min(least, n)
		r.complain(s.p)
		s.p.kill()
		s.source.Close()
		s.sink.Close()
	}
	if told == 0 {
		r.wrong("no file was damaged enough to be noticed")
	}
	r.figures = fmt.Sprintf("%d files were whole all the same, %d were told; of %d rows %d were delivered on average, %d at least",
		whole, told, damagedRows, delivered/r.rounds, least)
}

// store lets the outbox have rows.
func (s *store) store() {
	for id := range damagedRows {
		s.source.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"%s"}`, id, strings.Repeat("x", 100)), 1, false)
	}
	if !s.source.Wait(s.r.patience, func() bool { return s.source.Unconfirmed("pipe-in") == 0 }) {
		s.r.t.Fatalf("not stored:\n%s", s.p.log)
	}
}

// filledOutbox is the file of an outbox with rows in it.
func filledOutbox(r *run) []byte {
	s := newStore(r)
	s.away.leave()
	if !s.begin() {
		r.t.Fatal("no outbox to damage")
	}
	s.store()
	s.p.kill()
	data, err := os.ReadFile(filepath.Join(s.dir, "buffer-outbox.db"))
	if err != nil {
		r.t.Fatal(err)
	}
	return data
}
