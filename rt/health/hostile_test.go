package health

import (
	"encoding/base64"
	"io"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

var sampleLine = regexp.MustCompile(`^([a-zA-Z_][a-zA-Z0-9_]*)((?:\{[a-zA-Z_]\w*="(?:[^"\\]|\\["\\n])*"(?:,[a-zA-Z_]\w*="(?:[^"\\]|\\["\\n])*")*\})?) (\S+)$`)

func TestWhatIsRefused(t *testing.T) {
	r := newRig(t, nil)
	for text, want := range map[string]int{
		"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:9100\r\n\r\n":                                                     200,
		"GET /healthz HTTP/1.0\r\n\r\n":                                                                             200,
		"GET /healthz HTTP/1.1\nHost: [::1]\n\n":                                                                    200,
		"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                                 404,
		"GET /healthz/../state HTTP/1.1\r\nHost: localhost\r\n\r\n":                                                 404,
		"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n" + strings.Repeat("x", 100000): 405,
		"GET /state HTTP/1.1\r\nHost: evil.example\r\n\r\n":                                                         421,
		"GET /state HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n":                                               421,
		"GET healthz HTTP/1.1\r\n\r\n":                                                                              400,
		"GET /healthz\r\n\r\n":                                                                                      400,
		"GET /healthz SMTP/1.1\r\n\r\n":                                                                             400,
		"GET /healthz HTTP/1.1\r\nHost localhost\r\n\r\n":                                                           400,
		"GET /healthz HTTP/1.1\r\n folded: line\r\n\r\n":                                                            400,
		"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n":                                                                      400,
		"GET /" + strings.Repeat("a", askMost) + " HTTP/1.1\r\n\r\n":                                                431,
		"GET /healthz HTTP/1.1\r\n" + strings.Repeat("X: y\r\n", askMost) + "\r\n":                                  431,
		"GET /healthz HTTP/1.1\r\nX: " + strings.Repeat("y", 1<<20):                                                 431,
	} {
		if status, _, body := r.say(text); status != want {
			t.Errorf("%.60q: %d %q, want %d", text, status, body, want)
		}
	}
	status, head, body := r.say("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if status != 200 || body != "" || !strings.Contains(head, "Content-Length: 6") {
		t.Errorf("HEAD: %d, %q, %q", status, head, body)
	}
}

func TestLogin(t *testing.T) {
	secret := flow.NewSecret("swordfish")
	r := newRig(t, &secret)
	basic := func(s string) string { return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(s)) }
	for login, want := range map[string]int{
		"Authorization: Bearer swordfish": 200, "authorization:   Bearer swordfish  ": 200, basic("me:swordfish"): 200,
		"Authorization: Bearer swordfis": 401, "Authorization: Bearer swordfishes": 401, "Authorization: Bearer ": 401,
		"Authorization: swordfish": 401, basic("swordfish"): 401, basic("swordfish:"): 401, "Authorization: Basic !": 401, "X: y": 401,
	} {
		for _, path := range []string{"/healthz", "/metrics", "/state", "/"} {
			status, body := r.get(path, login)
			if path == "/" && want == 200 {
				continue
			}
			if status != want || strings.Contains(body, "swordfish") {
				t.Errorf("%s of %s: %d %q, want %d", login, path, status, body, want)
			}
		}
	}
	none := flow.Secret{}
	r.page.auth = &none // not read yet
	if status, _ := r.get("/state", "Authorization: Bearer "); status != 401 {
		t.Errorf("an empty secret lets everybody in: %d", status)
	}
}

// A client that says nothing, or a little, is let go after five seconds.
func TestSlowClientsAreLetGo(t *testing.T) {
	r := newRig(t, nil)
	for _, text := range []string{"", "GET /heal", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"} {
		c := r.dial()
		io.WriteString(c, text)
		gone := make(chan string, 1)
		go func() { all, _ := io.ReadAll(c); gone <- string(all) }()
		for over, end := false, time.Now().Add(2*patient); !over; {
			if time.Now().After(end) {
				t.Fatalf("%q: never let go", text)
			}
			select {
			case said := <-gone:
				if said != "" {
					t.Errorf("%q: answered %q", text, said)
				}
				over = true
			case <-time.After(time.Millisecond):
				r.clock.Advance(askTime / 10)
			}
		}
	}
	if status, body := r.get("/healthz"); status != 200 {
		t.Errorf("afterwards: %d %q", status, body)
	}
}

// With all seats taken by clients that say nothing, the program works on, and the next client is answered when they
// have been let go.
func TestAFloodOfClients(t *testing.T) {
	r := newRig(t, nil)
	var silent []net.Conn
	for range clientMost + 50 {
		silent = append(silent, r.dial())
	}
	before := make(chan struct{})
	r.engine.Call(func() { close(before) })
	heard(t, "the instant loop", before)
	answered := make(chan int, 1)
	go func() {
		defer close(answered) // also where it gives up
		status, _ := r.get("/healthz")
		answered <- status
	}()
	for over, end := false, time.Now().Add(2*patient); !over; {
		if time.Now().After(end) {
			t.Fatal("the next client is never answered")
		}
		select {
		case status := <-answered:
			if status != 200 { // the page's time may have outrun its look at the program
				status, _ = r.get("/healthz")
			}
			if status != 200 {
				t.Errorf("status %d", status)
			}
			over = true
		case <-time.After(time.Millisecond):
			r.clock.Advance(askTime / 10)
		}
	}
	for _, c := range silent {
		c.Close()
	}
}
