package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// guests are the kinds of clients of a crowd.
var guests = []struct {
	name string
	do   func(*guest)
}{
	{"echo", (*guest).echo},
	{"ask", (*guest).ask},
	{"pipeline", (*guest).pipeline},
	{"break off", (*guest).breakOff},
	{"read slowly", (*guest).readSlowly},
	{"listen", (*guest).listen},
	{"garbage", (*guest).garbage},
	{"hurry", (*guest).hurry},
}

// guest is a client, for one go.
type guest struct {
	g      *crowd
	random *rand.Rand
	over   <-chan struct{}
}

// stopping are the answers of a program that has no room now, or stops.
func stopping(status int) bool { return status == http.StatusServiceUnavailable }

// dial connects; the connection is ended with the go, whatever happens.
func (v *guest) dial() (c net.Conn, ok bool) {
	c, err := net.DialTimeout("tcp", v.g.listen, v.g.r.patience)
	if err != nil {
		select { // the program has stopped
		case <-v.over:
		case <-time.After(10 * time.Millisecond):
		}
		return nil, false
	}
	c.SetDeadline(time.Now().Add(v.g.r.patience))
	return c, true
}

// talk sends requests on one connection, and gives each answer to heard until that has
// enough. A connection that ends is none of the client's.
func (v *guest) talk(requests string, n int, heard func(at int, s *http.Response, body []byte)) {
	c, ok := v.dial()
	if !ok {
		return
	}
	defer c.Close()
	if _, err := io.WriteString(c, requests); err != nil {
		return
	}
	in := bufio.NewReader(c)
	for at := range n {
		s, err := http.ReadResponse(in, nil)
		if err != nil {
			v.silence(err)
			return
		}
		body, err := io.ReadAll(s.Body)
		if err != nil {
			v.silence(err)
			return
		}
		heard(at, s, body)
	}
}

// silence finds a client that is left waiting.
func (v *guest) silence(err error) {
	if late, ok := err.(net.Error); ok && late.Timeout() {
		v.g.wrong("no answer within %v", v.g.r.patience)
	}
}

func (v *guest) id() string { return strconv.FormatUint(v.random.Uint64(), 36) }

// words are a text of up to so many bytes.
func (v *guest) words(most int) string { return strings.Repeat("word ", v.random.IntN(most)/5) }

func post(path, body string) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
}

func get(path string) string { return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n" }

// same compares an answer with what was sent.
func (v *guest) same(s *http.Response, body []byte, want map[string]string) {
	var got map[string]string
	if s.StatusCode != http.StatusOK {
		if !stopping(s.StatusCode) {
			v.g.wrong("%v gets %s: %.200s", want, s.Status, body)
		}
		v.g.note("told to come back")
		return
	}
	if json.Unmarshal(body, &got) != nil || len(got) != len(want) {
		v.g.wrong("%.200v gets %.200s", want, body)
		return
	}
	for k, text := range want {
		if got[k] != text {
			v.g.wrong("%.200v gets %.200s", want, body)
		}
	}
	v.g.note("echo")
}

// echo is a client that behaves.
func (v *guest) echo() {
	id, text := v.id(), v.words(20_000)
	v.talk(post("/echo/"+id, `{"text":"`+text+`"}`), 1, func(_ int, s *http.Response, body []byte) {
		v.same(s, body, map[string]string{"id": id, "text": text})
	})
}

// pipeline is one that does not wait for answers, and gets each in its turn.
func (v *guest) pipeline() {
	requests, ids := "", []string{}
	for range 1 + v.random.IntN(8) {
		ids = append(ids, v.id())
		requests += post("/echo/"+ids[len(ids)-1], `{"text":"x"}`)
	}
	v.talk(requests, len(ids), func(at int, s *http.Response, body []byte) {
		v.same(s, body, map[string]string{"id": ids[at], "text": "x"})
	})
}

// ask is one that another server answers through the program.
func (v *guest) ask() {
	id := v.id()
	v.talk(get("/ask/"+id), 1, func(_ int, s *http.Response, body []byte) {
		switch {
		case s.StatusCode == http.StatusOK && string(body) == fmt.Sprintf(`{"asked":%q,"heard":%q}`, id, id):
			v.g.note("answer")
		case s.StatusCode == http.StatusInternalServerError, s.StatusCode == http.StatusGatewayTimeout, stopping(s.StatusCode):
			v.g.note("no answer")
		default:
			v.g.wrong("%s asks and gets %s: %.200s", id, s.Status, body)
		}
	})
}

// breakOff is one that leaves anywhere, with a word or without.
func (v *guest) breakOff() {
	c, ok := v.dial()
	if !ok {
		return
	}
	defer c.Close()
	text := post("/echo/"+v.id(), `{"text":"`+v.words(50_000)+`"}`)
	if v.random.IntN(3) == 0 {
		text = get("/ask/" + v.id())
	}
	most := len(text) + 1
	if v.random.IntN(2) == 0 {
		most = min(most, 100) // in its headers
	}
	io.WriteString(c, text[:v.random.IntN(most)])
	if v.random.IntN(2) == 0 {
		time.Sleep(time.Duration(v.random.IntN(5)) * time.Millisecond)
	}
	if v.random.IntN(2) == 0 {
		c.(*net.TCPConn).SetLinger(0)
	}
	v.g.note("broken off")
}

// readSlowly is one that takes its answer a little at a time, and leaves.
func (v *guest) readSlowly() {
	c, ok := v.dial()
	if !ok {
		return
	}
	defer c.Close()
	request := get("/pages/crowd.hcl")
	if v.random.IntN(2) == 0 {
		request = post("/echo/slow", `{"text":"`+v.words(900_000)+`"}`)
	}
	io.WriteString(c, strings.Repeat(request, 1+v.random.IntN(3)))
	c.SetReadDeadline(time.Now().Add(200 * time.Millisecond)) // there may be nothing left
	for range v.random.IntN(20) {
		if _, err := c.Read(make([]byte, 1+v.random.IntN(2000))); err != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
	v.g.note("read slowly")
}

// listen is one that hears how many echoes there were, each number once and in order, also
// where it comes back.
func (v *guest) listen() {
	id, at := "", -1
	for range 1 + v.random.IntN(3) {
		c, ok := v.dial()
		if !ok {
			return
		}
		id, at = v.hear(c, id, at)
		c.Close()
	}
	v.g.note("listened")
}

// hear listens for a while, behind an event that it has heard.
func (v *guest) hear(c net.Conn, last string, at int) (string, int) {
	request := "GET /live HTTP/1.1\r\nHost: localhost\r\n"
	if last != "" {
		request += "Last-Event-ID: " + last + "\r\n"
	}
	io.WriteString(c, request+"\r\n")
	s, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		v.silence(err)
		return last, at
	}
	defer s.Body.Close()
	if s.StatusCode != http.StatusOK {
		if !stopping(s.StatusCode) {
			v.g.wrong("a listener gets %s", s.Status)
		}
		return last, at
	}
	c.SetReadDeadline(time.Now().Add(time.Duration(v.random.IntN(100)) * time.Millisecond))
	id := ""
	for in := bufio.NewScanner(s.Body); in.Scan(); {
		name, text, _ := strings.Cut(in.Text(), ": ")
		switch name {
		case "id":
			id = text
		case "data":
			n, err := strconv.Atoi(text)
			// What is too long ago is gone: only the last 256 are kept.
			if err != nil || at >= 0 && n != at+1 && n < at+200 {
				v.g.wrong("behind %d comes %q", at, text)
			}
			last, at = id, n
		}
	}
	return last, at
}

// garbage is one that sends what is no request, or a lie.
func (v *guest) garbage() {
	c, ok := v.dial()
	if !ok {
		return
	}
	defer c.Close()
	noise := make([]byte, v.random.IntN(2000))
	for i := range noise {
		noise[i] = byte(v.random.Uint32())
	}
	text := [][]byte{
		noise,
		[]byte("POST /echo/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n" + string(noise)),
		[]byte("POST /echo/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n"),
		[]byte("POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n" + string(noise)),
		[]byte("POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		[]byte(get("/pages/../crowd_test.go") + get("/pages/%2e%2e/crowd_test.go")),
		[]byte(get("/" + strings.Repeat("x", 20_000))),
		[]byte("GET /live HTTP/1.0\r\n\r\n"),
		[]byte("POST /echo/x HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n"),
	}[v.random.IntN(9)]
	c.Write(text)
	c.(*net.TCPConn).CloseWrite()
	c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	answer, _ := io.ReadAll(c)
	if bytes.Contains(answer, []byte("package faults")) {
		v.g.wrong("%.80q leads out of the folder", text)
	}
	v.g.note("garbage")
}

// hurry is one that comes more often than it may, and one that asks before it sends.
func (v *guest) hurry() {
	v.talk(strings.Repeat("PUT /rare HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 10), 10, func(_ int, s *http.Response, body []byte) {
		switch s.StatusCode {
		case http.StatusNoContent:
			v.g.note("in time")
		case http.StatusTooManyRequests:
			if s.Header.Get("Retry-After") == "" {
				v.g.wrong("429 without Retry-After")
			}
			v.g.note("too early")
		default:
			if !stopping(s.StatusCode) {
				v.g.wrong("/rare: %s %.200s", s.Status, body)
			}
		}
	})
	id := v.id()
	client := http.Client{Timeout: v.g.r.patience, Transport: &http.Transport{ExpectContinueTimeout: v.g.r.patience, DisableKeepAlives: true}}
	q, _ := http.NewRequest(http.MethodPost, "http://"+v.g.listen+"/echo/"+id, strings.NewReader(`{"text":"asked"}`))
	q.Header.Set("Expect", "100-continue")
	s, err := client.Do(q)
	if err != nil {
		v.silence(err)
		return
	}
	defer s.Body.Close()
	body, err := io.ReadAll(s.Body)
	if err == nil {
		v.same(s, body, map[string]string{"id": id, "text": "asked"})
	}
}
