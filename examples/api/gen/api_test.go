package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// freePort is an address that nobody listens on.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestStateAndTarget(t *testing.T) {
	broker, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Close)
	address := freePort(t)
	p := drive.Run(t, info, func(e *flow.Engine) flow.Program {
		program := newProgram(e, &settings{apiTokenSet: flow.NewSecret("t0ken")})
		program.home.URL, program.home.KeepAlive = broker.URL(), 65535*time.Second
		program.api.Listen = address
		return program
	})
	ask := func(method, path, token, body string) string {
		t.Helper()
		q, err := http.NewRequest(method, "http://"+address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if token != "" {
			q.Header.Set("Authorization", "Bearer "+token)
		}
		s, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Body.Close()
		text, _ := io.ReadAll(s.Body)
		return s.Status[:3] + " " + strings.TrimSpace(string(text))
	}
	want := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	want(ask("GET", "/api/state", "", ""), "503 this is not known at the moment")
	if !broker.Wait(20*time.Second, func() bool { return len(broker.Subscribes()) == 1 }) {
		t.Fatal("no subscription")
	}
	broker.Publish("room", `{"temperature": 18, "humidity": 50}`, 1, false)
	p.Until("the reading", func() bool { return p.Engine.Counters(p.Node("room")).Delivered == 1 })
	want(ask("GET", "/api/state", "", ""), `200 {"temperature":18,"humidity":50,"target":19,"heating":false}`)
	want(ask("POST", "/api/target", "", `{"target": 21.5}`), "401 a login is wanted")
	want(ask("POST", "/api/target", "t0ken", `{"target": 21.5}`), `200 {"target":21.5,"accepted":true}`)
	want(ask("POST", "/api/target", "t0ken", `{"target": 30}`), `422 {"target":30,"accepted":false}`)
	want(ask("POST", "/api/target", "t0ken", `{"target": "warm"}`), `400 target: expected a number, found "warm"`)
	want(ask("GET", "/api/state", "", ""), `200 {"temperature":18,"humidity":50,"target":21.5,"heating":false}`)
}
