package flow

import (
	"os"
	"strings"
	"time"
	"unsafe"
)

// A start is bad if it does not last startSpan. After badStarts of them within startSpan
// the flow rests, first for firstRest, then for twice as long each time, and is tried again.
const (
	badStarts = 5
	startSpan = time.Minute
	firstRest = time.Minute
	mostRest  = time.Hour
)

// startBook keeps the starts that have not lasted yet, in a file of its own.
type startBook struct {
	// file is "" where nothing may be written.
	file string
	// kept are the last starts, in seconds since the machine was switched on, a clock that
	// nobody sets; and last, how many of them came after a rest.
	kept []int64
}

// openStarts reads what is known of the starts before this one. The service manager gives
// the folder: that of the run, which is on no card that wears and is empty after the machine
// was switched on anew. What crashed then is no reason to rest.
func openStarts() (b startBook) {
	if dir, _, _ := strings.Cut(os.Getenv("RUNTIME_DIRECTORY"), ":"); dir != "" {
		b.file = dir + "/starts"
	}
	b.read()
	return b
}

func (b *startBook) read() {
	b.kept = make([]int64, badStarts+1)
	if f, err := os.Open(b.file); err == nil {
		f.Read(b.bytes())
		f.Close()
	}
}

// bytes are what is kept as it is in the file, which only this machine reads.
func (b *startBook) bytes() []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(&b.kept[0])), len(b.kept)*8)
}

// rest is how long the flow has to rest before it starts.
func (b *startBook) rest(now int64) time.Duration {
	if retries := b.kept[badStarts]; retries > 0 {
		return min(firstRest<<min(retries, 6), mostRest)
	}
	for _, at := range b.kept[:badStarts] {
		if at == 0 || at > now || now-at >= int64(startSpan/time.Second) {
			return 0
		}
	}
	return firstRest
}

// note adds a start; it reports whether the next one will know of it.
func (b *startBook) note(now int64) bool {
	copy(b.kept, b.kept[1:badStarts])
	b.kept[badStarts-1] = now
	return b.write()
}

// forget ends the count: the program has lasted, or somebody stopped it.
func (b *startBook) forget() {
	clear(b.bytes())
	b.write()
}

func (b *startBook) write() bool {
	f, err := os.OpenFile(b.file, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return false
	}
	_, err = f.Write(b.bytes())
	f.Close()
	return err == nil
}

// begin lets the flow rest if its last starts were bad; stopped says that somebody ended
// the program meanwhile.
func (p *process) begin(spec Spec, b *startBook) (stopped bool) {
	now := bootSeconds()
	if d := b.rest(now); d > 0 {
		if p.rest(spec, d) {
			b.forget()
			return true
		}
		b.kept[badStarts]++
	}
	if b.note(now) {
		go func() {
			<-p.clock.NewTimer(startSpan).C()
			b.forget()
		}()
	} else if p.watched.send != nil {
		p.tell("warning ", []string{"no folder to count starts in: a loop of crashes will not be noticed (see RuntimeDirectory in `flowc unit`)"})
	}
	return false
}

// rest is the safe mode: the outputs are safe, and no flow runs.
func (p *process) rest(spec Spec, d time.Duration) (stopped bool) {
	p.safeState(spec)
	why := "safe mode: the last starts did not last a minute; the outputs are safe, the flow is tried again in " + FormatInt(int64(d/time.Minute)) + " min"
	p.tell("error ", []string{why})
	if spec.Health != nil {
		_ = spec.Health(nil, why)
	}
	sign := "READY=1\nSTATUS=" + why
	for d > 0 {
		p.watched.tell(sign, false)
		sign = "WATCHDOG=1"
		step := d
		if p.watched.every > 0 {
			step = min(d, p.watched.every)
		}
		alarm := p.clock.NewTimer(step)
		select {
		case <-p.signals:
			return true
		case <-alarm.C():
		}
		d -= step
	}
	return false
}
