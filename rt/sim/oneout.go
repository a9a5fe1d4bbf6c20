package sim

import (
	"io"
	"sync"
)

// LogMark begins a line of the log among those of the console, where one reader takes
// both: only so do they stay in order.
const LogMark = "\x05"

// oneOut is an output that several write to, a line at a time.
type oneOut struct {
	mu  sync.Mutex
	out io.Writer
}

func (o *oneOut) Write(line []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.out.Write(line)
}

// logOut marks the lines of the log.
type logOut struct{ to io.Writer }

func (o logOut) Write(line []byte) (int, error) {
	_, err := o.to.Write(append([]byte(LogMark), line...))
	return len(line), err
}
