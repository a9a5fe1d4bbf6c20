package faults

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/postgres/witness"
)

// TestRepliesAreOnesOwn has many clients ask at once what a database answers, while the
// database's connections are cut off again and again: each is given the answer to its own
// question or none, once, and nobody waits for ever.
func TestRepliesAreOnesOwn(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "replies.hcl"), 1, 1)
	s, listen := pgServer(t), freeAddress(r)
	p := start(t, r.program, "FLOW_WHERE="+s.URL(), "FLOW_LISTEN="+listen, "DB_PASSWORD="+witness.Password, "TOKEN="+postToken)
	if got := asked(t, "http://"+listen+"/echo/", "ready", patience); !strings.HasPrefix(got, "200 ") {
		t.Fatalf("%s\n%s", got, p.log)
	}

	var clients sync.WaitGroup
	var own, none, cuts atomic.Int64
	// However slow the machine is at cutting, it has to happen meanwhile.
	enough := func(n int) bool { return n >= 60 && (cuts.Load() >= 3 || n >= 20_000) }
	for c := range 16 {
		clients.Add(1)
		go func() {
			defer clients.Done()
			path := []string{"/echo/", "/twice/"}[c%2]
			for n := 0; !enough(n); n++ {
				id := fmt.Sprintf("%d-%d", c, n)
				switch got := asked(t, "http://"+listen+path, id, 0); {
				case got == fmt.Sprintf(`200 {"asked":"%s","heard":"%s"}`, id, id):
					own.Add(1)
				case strings.HasPrefix(got, "500 "), strings.HasPrefix(got, "503 "):
					none.Add(1)
				default:
					t.Errorf("%s%s: %s", path, id, got)
				}
			}
		}()
	}
	over := make(chan struct{})
	go func() { clients.Wait(); close(over) }()
	limit := time.After(5 * time.Minute)
	for waits := true; waits; {
		select {
		case <-over:
			waits = false
		case <-limit:
			t.Fatalf("after %d answers and %d without one clients still wait:\n%s", own.Load(), none.Load(), p.log)
		case <-time.After(20 * time.Millisecond):
			got, _ := s.SQL("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'replies'")
			n, _ := strconv.Atoi(got)
			cuts.Add(int64(n))
		}
	}
	if own.Load() == 0 || cuts.Load() == 0 {
		t.Errorf("%d have an answer, %d cuts", own.Load(), cuts.Load())
	}
	t.Logf("%d answers, %d without, %d cuts", own.Load(), none.Load(), cuts.Load())
	p.terminate(termLimit)
	if s := p.trouble(); s != "" {
		t.Error(s)
	}
}

// asked is what a client hears; it asks again for as long as nobody is there.
func asked(t *testing.T, path, id string, patience time.Duration) string {
	client := http.Client{Timeout: 40 * time.Second}
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		q, err := http.NewRequest(http.MethodGet, path+id, nil)
		if err != nil {
			return err.Error()
		}
		q.Header.Set("Authorization", "Bearer "+postToken)
		a, err := client.Do(q)
		if err != nil {
			if time.Now().Before(deadline) {
				continue
			}
			return err.Error()
		}
		body, err := io.ReadAll(a.Body)
		a.Body.Close()
		if err != nil {
			return err.Error()
		}
		return fmt.Sprintf("%d %s", a.StatusCode, strings.TrimSpace(string(body)))
	}
}
