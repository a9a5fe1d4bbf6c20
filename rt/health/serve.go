package health

import (
	"bufio"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// Limits for whoever comes: how many at a time, how long each has for its question and for taking the answer, and how
// much it may say.
const (
	clientMost = 256
	askTime    = 5 * time.Second
	takeTime   = 10 * time.Second
	askMost    = 8 << 10
	lingerTime = time.Second
	// acceptPause follows a client who could not be let in.
	acceptPause = 100 * time.Millisecond
	lingerMost  = 64 << 10
)

// serve answers clients, each on a goroutine of its own; one too many waits in the kernel's queue.
func (p *Page) serve(l net.Listener) {
	seats := make(chan struct{}, clientMost)
	for {
		seats <- struct{}{}
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // no file for one more: others will go
			<-seats
			<-p.clock.NewTimer(acceptPause).C()
			continue
		}
		go func() {
			p.attend(c)
			c.Close()
			<-seats
		}()
	}
}

// attend answers one question; another wants another connection.
func (p *Page) attend(c net.Conn) {
	asked := p.within(askTime, c)
	q, status := p.read(c)
	asked()
	if status == 0 {
		return
	}
	var a answer
	if status == 200 {
		a = p.answer(q)
	} else {
		a = answer{status: status, body: []byte(reasons[status] + "\n")}
	}
	p.write(c, q, a)
}

// question is what a client asks.
type question struct {
	head       bool
	path, host string
	login      string
}

var reasons = map[int]string{
	200: "OK", 400: "this is no request", 401: "a login is wanted", 404: "there are /healthz, /metrics and /state",
	405: "this page is only read", 421: "this page answers to localhost only", 431: "the headers are too long", 503: "Service Unavailable",
}

// read reads the headers of a request. Status is 200 for one that can be answered, and 0 for a client that has gone.
func (p *Page) read(c net.Conn) (q question, status int) {
	r := bufio.NewReaderSize(c, askMost)
	line, left, status := nextLine(r, askMost)
	if status != 200 {
		return q, status
	}
	method, rest, _ := strings.Cut(line, " ")
	target, version, ok := strings.Cut(rest, " ")
	if !ok || !strings.HasPrefix(version, "HTTP/1.") || len(version) != 8 || !strings.HasPrefix(target, "/") {
		return q, 400
	}
	q.path, _, _ = strings.Cut(target, "?")
	for {
		if line, left, status = nextLine(r, left); status != 200 {
			return q, status
		}
		if line == "" {
			break
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			return q, 400
		}
		switch value = strings.TrimSpace(value); strings.ToLower(name) {
		case "host":
			q.host = value
		case "authorization":
			q.login = value
		}
	}
	switch q.head = method == "HEAD"; {
	case method != "GET" && !q.head:
		return q, 405
	case loopback(p.listen) && q.host != "" && !loopback(q.host):
		return q, 421 // a page of another site, which lets its name point here
	case !p.admits(q.login):
		return q, 401
	}
	return q, 200
}

// nextLine is a line without its end, and how much may still come.
func nextLine(r *bufio.Reader, left int) (line string, rest, status int) {
	b, err := r.ReadSlice('\n')
	if left -= len(b); err == bufio.ErrBufferFull || left <= 0 {
		return "", 0, 431
	}
	if err != nil {
		return "", 0, 0
	}
	return strings.TrimSuffix(string(b[:len(b)-1]), "\r"), left, 200
}

// loopback reports whether an address, with or without a port, is one that only this machine reaches.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = strings.Trim(address, "[]")
	}
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// admits reports whether a login is the one that is wanted, in a time that does not tell how much of it is right.
func (p *Page) admits(login string) bool {
	if p.auth == nil {
		return true
	}
	given, ok := strings.CutPrefix(login, "Bearer ")
	if basic, is := strings.CutPrefix(login, "Basic "); is {
		text, err := base64.StdEncoding.DecodeString(basic)
		_, given, ok = strings.Cut(string(text), ":")
		ok = ok && err == nil
	}
	want := p.auth.Reveal()
	return ok && want != "" && subtle.ConstantTimeCompare([]byte(given), []byte(want)) == 1
}

type answer struct {
	status int
	kind   string
	body   []byte
}

func (p *Page) answer(q question) answer {
	switch q.path {
	case "/healthz", "/metrics", "/state":
	default:
		return answer{status: 404, body: []byte(reasons[404] + "\n")}
	}
	r, resting, hangs := p.look(q.path == "/state")
	v := p.judge(&r, resting, hangs)
	switch q.path {
	case "/metrics":
		return answer{200, "text/plain; version=0.0.4; charset=utf-8", p.metrics(&r, v)}
	case "/state":
		return answer{200, "application/json", p.state(&r, v)}
	}
	a := answer{status: 200, body: []byte(v.text())}
	if v.color == red {
		a.status = 503
	}
	return a
}

// write gives the answer, as much of it as the client takes in time.
func (p *Page) write(c net.Conn, q question, a answer) {
	if a.kind == "" {
		a.kind = "text/plain; charset=utf-8"
	}
	head := "HTTP/1.1 " + strconv.Itoa(a.status) + " " + reasons[a.status] + "\r\nContent-Type: " + a.kind +
		"\r\nContent-Length: " + strconv.Itoa(len(a.body)) +
		"\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n"
	switch a.status {
	case 401:
		head += "WWW-Authenticate: Basic realm=\"health\", charset=\"UTF-8\"\r\n"
	case 405:
		head += "Allow: GET, HEAD\r\n"
	}
	text := append([]byte(head), "\r\n"...)
	if !q.head {
		text = append(text, a.body...)
	}
	defer p.within(takeTime, c)()
	c.Write(text)
	if t, ok := c.(*net.TCPConn); ok {
		t.CloseWrite()
	}
	// What a client has not been heard out about would end the connection before it has read the answer.
	defer p.within(lingerTime, c)()
	io.CopyN(io.Discard, c, lingerMost)
}

// within hangs up after d, unless what it returns is called before.
func (p *Page) within(d time.Duration, c net.Conn) (done func()) {
	alarm, over := p.clock.NewTimer(d), make(chan struct{})
	go func() {
		select {
		case <-alarm.C():
			c.Close()
		case <-over:
		}
	}()
	return func() {
		close(over)
		alarm.Stop()
	}
}
