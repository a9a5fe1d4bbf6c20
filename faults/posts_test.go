package faults

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

// TestKillPosts kills a program that keeps what is posted to it, while its clients repeat
// what was not answered, and now and then what was: each makes one row, and whoever was
// answered with 200 has a row, whatever came after.
func TestKillPosts(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 8, 200)
	postsRig(r)
	r.report()
}

func postsRig(r *run) {
	d := newRowStore(r)
	b := newWitness(r.t, nil)
	listen := freeAddress(r)
	d.env = append(d.env, "FLOW_LISTEN="+listen)
	c := startClients("http://"+listen+"/items", 8)
	defer c.stop()
	began := time.Now()
	for range r.rounds {
		p := d.start(b)
		d.letLive(p, 700*time.Millisecond)
		answered := c.list() // each of these was answered before the kill
		p.kill()
		rows := d.ids("posts", p)
		for _, id := range answered {
			if id >= len(rows.times) || rows.times[id] == 0 {
				r.wrong("%d was answered with 200 and has no row", id)
			}
		}
	}
	p := d.start(b)
	c.finish(r)
	p.terminate(termLimit)
	d.once("posts", c.next, p)
	r.figures = fmt.Sprintf("%d posts of 8 clients in %.0f s, tried %d times, one row each", c.next, time.Since(began).Seconds(), c.tried)
}

const postToken = "correct horse battery staple"

// freeAddress is an address that nobody listens on, and that the system gives to no outgoing connection: one of these
// could have it when the program is started again.
func freeAddress(r *run) string {
	for range 100 {
		address := "127.0.0.1:" + strconv.Itoa(10000+rand.IntN(22000))
		if l, err := net.Listen("tcp", address); err == nil {
			l.Close()
			return address
		}
	}
	r.t.Fatal("no free address")
	return ""
}

// clients post numbers, each until it is answered.
type clients struct {
	url    string
	ctx    context.Context
	cancel context.CancelFunc
	all    sync.WaitGroup

	mu       sync.Mutex
	next     int
	ending   bool
	answered []int
	tried    int
}

func startClients(url string, n int) *clients {
	c := &clients{url: url}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	for range n {
		c.all.Add(1)
		go c.run()
	}
	return c
}

func (c *clients) run() {
	defer c.all.Done()
	h := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{}}
	defer h.CloseIdleConnections()
	for {
		id, ok := c.take()
		if !ok {
			return
		}
		for !c.post(h, id) {
			if c.ctx.Err() != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		c.note(id)
		if id%5 == 0 {
			c.post(h, id) // its client did not hear of the answer
		}
	}
}

// take is the next number to post.
func (c *clients) take() (id int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending || c.ctx.Err() != nil {
		return 0, false
	}
	c.next++
	return c.next - 1, true
}

func (c *clients) note(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answered = append(c.answered, id)
}

func (c *clients) list() []int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]int(nil), c.answered...)
}

func (c *clients) post(h *http.Client, id int) bool {
	c.mu.Lock()
	c.tried++
	c.mu.Unlock()
	body := fmt.Sprintf(`{"id":%d,"text":"x"}`, id)
	q, err := http.NewRequestWithContext(c.ctx, "POST", c.url, bytes.NewReader([]byte(body)))
	if err != nil {
		return false
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Authorization", "Bearer "+postToken)
	a, err := h.Do(q)
	if err != nil {
		return false
	}
	a.Body.Close()
	return a.StatusCode/100 == 2
}

// finish lets every client get its last answer.
func (c *clients) finish(r *run) {
	c.mu.Lock()
	c.ending = true
	c.mu.Unlock()
	over := make(chan struct{})
	go func() {
		c.all.Wait()
		close(over)
	}()
	select {
	case <-over:
	case <-time.After(r.patience):
		r.wrong("there are posts that get no answer")
	}
}

// stop ends all clients.
func (c *clients) stop() {
	c.cancel()
	c.all.Wait()
}
