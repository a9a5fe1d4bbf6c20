package faults

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// never says that a message is refused for good, wherever it is sent.
func never(id int) bool { return id%97 == 13 }

// refusals is how often in a row a request is answered with "not now", at most: five times
// and it is given up.
const refusals = 3

// webServer takes calls and points as its seed says: some it refuses for now, some it does
// not answer in time, of some it takes what was sent and hangs up without a word. Each of
// the two has its own ledger.
type webServer struct {
	listener net.Listener

	mu     sync.Mutex
	random *rand.Rand
	calm   bool
	calls  *ledger
	points *ledger
	// refused is how often the request that begins with an id was refused for now, lost how
	// many messages were taken without an answer.
	refused  map[int]int
	lost     map[string]int
	did      map[string]int
	problems []string
}

func startWebServer(t testing.TB, seed uint64) *webServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &webServer{listener: l, random: rand.New(rand.NewPCG(seed, 3)), calls: newLedger(), points: newLedger(),
		refused: map[int]int{}, lost: map[string]int{}, did: map[string]int{}}
	m := http.NewServeMux()
	m.HandleFunc("POST /items", func(w http.ResponseWriter, q *http.Request) { s.take(w, q, "calls", s.readCall) })
	m.HandleFunc("POST /api/v2/write", func(w http.ResponseWriter, q *http.Request) { s.take(w, q, "points", s.readPoints) })
	h := &http.Server{Handler: m}
	go h.Serve(l)
	t.Cleanup(func() { h.Close() })
	return s
}

func (s *webServer) wrong(format string, args ...any) {
	if len(s.problems) < 20 {
		s.problems = append(s.problems, fmt.Sprintf(format, args...))
	}
}

// take answers a request; read gives what is in it, and note takes that.
func (s *webServer) take(w http.ResponseWriter, q *http.Request, what string, read func(body string) (ids []int, note func())) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		return // cut off on its way
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ids, note := read(string(body))
	if len(ids) == 0 {
		s.wrong("%s: nothing is in %q", what, body)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	for _, id := range ids {
		if never(id) {
			s.did["400"]++
			w.WriteHeader(http.StatusBadRequest)
			return
		}
	}
	switch n := s.random.IntN(200); {
	case s.calm || n > 4:
	case n == 0:
		s.did["stalled"]++
		s.mu.Unlock()
		time.Sleep(700 * time.Millisecond) // longer than the program waits
		s.mu.Lock()
		panic(http.ErrAbortHandler)
	case n == 1:
		s.did["taken without a word"]++
		s.lost[what] += len(ids)
		note()
		panic(http.ErrAbortHandler)
	case s.refused[ids[0]] < refusals:
		s.refused[ids[0]]++
		status := []int{500, 429, 503}[n-2]
		s.did[strconv.Itoa(status)]++
		if n == 3 && s.random.IntN(4) == 0 {
			w.Header().Set("Retry-After", "1")
		}
		w.WriteHeader(status)
		return
	}
	note()
	w.WriteHeader(http.StatusNoContent)
}

func (s *webServer) readCall(body string) (ids []int, note func()) {
	id, ok := number(body)
	if !ok {
		return nil, nil
	}
	return []int{id}, func() { s.calls.mark(id) }
}

// momentOf is when a message was made, in milliseconds since 1970.
func momentOf(id int) int { return 1_790_000_000_000 + id }

var pointOf = regexp.MustCompile(` id=(\d+)i,`)

// readPoints takes lines as a database does: each has to be the very same whenever it comes,
// and is one point then.
func (s *webServer) readPoints(body string) (ids []int, note func()) {
	for line := range strings.Lines(body) {
		id := -1
		if f := pointOf.FindStringSubmatch(line); f != nil {
			id, _ = strconv.Atoi(f[1])
		}
		if want := fmt.Sprintf("items,place=west\\ wing id=%di,text=\"%s\" %d\n", id, spelledText, momentOf(id)); line != want {
			s.wrong("the point %q is %q", want, line)
			return nil, nil
		}
		ids = append(ids, id)
	}
	return ids, func() {
		for _, id := range ids {
			s.points.mark(id)
		}
	}
}

// webText is what each message says beside its number, and spelledText how line protocol has it.
const (
	webText     = `a "quoted" \ text, = and more`
	spelledText = `a \"quoted\" \\ text, = and more`
)

// quiet ends the trouble.
func (s *webServer) quiet() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calm = true
}
