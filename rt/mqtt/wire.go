package mqtt

import (
	"bufio"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
)

// flushLimit is how long closing waits for what was written last.
const flushLimit = time.Second

// outHigh is how many bytes may wait to be written before publishing pauses.
const outHigh = 64 << 10

// wire is the connection as the client library sees it. It reads through a
// buffer and checks every packet before the library does; it takes messages and
// acknowledgements out for its link (the library needs 12 allocations for an
// acknowledgement of 4 bytes); and it gathers small writes, which never block.
type wire struct {
	net.Conn
	clock flow.Clock
	in    *bufio.Reader
	// rest is what the library has still to read of the packet in frame.
	rest, frame []byte
	ids         []uint32
	// open is set once CONNACK was seen.
	open bool
	to   taker
	// received counts packets: a sign of life.
	received atomic.Uint64

	mu      sync.Mutex
	more    *sync.Cond
	out     []byte
	spare   []byte
	writing bool
	closing bool
	err     error
	flushed chan struct{}
}

// taker takes what the library does not get to see. It runs on the reader and
// must not block.
type taker interface {
	// receive takes a message, which is gone with the next packet.
	receive(publication) error
	// answer takes a PUBACK, PUBREC, PUBREL or PUBCOMP.
	answer(kind byte, id uint16, code byte)
	// room says that publishing may go on.
	room()
}

func newWire(conn net.Conn, clock flow.Clock, to taker) *wire {
	w := &wire{Conn: conn, clock: clock, to: to}
	w.in = bufio.NewReaderSize(newEager(conn), 16<<10)
	w.more = sync.NewCond(&w.mu)
	w.flushed = make(chan struct{})
	go w.flush()
	return w
}

// Read gives the library its packets, each checked as a whole.
func (w *wire) Read(p []byte) (int, error) {
	for len(w.rest) == 0 {
		if err := w.next(); err != nil {
			w.fail(err)
			return 0, err
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}

// next reads one packet, for the link or into rest.
func (w *wire) next() error {
	first, err := w.in.ReadByte()
	if err != nil {
		return ended(err)
	}
	var length uint32
	w.frame = append(w.frame[:0], first)
	for i := 0; ; i++ {
		b, err := w.in.ReadByte()
		if err != nil {
			return ended(err)
		}
		w.frame = append(w.frame, b)
		length |= uint32(b&0x7F) << (7 * i)
		if b < 0x80 {
			break
		}
		if i == 3 {
			return malformed("length")
		}
	}
	if err := checkHeader(first, int(length)); err != nil {
		return err
	}
	head := len(w.frame)
	if need := head + int(length); cap(w.frame) < need {
		w.frame = append(make([]byte, 0, need), w.frame...)
	}
	w.frame = w.frame[:head+int(length)]
	if _, err := io.ReadFull(w.in, w.frame[head:]); err != nil {
		return ended(err)
	}
	w.received.Add(1)
	return w.pass(first, w.frame[head:])
}

func (w *wire) pass(first byte, body []byte) error {
	kind := first >> 4
	if kind == packets.CONNACK && len(body) == 2 {
		return errOldBroker // 3.1.1 has no properties
	}
	if err := w.checkTurn(kind, body); err != nil {
		return err
	}
	if kind == packets.PUBLISH {
		p, err := parsePublish(first&0x0F, body, w.ids)
		if err != nil {
			return err
		}
		w.ids = p.ids
		return w.to.receive(p)
	}
	if err := checkBody(kind, body); err != nil {
		return err
	}
	switch kind {
	case packets.CONNACK:
		w.open = body[1] == 0 // the reason code
	case packets.PUBACK, packets.PUBREC, packets.PUBREL, packets.PUBCOMP:
		var code byte
		if len(body) > 2 {
			code = body[2]
		}
		w.to.answer(kind, uint16(body[0])<<8|uint16(body[1]), code)
		return nil
	}
	w.rest = w.frame
	return nil
}

// checkTurn holds a packet against how far the login is.
func (w *wire) checkTurn(kind byte, body []byte) error {
	switch {
	case w.open == (kind != packets.CONNACK):
		return nil
	case w.open:
		return malformed("a second CONNACK")
	case kind == packets.DISCONNECT:
		var code byte
		if len(body) > 0 {
			code = body[0]
		}
		return &lost{text: "refuses the connection: " + reason(code), code: code}
	}
	return malformed("a packet before the connection was accepted")
}

// Lock begins a packet; Unlock ends it.
func (w *wire) Lock() { w.mu.Lock() }

// Unlock lets what was written go out.
func (w *wire) Unlock() {
	w.more.Signal()
	w.mu.Unlock()
}

// Write takes bytes of a packet between Lock and Unlock; it never blocks.
func (w *wire) Write(p []byte) (int, error) {
	if w.err != nil || w.closing {
		return 0, net.ErrClosed
	}
	w.out = append(w.out, p...)
	return len(p), nil
}

// full reports whether publishing should pause.
func (w *wire) full() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.out) > outHigh
}

// flush writes what was gathered, as much at a time as there is.
func (w *wire) flush() {
	defer close(w.flushed)
	w.mu.Lock()
	for {
		for len(w.out) == 0 && !w.closing {
			w.more.Wait()
		}
		if len(w.out) == 0 {
			w.mu.Unlock()
			w.Conn.Close()
			return
		}
		batch := w.out
		w.out, w.spare = w.spare[:0], nil
		w.writing = true
		w.mu.Unlock()
		_, err := w.Conn.Write(batch)
		if len(batch) > outHigh {
			w.to.room()
		}
		if err != nil {
			w.kill(ended(err))
		}
		w.mu.Lock()
		w.writing = false
		if cap(batch) <= 4*outHigh {
			w.spare = batch[:0]
		}
	}
}

// Close writes what waits, for a moment, and closes.
func (w *wire) Close() error {
	w.mu.Lock()
	w.closing = true
	idle := len(w.out) == 0 && !w.writing
	w.more.Signal()
	w.mu.Unlock()
	if idle {
		return w.Conn.Close()
	}
	alarm := w.clock.NewTimer(flushLimit)
	defer alarm.Stop()
	select {
	case <-w.flushed:
		return nil
	case <-alarm.C():
		return w.Conn.Close()
	}
}

// kill cuts the connection; the library notices when it reads.
func (w *wire) kill(why error) {
	w.fail(why)
	w.mu.Lock()
	w.closing, w.out = true, nil
	w.more.Signal()
	w.mu.Unlock()
	w.Conn.Close()
}

// fail remembers the first thing that went wrong.
func (w *wire) fail(err error) {
	w.mu.Lock()
	if w.err == nil {
		w.err = err
	}
	w.mu.Unlock()
}

// cause is the first thing that went wrong, or nil.
func (w *wire) cause() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// ended words the end of a connection.
func ended(err error) error {
	var known *lost
	if errors.As(err, &known) {
		return known
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return &lost{text: "closed the connection"}
	}
	return &lost{text: "lost the connection (" + plain(err) + ")"}
}
