package faults

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestCrowd lets a crowd use a program over HTTP: clients that behave, that break off
// anywhere, that read slowly or not at all, that listen and come back, that send what is no
// request. Whoever behaves gets its own answer; when all have left, nothing of theirs is
// left either.
func TestCrowd(t *testing.T) {
	beside(t)
	s := source{flow: "crowd.hcl", set: crowdSet(t)}
	r := newRun(t, s.probed(t).build(t), 4, 300)
	crowdRig(r, s.set["HERE"], s.set["PAGE"])
	r.report()
}

// crowdSet are two addresses that nobody has, for the program and for its page. The system
// gives none of these ports to an outgoing connection, which could have it by the start.
func crowdSet(t testing.TB) map[string]string {
	set := map[string]string{}
	for _, name := range []string{"HERE", "PAGE"} {
		for set[name] == "" {
			l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(10_000+rand.IntN(22_000)))
			if err == nil {
				defer l.Close()
				set[name] = l.Addr().String()
			}
		}
	}
	return set
}

// crowdEach is how many clients there are of each kind.
const crowdEach = 3

// crowdRig lets the crowd in for so many seconds.
func crowdRig(r *run, listen, page string) {
	other := newHearing(r.t, r.seed)
	probe := newProbe(r.t)
	p := start(r.t, r.program, "FLOW_SERVER="+other, probe.env())
	g := newCrowd(r, listen)
	if !g.opens() {
		r.t.Fatalf("nobody answers:\n%s", p.log)
	}
	g.live(time.Second) // what is done for the first time is not done growing
	calm := g.quiet(probe, p)
	began := time.Now()
	g.live(time.Duration(r.rounds) * time.Second)
	took := time.Since(began)
	g.levels(calm, g.quiet(probe, p))
	g.conserves(page)
	g.answersAll()

	// A stop in the middle of it: nobody is left waiting, and it does not take long.
	before, gone := probe.look(p).node("echo").Accepted, make(chan struct{})
	go func() { g.live(r.patience); close(gone) }()
	g.until("a crowd", func() bool { return probe.look(p).node("echo").Accepted > before+50 })
	if took := p.terminate(termLimit); took > stopLimit {
		r.wrong("the stop took %v", took)
	}
	g.end()
	select {
	case <-gone:
	case <-time.After(2 * r.patience):
		r.wrong("there are clients that wait for a program that is over")
	}
	r.complain(p)
	r.figures = fmt.Sprintf("%.0f s, %v", took.Seconds(), g.did)
}

// newHearing is a server that says what it heard; now and then late, wrong, or not at all.
func newHearing(t testing.TB, seed uint64) string {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 9))
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		mu.Lock()
		what, wait := random.IntN(20), time.Duration(random.IntN(20))*time.Millisecond
		mu.Unlock()
		switch what {
		case 0:
			panic(http.ErrAbortHandler)
		case 1:
			w.WriteHeader(http.StatusBadGateway)
		case 2:
			wait = 400 * time.Millisecond // longer than is waited for
			fallthrough
		default:
			select {
			case <-time.After(wait):
			case <-q.Context().Done():
			}
			fmt.Fprintf(w, `{"id":%q}`, strings.TrimPrefix(q.URL.Path, "/hear/"))
		}
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return "http://" + l.Addr().String()
}

// crowd are the clients, and what they did.
type crowd struct {
	r      *run
	listen string

	mu   sync.Mutex
	did  map[string]int
	over chan struct{}
}

func newCrowd(r *run, listen string) *crowd {
	return &crowd{r: r, listen: listen, did: map[string]int{}, over: make(chan struct{})}
}

func (g *crowd) note(what string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.did[what]++
}

func (g *crowd) noted(what string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.did[what]
}

// echoed is how many echoes came to a client that waited for them.
func (g *crowd) echoed() uint64 { return uint64(g.noted("echo")) }

func (g *crowd) wrong(format string, args ...any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.r.findings) < 20 {
		g.r.wrong(format, args...)
	}
}

// until waits for something that is owed.
func (g *crowd) until(what string, ok func() bool) {
	for deadline := time.Now().Add(g.r.patience); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			g.wrong("waited in vain for %s", what)
			return
		}
	}
}

func (g *crowd) opens() bool {
	for deadline := time.Now().Add(g.r.patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if c, err := net.Dial("tcp", g.listen); err == nil {
			c.Close()
			return true
		}
	}
	return false
}

// live lets the crowd in for a while, and waits until all have left.
func (g *crowd) live(d time.Duration) {
	over := make(chan struct{})
	g.mu.Lock()
	g.over = over
	g.mu.Unlock()
	var all sync.WaitGroup
	for n, kind := range guests {
		for k := range crowdEach {
			all.Go(func() {
				random := rand.New(rand.NewPCG(g.r.seed, uint64(n*crowdEach+k)))
				for !closedNow(over) {
					kind.do(&guest{g: g, random: random, over: over})
				}
			})
		}
	}
	alarm := time.NewTimer(d)
	defer alarm.Stop()
	select {
	case <-alarm.C:
		g.end()
	case <-over:
	}
	gone := make(chan struct{})
	go func() { all.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(g.r.patience):
		g.wrong("there are clients that never hear anything")
	}
}

// end sends the crowd away.
func (g *crowd) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !closedNow(g.over) {
		close(g.over)
	}
}

func closedNow(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// quiet waits until nothing is under way any more, and tells what the program holds then.
func (g *crowd) quiet(probe *probe, p *process) (s state) {
	g.until("quiet", func() bool {
		s = probe.look(p)
		for _, n := range s.Nodes {
			if n.InFlight > 0 {
				return false
			}
		}
		return true
	})
	fewest := s
	for range 100 { // connections that are kept for a next request go after a while
		if s = probe.look(p); s.Goroutines < fewest.Goroutines || s.Files < fewest.Files {
			fewest = s
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fewest
}

// levels finds what a crowd left behind.
func (g *crowd) levels(before, after state) {
	for _, m := range []struct {
		what                string
		before, after, most uint64
	}{
		// The program keeps up to two connections to the other server, now and then.
		{"goroutines", before.Goroutines, after.Goroutines, 6},
		{"files", before.Files, after.Files, 3},
		{"KB heap", before.Heap >> 10, after.Heap >> 10, 2048},
	} {
		if m.after > m.before+m.most {
			g.wrong("%d %s became %d", m.before, m.what, m.after)
		}
	}
	for _, n := range after.Nodes {
		if !n.Holds() || n.InFlight > 0 {
			g.wrong("%s: %+v", n.Name, n.Counters)
		}
	}
	if c := after.node("echo"); c.Delivered < g.echoed() {
		g.wrong("%d echoes were heard of %d that were told", g.echoed(), c.Delivered)
	}
}

// conserves asks the program's own page for the law: it is what people see.
func (g *crowd) conserves(page string) {
	client := http.Client{Timeout: g.r.patience}
	s, err := client.Get("http://" + page + "/state")
	if err != nil {
		g.wrong("the page: %v", err)
		return
	}
	defer s.Body.Close()
	defer client.CloseIdleConnections()
	var told struct {
		Things []struct {
			Name                                       string
			Accepted, Delivered, Dropped, Dead, Handed uint64
		}
	}
	text, _ := io.ReadAll(s.Body)
	if err := json.Unmarshal(text, &told); err != nil || len(told.Things) == 0 {
		g.wrong("the page: %v\n%s", err, text)
	}
	for _, n := range told.Things {
		if n.Accepted != n.Delivered+n.Dropped+n.Dead+n.Handed {
			g.wrong("the page tells %+v", n)
		}
	}
}

// answersAll lets each kind of request succeed once more: no room, seat or turn is gone.
func (g *crowd) answersAll() {
	client := http.Client{Timeout: g.r.patience}
	defer client.CloseIdleConnections()
	large := `{"text":"` + strings.Repeat("x", 990_000) + `"}`
	for range 7 {
		s := g.succeeds(&client, http.MethodPost, "/echo/last", large)
		if s == nil {
			return
		}
		if n, _ := io.Copy(io.Discard, s.Body); n < 990_000 {
			g.wrong("afterwards a large one is of %d bytes", n)
		}
		s.Body.Close()
	}
	for range 16 { // as many as may listen
		if s := g.succeeds(&client, http.MethodGet, "/live", ""); s != nil {
			defer s.Body.Close()
		}
	}
}

// succeeds asks until there is room: who was here before may still be on its way out.
func (g *crowd) succeeds(client *http.Client, method, path, body string) (s *http.Response) {
	g.until(method+" "+path, func() bool {
		q, _ := http.NewRequest(method, "http://"+g.listen+path, strings.NewReader(body))
		a, err := client.Do(q)
		if err != nil {
			return false
		}
		if a.StatusCode != http.StatusOK {
			a.Body.Close()
			return false
		}
		s = a
		return true
	})
	return s
}
