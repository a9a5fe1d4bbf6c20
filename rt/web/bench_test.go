package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// BenchmarkRoute is a route under load on the loopback; BenchmarkHandler beside it is what somebody would write by
// hand: decode, one variable behind a lock, encode. `go test -bench 'Route|Handler' ./rt/web` prints both.
func BenchmarkRoute(b *testing.B) {
	r := newRig(b)
	server := &web.Server{Clients: 256, MaxBody: 1_000_000, Listen: "127.0.0.1:0"}
	say := &route{Via: server, Post: "/say", Timeout: time.Hour, Wait: true, Format: flow.FormatText}
	say.Parse = func(q flow.Asked, v *string) error { *v = string(q.Body); return nil }
	say.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	r.add("api", server)
	r.add("say", say)
	r.step = func() {
		if say.Self.Happened(r.engine.Pass) {
			say.Reply.V = say.Self.V
			say.Shoot(r.engine.Hosts[1])
		}
	}
	if err := r.start(); err != nil {
		b.Fatal(err)
	}
	load(b, "http://"+server.Address()+"/say")
}

func BenchmarkHandler(b *testing.B) {
	mux := http.NewServeMux()
	state := make(chan string, 1)
	state <- ""
	mux.HandleFunc("POST /say", func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, 1<<20))
		if err != nil {
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		<-state
		text := string(body)
		state <- text
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte(text))
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	load(b, s.URL+"/say")
}

// load asks with several clients at once.
func load(b *testing.B, url string) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.SetParallelism(8)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			s, err := client.Post(url, "text/plain", strings.NewReader(`{"target": 21.5}`))
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, s.Body)
			s.Body.Close()
			if s.StatusCode != http.StatusOK {
				b.Errorf("status %d", s.StatusCode)
			}
		}
	})
}
