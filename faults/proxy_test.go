package faults

import (
	"maps"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"testing"
	"time"
)

// proxy is a network that is as bad as its seed says. It passes connections on to
// another address, and every now and then it stalls one, hands it on in slices of a
// few bytes, swallows what is under way and cuts, resets both ends, or closes one
// direction only.
type proxy struct {
	listener net.Listener
	target   string
	seed     uint64

	// tap, where there is one, gives what sees all that goes one way of a new connection.
	tap func(toTarget bool) func(data []byte)

	mu    sync.Mutex
	calm  bool
	away  bool
	count uint64
	did   map[string]int
	open  map[*passage]bool
	wg    sync.WaitGroup
}

// startProxy begins calm.
func startProxy(t testing.TB, target string, seed uint64) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, target: target, seed: seed, calm: true, did: map[string]int{}, open: map[*passage]bool{}}
	p.wg.Add(1)
	go p.accept()
	t.Cleanup(func() {
		l.Close()
		p.leave() // and with it what is accepted just now
		p.wg.Wait()
	})
	return p
}

func (p *proxy) url() string { return "tcp://" + p.listener.Addr().String() }

// storm begins the trouble, for connections made from now on; calm ends it for all.
func (p *proxy) storm() { p.set(false) }

func (p *proxy) quiet() { p.set(true) }

func (p *proxy) set(calm bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calm = calm
}

// cut ends all connections; what is on its way just then never arrives.
func (p *proxy) cut() {
	p.mu.Lock()
	open := slices.Collect(maps.Keys(p.open))
	p.mu.Unlock()
	for _, c := range open {
		c.tell("cut")
		c.change(func() { c.swallowing = true })
	}
	time.Sleep(20 * time.Millisecond) // messages have to be on their way
	for _, c := range open {
		c.reset()
	}
}

// leave takes away what is behind the proxy, and come brings it back.
func (p *proxy) leave() {
	p.mu.Lock()
	p.away = true
	p.mu.Unlock()
	p.cut()
}

func (p *proxy) come() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away = false
}

// stall stops all connections until the process behind them has ended; quiet does not help.
func (p *proxy) stall() {
	p.mu.Lock()
	open := slices.Collect(maps.Keys(p.open))
	p.mu.Unlock()
	for _, c := range open {
		c.tell("stalled for good")
		c.change(func() { c.stalled = true })
	}
}

// deeds are what proxies did so far, and how many connections they ended.
func deeds(proxies ...*proxy) (all map[string]int, ended int) {
	all = map[string]int{}
	for _, p := range proxies {
		p.mu.Lock()
		for what, n := range p.did {
			all[what] += n
		}
		p.mu.Unlock()
	}
	return all, all["cut"] + all["reset"] + all["half closed"]
}

func (p *proxy) accept() {
	defer p.wg.Done()
	for {
		near, err := p.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.DialTimeout("tcp", p.target, patience)
		if err != nil {
			near.Close()
			continue
		}
		p.mu.Lock()
		if p.away {
			p.mu.Unlock()
			near.Close()
			far.Close()
			continue
		}
		p.count++
		c := &passage{p: p, near: near.(*net.TCPConn), far: far.(*net.TCPConn),
			random: rand.New(rand.NewPCG(p.seed, p.count)), over: make(chan struct{})}
		c.opened = sync.NewCond(&c.mu)
		p.open[c] = true
		calm := p.calm
		p.mu.Unlock()
		p.wg.Add(2)
		go c.pass(c.near, c.far)
		go c.pass(c.far, c.near)
		if !calm {
			p.wg.Add(1)
			go c.trouble()
		}
	}
}

// passage is one connection on its way through.
type passage struct {
	p         *proxy
	near, far *net.TCPConn
	random    *rand.Rand

	mu      sync.Mutex
	opened  *sync.Cond
	stalled bool
	// swallowing takes bytes that never arrive; slice is the most that goes in one
	// piece, or 0.
	swallowing bool
	slice      int
	closed     bool
	over       chan struct{}
}

func (c *passage) pass(from, to *net.TCPConn) {
	defer c.p.wg.Done()
	buffer := make([]byte, 32<<10)
	see := func([]byte) {}
	if c.p.tap != nil {
		see = c.p.tap(to == c.far)
	}
	for {
		n, err := from.Read(buffer)
		if err != nil {
			c.reset()
			return
		}
		for rest := buffer[:n]; len(rest) > 0; {
			k, ok := c.leave(len(rest))
			if !ok {
				return
			}
			if k > 0 {
				see(rest[:k])
				if _, err := to.Write(rest[:k]); err != nil {
					c.reset()
					return
				}
				rest = rest[k:]
			} else {
				rest = nil // swallowed
			}
		}
	}
}

// leave waits for a stall to end, and says how much of n bytes may go on: none where
// they are swallowed.
func (c *passage) leave(n int) (k int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.stalled && !c.closed {
		c.opened.Wait()
	}
	switch {
	case c.closed:
		return 0, false
	case c.swallowing:
		return 0, true
	case c.slice > 0:
		return min(n, c.slice), true
	}
	return n, true
}

// trouble does something bad, again and again, until the connection ends.
func (c *passage) trouble() {
	defer c.p.wg.Done()
	for c.sleep(time.Duration(c.random.IntN(900)) * time.Millisecond) {
		c.p.mu.Lock()
		calm := c.p.calm
		c.p.mu.Unlock()
		if calm {
			return
		}
		switch c.random.IntN(8) {
		case 0, 1, 2:
			c.tell("stalled")
			c.change(func() { c.stalled = true })
			c.sleep(time.Duration(20+c.random.IntN(600)) * time.Millisecond)
			c.change(func() { c.stalled = false })
		case 3, 4:
			c.tell("sliced")
			c.change(func() { c.slice = 1 + c.random.IntN(7) })
			c.sleep(time.Duration(50+c.random.IntN(200)) * time.Millisecond)
			c.change(func() { c.slice = 0 })
		case 5:
			c.tell("cut")
			c.change(func() { c.swallowing = true })
			c.sleep(time.Duration(c.random.IntN(50)) * time.Millisecond)
			c.reset()
		case 6:
			c.tell("reset")
			c.reset()
		case 7:
			c.tell("half closed")
			c.near.CloseWrite()
		}
	}
}

func (c *passage) change(f func()) {
	c.mu.Lock()
	f()
	c.mu.Unlock()
	c.opened.Broadcast()
}

// sleep reports false when the connection has ended.
func (c *passage) sleep(d time.Duration) bool {
	alarm := time.NewTimer(d)
	defer alarm.Stop()
	select {
	case <-c.over:
		return false
	case <-alarm.C:
		return true
	}
}

func (c *passage) tell(what string) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.did[what]++
}

// reset drops both ends with a RST; what is under way is lost.
func (c *passage) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	close(c.over)
	c.opened.Broadcast()
	for _, end := range []*net.TCPConn{c.near, c.far} {
		end.SetLinger(0)
		end.Close()
	}
	go func() { // never with both locks held
		c.p.mu.Lock()
		defer c.p.mu.Unlock()
		delete(c.p.open, c)
	}()
}
