package faults

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/eclipse/paho.golang/packets"
)

// TestWear counts what reaches the card. While both ends are there a buffer writes nothing,
// and what is remembered is written once in five seconds.
func TestWear(t *testing.T) {
	beside(t)
	t.Run("buffer", func(t *testing.T) {
		r := newRun(t, build(t, "buffer.hcl"), 3, 60)
		wearRig(r)
		r.report()
	})
	t.Run("memory", func(t *testing.T) {
		s := source{flow: "soak.hcl", changes: withBoard(t)}
		r := newRun(t, s.build(t), 7, 60)
		wearRig(r)
		r.report()
	})
}

// wearEvery is how often a store may be written.
const wearEvery = 5

// A round is a second at 500 messages.
func wearRig(r *run) {
	l := newLedger()
	b := newWitness(r.t, l)
	pins := newBoard(r.t)
	remembers := strings.HasSuffix(r.program, "/soak")
	var took time.Duration
	rec := record(r.t, r.program, func(p *process) {
		// Both ends: for one that is away for two seconds a buffer is right to write.
		if !b.Wait(r.patience, func() bool { return len(b.Subscribes()) > 0 && b.Connected() == 2 }) {
			r.t.Fatalf("no subscription, or not both connections:\n%s", p.log)
		}
		began := time.Now()
		stream := startLoadOf(b, 500, 1, func(id int) (string, string) {
			return "in/item", fmt.Sprintf(`{"id":%d,"text":"","moisture":%d}`, id, id%60)
		})
		time.Sleep(time.Duration(r.rounds) * time.Second)
		r.drain(b, l, stream.end())
		took = time.Since(began)
	}, "FLOW_SOURCE="+b.URL(), "FLOW_SINK="+b.URL(), pins.env())
	begun, writes, syncs := false, 0, 0
	for _, e := range rec.deeds {
		switch {
		case e.call == "write" && strings.HasPrefix(e.file, "socket:"):
			kind, size := packet(e.data)
			begun = begun || size > 0 && kind == packets.PUBLISH
		case !begun || !strings.HasPrefix(e.file, rec.folder):
		case e.call == "sync":
			syncs++
		default:
			writes++
		}
	}
	if !begun {
		r.wrong("no message was sent on")
	}
	most := 0
	if remembers {
		most = 2 * (int(took.Seconds())/wearEvery + 1) // a transaction syncs twice
	}
	if syncs > most || most == 0 && writes > 0 {
		r.wrong("%d messages in %d s made %d writes and %d syncs; %d syncs are right", l.has(), int(took.Seconds()), writes, syncs, most)
	}
	if remembers && syncs == 0 {
		r.wrong("what is remembered is never written")
	}
	r.figures = fmt.Sprintf("%d messages: %d writes, %d syncs", l.has(), writes, syncs)
}
