package web

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// Limits of what a stream keeps for clients that are slow or away for a moment, and of an
// event: each client may be at another one that nobody else has any more.
const (
	framesCount = 256
	framesBytes = 1_000_000
	frameMost   = 256_000
)

// hub holds the last events of a stream and who listens. The flow only ever puts an
// event into it; each client takes them at its own pace, and misses what is gone.
type hub struct {
	// run tells this start of the program from others, whose numbers mean nothing.
	run  string
	most int

	mu        sync.Mutex
	listeners []listener
	// frames are the last events, number `next-1` the newest; bytes is their size.
	frames [][]byte
	bytes  int
	next   uint64
	// latest is what a client that begins is told.
	latest []byte
}

// listener wakes a client.
type listener chan struct{}

func newHub(most int) *hub { return &hub{run: rand.Text()[:10], most: most} }

// publish keeps an event and wakes the clients; it waits for nobody. One that is too
// large is refused.
func (b *hub) publish(text []byte) bool {
	if len(text) > frameMost {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	f := frame(b.run+"-"+strconv.FormatUint(b.next, 10), text)
	b.frames, b.bytes = append(b.frames, f), b.bytes+len(f)
	b.next++
	b.latest = text
	for len(b.frames) > framesCount || len(b.frames) > 1 && b.bytes > framesBytes {
		b.bytes -= len(b.frames[0])
		b.frames[0] = nil
		b.frames = b.frames[1:]
	}
	for _, l := range b.listeners {
		select {
		case l <- struct{}{}:
		default:
		}
	}
	return true
}

// frame is an event as it is sent: each line of it on one of its own, so that no data
// ends the event and begins another.
func frame(id string, text []byte) []byte {
	out := append([]byte("id: "+id), '\n')
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		out = append(append(append(out, "data: "...), line...), '\n')
	}
	return append(out, '\n')
}

// join lets a client listen, if there is room.
func (b *hub) join() (l listener, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.listeners) >= b.most {
		return nil, false
	}
	l = make(listener, 1)
	b.listeners = append(b.listeners, l)
	return l, true
}

func (b *hub) leave(l listener) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, other := range b.listeners {
		if other == l {
			last := len(b.listeners) - 1
			b.listeners[i], b.listeners[last] = b.listeners[last], nil
			b.listeners = b.listeners[:last]
			return
		}
	}
}

// begin is the number of the first event for a client: the one behind the last that it
// has, if that is known here, else the newest.
func (b *hub) begin(lastID string) uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if text, ok := strings.CutPrefix(lastID, b.run+"-"); ok {
		if n, err := strconv.ParseUint(text, 10, 64); err == nil && n < b.next {
			return n + 1
		}
	}
	return max(b.next, 1) - 1
}

// frame is the event with that number, or the oldest after it that is still there, with
// the number of the next; nil where there is none yet.
func (b *hub) frame(at uint64) ([]byte, uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	first := b.next - uint64(len(b.frames))
	if at = max(at, first); at >= b.next {
		return nil, b.next
	}
	return b.frames[at-first], at + 1
}

// now is the newest event as a reply to a simulated client, which does not listen: before
// the first there is nothing in it, as a client that listens hears nothing then.
func (b *hub) now() reply {
	b.mu.Lock()
	defer b.mu.Unlock()
	return reply{status: http.StatusOK, body: b.latest}
}
