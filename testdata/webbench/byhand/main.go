// Package main answers as the flow beside it does, as somebody would write it by hand with net/http: a lock around the
// state, encoding/json, and the same limits for clients.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

type state struct {
	Target float64 `json:"target"`
	Warm   bool    `json:"warm"`
}

type order struct {
	Target *float64 `json:"target"`
}

type confirmation struct {
	Target   float64 `json:"target"`
	Accepted bool    `json:"accepted"`
}

type server struct {
	mu     sync.Mutex
	target float64
}

func (s *server) state(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	now := state{Target: s.target, Warm: s.target > 20}
	s.mu.Unlock()
	answer(w, now)
}

func (s *server) set(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var o order
	if err = json.Unmarshal(body, &o); err == nil && o.Target == nil {
		err = errors.New("target: missing")
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.target = *o.Target
	s.mu.Unlock()
	answer(w, confirmation{Target: *o.Target, Accepted: *o.Target < 26})
}

func answer(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

func main() {
	s := &server{target: 19.5}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /state", s.state)
	mux.HandleFunc("POST /target", s.set)
	h := &http.Server{Addr: os.Getenv("FLOW_LISTEN"), Handler: mux, ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout: 15 * time.Second, WriteTimeout: 45 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	if err := h.ListenAndServe(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
