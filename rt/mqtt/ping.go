package mqtt

import (
	"context"
	"net"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
	"github.com/eclipse/paho.golang/paho/log"
)

// pinger asks the broker for a sign of life in every keep-alive interval, also
// while messages go out: a broker that vanished without a word takes them in
// silence. It replaces the library's pinger to run on the program's clock.
type pinger struct {
	clock flow.Clock
	w     *wire
}

// Run pings until ctx is done or the broker stops answering.
func (p *pinger) Run(ctx context.Context, conn net.Conn, keepAlive uint16) error {
	if keepAlive == 0 {
		return nil
	}
	// Three quarters of the interval leave time for a slow network.
	every := time.Duration(keepAlive) * time.Second * 3 / 4
	for {
		seen := p.w.received.Load()
		alarm := p.clock.NewTimer(every) // before anybody hears of it: a test steps the clock then
		packets.NewControlPacket(packets.PINGREQ).WriteTo(conn)
		select {
		case <-ctx.Done():
			alarm.Stop()
			return nil
		case <-alarm.C():
		}
		if p.w.received.Load() == seen {
			err := &lost{text: "does not answer a ping"}
			p.w.kill(err)
			return err
		}
	}
}

// The library tells of packets; the wire counts them itself.

func (p *pinger) PacketSent()         {}
func (p *pinger) PacketReceived()     {}
func (p *pinger) PingResp()           {}
func (p *pinger) SetDebug(log.Logger) {}
