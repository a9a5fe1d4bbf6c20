package web

import (
	"encoding/binary"
	"net/http"
	"slices"
	"strings"
	"time"

	"flowc/rt/flow"
)

// What a buffer keeps of a call: what the flow says of it, and nothing of the connection,
// whose address and login may be secret and are added when the call is made.

// pack writes a call for the buffer: method, address, query, headers, body.
func pack(e *errand, url, query string) []byte {
	b := appendTexts(nil, e.method, url, query)
	names := make([]string, 0, len(e.header))
	for name := range e.header {
		names = append(names, name)
	}
	slices.Sort(names)
	b = binary.AppendUvarint(b, uint64(len(names)))
	for _, name := range names {
		b = appendTexts(b, name, e.header.Get(name))
	}
	return append(b, e.body...)
}

func appendTexts(b []byte, list ...string) []byte {
	for _, s := range list {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

// packed reads it back.
type packed struct {
	b   []byte
	bad bool
}

func (p *packed) count() uint64 {
	v, n := binary.Uvarint(p.b)
	if n <= 0 || v > uint64(len(p.b)) {
		p.b, p.bad = nil, true
		return 0
	}
	p.b = p.b[n:]
	return v
}

func (p *packed) text() string {
	n := p.count()
	if n > uint64(len(p.b)) {
		p.b, p.bad = nil, true
		return ""
	}
	s := string(p.b[:n])
	p.b = p.b[n:]
	return s
}

// unpack makes a call of what pack wrote; nil if it cannot be read.
func (l *callLine) unpack(row []byte) *errand {
	p := packed{b: row}
	e := &errand{header: http.Header{}, timeout: l.timeout, limit: l.limit, unread: l.unread}
	e.method = p.text()
	text, query := p.text(), p.text()
	for n := p.count(); n > 0 && !p.bad; n-- {
		name := p.text()
		e.header.Set(name, p.text())
	}
	base := ""
	if l.via != nil {
		base = l.via.URL
	}
	url, err := address(base, text, nil)
	if p.bad || err != nil {
		return nil
	}
	if query != "" {
		sep := "?"
		if strings.Contains(url, "?") {
			sep = "&"
		}
		url += sep + query
	}
	e.url, e.body = url, p.b
	l.via.sign(e)
	return e
}

// Carry makes a call that the buffer kept.
func (l *callLine) Carry(ticket uint64, row []byte, _, left time.Duration) {
	e := l.unpack(row)
	if e == nil {
		l.tell(&answer{errand: &errand{ticket: ticket}, failure: "what the buffer kept cannot be read"})
		return
	}
	e.ticket = ticket
	if left > 0 {
		e.until = l.h.Mono() + left
	}
	l.take(l.h, e, OverlapQueue)
}

// Up reports whether the server takes calls, as far as is known.
func (l *callLine) Up() bool { return !l.unreachable }

var _ flow.Carrier = (*callLine)(nil)
