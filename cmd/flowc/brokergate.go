package main

import (
	"net"
	"sync"
)

// brokerGate is the door of the simulated broker: while it is away, whoever comes is sent off at once.
type brokerGate struct {
	net.Listener
	mu   sync.Mutex
	away bool
	in   map[net.Conn]bool
}

func newBrokerGate(l net.Listener) *brokerGate {
	return &brokerGate{Listener: l, in: map[net.Conn]bool{}}
}

func (g *brokerGate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if guest := g.let(c); guest != nil {
			return guest, nil
		}
		c.Close()
	}
}

// let lets a client in, unless the broker is away.
func (g *brokerGate) let(c net.Conn) net.Conn {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.away {
		return nil
	}
	guest := &brokerGuest{c, g}
	g.in[guest] = true
	return guest
}

// send takes the broker away, which ends all connections, or brings it back.
func (g *brokerGate) send(away bool) {
	g.mu.Lock()
	g.away = away
	var guests []net.Conn
	if away {
		for c := range g.in {
			guests = append(guests, c)
		}
	}
	g.mu.Unlock()
	for _, c := range guests {
		c.Close()
	}
}

func (g *brokerGate) isAway() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.away
}

// brokerGuest is a connection to the broker.
type brokerGuest struct {
	net.Conn
	gate *brokerGate
}

func (c *brokerGuest) Close() error {
	c.gate.mu.Lock()
	delete(c.gate.in, c)
	c.gate.mu.Unlock()
	return c.Conn.Close()
}
