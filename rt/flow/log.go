package flow

import (
	"io"
	"sync"
	"time"
)

// LogLevel is how much a log line matters.
type LogLevel string

// The levels, from least to most.
const (
	LevelDebug   LogLevel = "debug"
	LevelInfo    LogLevel = "info"
	LevelWarning LogLevel = "warning"
	LevelError   LogLevel = "error"
	LevelFault   LogLevel = "fault"
)

// Output is where a program's lines go.
type Output struct {
	_ uncompared
	// Log takes the runtime's own lines and faults, and the lines of `log`
	// things.
	Log io.Writer
	// Debug includes debug lines.
	Debug bool
	// Plain leaves out the time of day: the journal has its own.
	Plain bool
	// Direct writes every line at once, on the instant loop: for tests, whose
	// writer never blocks.
	Direct bool
}

// logQueue and logBytes are how much may wait for a slow reader; more is dropped
// and counted, because a blocked terminal must not block an instant. A line may
// hold a whole payload, so a count alone would not bound the memory.
const (
	logQueue = 1024
	logBytes = 1 << 20
)

type logger struct {
	out   Output
	clock Clock
	mu    sync.Mutex
	lines []string
	bytes int
	lost  int
	wake  chan struct{}
	done  chan struct{}
	shut  bool
}

func newLogger(out Output, clock Clock) *logger {
	if out.Log == nil {
		out.Log = io.Discard
	}
	l := &logger{out: out, clock: clock, wake: make(chan struct{}, 1), done: make(chan struct{})}
	if !out.Direct {
		go l.write()
	}
	return l
}

// Log writes a line about a node. It never blocks; any goroutine may call it.
func (e *Engine) Log(level LogLevel, node int32, message string) {
	if level == LevelDebug && !e.log.out.Debug {
		return
	}
	n := e.info.Nodes[node]
	line := string(level) + " " + n.Pos + ": "
	if n.Kind != "" {
		line += n.Kind + " "
	}
	e.log.put(line + "\"" + n.Name + "\": " + message)
}

// Print writes a line of the flow's own (a `log` thing); debug lines only where
// they are asked for. It never blocks.
func (h *Host) Print(level LogLevel, message string) {
	if level == LevelDebug && !h.e.log.out.Debug {
		return
	}
	h.e.log.put(string(level) + " " + h.Name() + ": " + message)
}

func (l *logger) put(line string) {
	line = Redacted(line)
	if !l.out.Plain {
		line = ClockTime(l.clock.Now()) + " " + line
	}
	l.mu.Lock()
	if l.out.Direct {
		say(l.out.Log, line+"\n")
		l.mu.Unlock()
		return
	}
	if len(l.lines) >= logQueue || l.bytes > 0 && l.bytes+len(line) > logBytes || l.shut {
		l.lost++
	} else {
		l.lines = append(l.lines, line)
		l.bytes += len(line)
	}
	l.mu.Unlock()
	l.ring()
}

func (l *logger) ring() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *logger) write() {
	for range l.wake {
		l.mu.Lock()
		lines, lost, shut := l.lines, l.lost, l.shut
		l.lines, l.bytes, l.lost = nil, 0, 0
		l.mu.Unlock()
		for _, s := range lines {
			say(l.out.Log, s+"\n")
		}
		if lost > 0 {
			say(l.out.Log, "warning log: "+FormatInt(int64(lost))+" lines dropped\n")
		}
		if shut {
			close(l.done)
			return
		}
	}
}

// say writes text. io.WriteString would keep the WriteString method of every
// writer that is linked; inlined, it would stand in a dozen places.
//
//go:noinline
func say(w io.Writer, text string) { w.Write([]byte(text)) }

// close writes what waits, giving a blocked reader a second.
func (l *logger) close() {
	if l.out.Direct {
		return
	}
	l.mu.Lock()
	l.shut = true
	l.mu.Unlock()
	l.ring()
	alarm := l.clock.NewTimer(time.Second)
	select {
	case <-l.done:
	case <-alarm.C():
	}
	alarm.Stop()
}

// ClockTime is the time of day as 12:00:03.120.
func ClockTime(t time.Time) string { return t.Format("15:04:05.000") }
