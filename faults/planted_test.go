package faults

import (
	"testing"
	"time"
)

// plant is a bug that somebody could write, and the rig that has to find it.
type plant struct {
	name   string
	flow   string
	rig    func(r *run)
	rounds int
	// board gives the program the pins of a board, probe a door into it.
	board, probe bool
	// edges gives it a pin that changes.
	edges bool
	// breaks gives it a sink that breaks down.
	breaks bool
	// hasty is the program that stores often.
	hasty   bool
	set     map[string]string
	changes []change
}

var plants = []plant{
	{
		name: "acknowledge before the work is done", flow: "pipe.hcl", rig: killRig, rounds: 20,
		changes: []change{{file: "rt/mqtt/incoming.go",
			old: "\ts.over(key)\n\treturn nil\n",
			now: "\ts.over(key)\n\tif r := l.at(key); r != nil {\n\t\tr.pending = 0\n\t\tl.acknowledge()\n\t}\n\treturn nil\n"}},
	},
	{
		name: "a leaked token", flow: "pipe.hcl", rig: killRig, rounds: 3,
		changes: []change{{file: "rt/mqtt/out.go",
			old: "\th.End(r.token, r.outcome)\n",
			now: "\tif r.token>>32%97 != 96 {\n\t\th.End(r.token, r.outcome)\n\t}\n"}},
	},
	{
		name: "what was unconfirmed is not sent again", flow: "pipe.hcl", rig: killRig, rounds: 12,
		changes: []change{{file: "rt/mqtt/courier.go",
			old: "\t\tc.epoch, c.next = l.epoch, 0\n",
			now: "\t\tc.epoch, c.next = l.epoch, len(c.pending)\n"}},
	},
	{
		name: "no new subscription", flow: "pipe.hcl", rig: forgetRig, rounds: 4,
		changes: []change{{file: "rt/mqtt/session.go",
			old: "\tfor _, sub := range s.subs {\n\t\tl.subscribe(sub)\n",
			now: "\tfor _, sub := range s.subs {\n\t\tif s.epoch > 1 {\n\t\t\tbreak\n\t\t}\n\t\tl.subscribe(sub)\n"}},
	},
	{
		name: "the broker's memory is trusted", flow: "pipe.hcl", rig: forgetRig, rounds: 16,
		changes: []change{{file: "rt/mqtt/session.go",
			old: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n",
			now: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n\t\t\td.end(flow.OutcomeDelivered, \"\")\n"}},
	},
	{
		name: "an output is left as it is", flow: "pump.hcl", rig: termRig, rounds: 2, board: true,
		changes: []change{{file: "rt/gpio/drive.go",
			old: "\tif err := d.line.It.Set(p.safe); err != nil {\n\t\th.Fault",
			now: "\tif err := d.line.It.Set(p.on.V); err != nil {\n\t\th.Fault"}},
	},
	{
		name: "a stop acknowledges what it leaves", flow: "pump.hcl", rig: termRig, rounds: 10, board: true,
		changes: []change{{file: "rt/mqtt/in.go",
			old: "func (t *In[T]) Stop(*flow.Host) {}",
			now: "func (t *In[T]) Stop(*flow.Host) {\n\ts := t.Via.line.It.session\n\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n" +
				"\tif s.link == nil {\n\t\treturn\n\t}\n\tfor i := range s.link.receipts {\n\t\ts.link.receipts[i].pending = 0\n\t}\n\ts.link.acknowledge()\n}"}},
	},
	{
		name: "a stop that waits too long", flow: "pump.hcl", rig: termRig, rounds: 1, board: true,
		changes: []change{{file: "rt/flow/main.go",
			old: "const drainLimit = 10 * time.Second", now: "const drainLimit = 15 * time.Second"}, {file: "rt/mqtt/out.go",
			old: "return t.courier.It.idle()", now: "return false"}},
	},
	{
		name: "a queue without a bound", flow: "flood.hcl", rig: floodRig, rounds: 10, probe: true,
		changes: []change{{file: "rt/flow/inbox.go",
			old: "\treturn g.sizes.n >= InboxCount || g.sizes.n > 0 && g.bytes+size > InboxBytes\n", now: "\treturn false\n"}},
	},
	{
		name: "what is dropped is not counted", flow: "flood.hcl", rig: floodRig, rounds: 2, probe: true,
		changes: []change{{file: "rt/flow/inbox.go",
			old: "func (g *gate) shed() {\n\tg.dropped++\n", now: "func (g *gate) shed() {\n"}},
	},
	{
		name: "what waits for the broker has no bound", flow: "narrow.hcl", rig: narrowRig, rounds: 10, probe: true,
		changes: []change{{file: "rt/mqtt/courier.go",
			old: "crowded := c.bytes > outboxBytes", now: "crowded := false"}},
	},
	{
		name: "tokens that are over keep their place", flow: "soak.hcl", rig: soakRig, rounds: 40, probe: true, board: true,
		changes: []change{{file: "rt/flow/token.go",
			old: "\tt.free = append(t.free, uint32(k))\n", now: ""}},
	},
	{
		name: "a goroutine for each connection stays", flow: "soak.hcl", rig: soakRig, rounds: 40, probe: true, board: true,
		changes: []change{{file: "rt/mqtt/connection.go",
			old: "\tl := newLink(c.session)\n\tclient,", now: "\tl := newLink(c.session)\n\tgo func() { select {} }()\n\tclient,"}},
	},
	{
		name: "no fsync of what is remembered", rig: powerStateRig, rounds: 20, hasty: true,
		changes: []change{{file: "rt/persist/file.go",
			old: "&bbolt.Options{Timeout: lockWait}", now: "&bbolt.Options{Timeout: lockWait, NoSync: true, NoGrowSync: true}"}},
	},
	{
		name: "what is whole in a damaged memory is forgotten", rig: stateDamagedRig, rounds: 10, hasty: true,
		changes: []change{{file: "rt/persist/salvage.go",
			old: "for n := range mostSeals {", now: "for n := range mostSeals - mostSeals {"}},
	},
	{
		name: "a buffer without fsync", flow: "buffer.hcl", rig: powerBufferRig, rounds: 20,
		set: map[string]string{"on = disk": "on = disk, when = always"},
		changes: []change{{file: "rt/outbox/file.go",
			old: "Timeout: lockWait, FreelistType", now: "Timeout: lockWait, NoSync: true, NoGrowSync: true, FreelistType"}},
	},
	{
		name: "acknowledge before the row is on the disk", flow: "buffer.hcl", rig: powerBufferRig, rounds: 20,
		set: map[string]string{"on = disk": "on = disk, when = always"},
		changes: []change{{file: "rt/outbox/shelf.go",
			old: "\ts.tail = append(s.tail, i)\n\ts.turn()\n", now: "\ts.tail = append(s.tail, i)\n\ts.finish(i, flow.OutcomeDelivered)\n\ts.turn()\n"}},
	},
	{
		name: "rows in another order than they came", flow: "buffer.hcl", rig: bufferRig, rounds: 4,
		changes: []change{{file: "rt/outbox/stored.go",
			old: "return binary.BigEndian.AppendUint64(nil, seq)", now: "return binary.BigEndian.AppendUint64(nil, seq^0x40)"}},
	},
	{
		name: "a buffer that is acknowledged before it is written", flow: "buffer.hcl", rig: bufferRig, rounds: 6,
		changes: []change{{file: "rt/outbox/shelf.go",
			old: "\ts.tail = append(s.tail, i)\n\ts.turn()\n", now: "\ts.tail = append(s.tail, i)\n\ts.finish(i, flow.OutcomeDelivered)\n\ts.turn()\n"}},
	},
	{
		name: "what cannot be read ends the program", flow: "buffer.hcl", rig: bufferCutOffRig, rounds: 6,
		set: map[string]string{"on = disk": "on = disk, when = always"},
		changes: []change{{file: "rt/boltfile/use.go",
			old: "\tdefer debug.SetPanicOnFault(debug.SetPanicOnFault(true))\n\tdefer func() {\n\t\tif v := recover(); v != nil {\n\t\t\terr = broken(v)",
			now: "\tdefer func() {\n\t\tif v := recover(); v != nil {\n\t\t\terr = broken(v)"}},
	},
	{
		name: "a damaged buffer needs room at the start", flow: "buffer.hcl", rig: smallDiskDamagedRig, rounds: 2,
		set:     map[string]string{"on = disk": "on = disk, when = always"},
		changes: []change{{file: "rt/outbox/box.go", old: "\tif noRoom(err) {\n\t\tvar u *unmade", now: "\tif b.told {\n\t\tvar u *unmade"}},
	},
	{
		name: "what waits in a damaged buffer is not known before there is room", flow: "buffer.hcl", rig: smallDiskDamagedRig, rounds: 4,
		set:     map[string]string{"on = disk": "on = disk, when = always"},
		changes: []change{{file: "rt/outbox/unmade.go", old: "\t\terr = u.count(w)\n", now: "\t\t_ = w\n"}},
	},
	{
		name: "rows without fsync", flow: "rows.hcl", rig: powerRowsRig, rounds: 20,
		changes: []change{{file: "rt/sqlite/store.go", old: "PRAGMA synchronous = FULL", now: "PRAGMA synchronous = NORMAL"}},
	},
	{
		name: "a buffer that writes what it could send", flow: "buffer.hcl", rig: wearRig, rounds: 3,
		changes: []change{{file: "rt/outbox/shelf.go", old: "\treturn s.When == flow.BufferAlways || s.First", now: "\treturn s.When != flow.BufferNever || s.First"}},
	},
	{
		name: "what cannot be repeated waits in memory", flow: "edges.hcl", rig: edgesRig, rounds: 8, edges: true,
		changes: []change{{file: "rt/outbox/shelf.go", old: "\treturn s.When == flow.BufferAlways || s.First && s.When != flow.BufferNever\n", now: "\treturn s.When == flow.BufferAlways\n"}},
	},
	{
		name: "nobody counts what a kill takes", flow: "edges.hcl", rig: edgesRig, rounds: 2, edges: true,
		changes: []change{{file: "rt/outbox/unwritten.go", old: "	if s.book == nil || s.before", now: "	if !stopped || s.book == nil || s.before"}},
	},
	{
		name: "what a broker had not confirmed is forgotten with it", flow: "pipe.hcl", rig: restartRig, rounds: 5, set: withStatus,
		changes: []change{{file: "rt/mqtt/session.go",
			old: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n",
			now: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n\t\t\td.end(flow.OutcomeDelivered, \"\")\n"}},
	},
	{
		name: "availability is told once", flow: "pipe.hcl", rig: restartRig, rounds: 1, set: withStatus,
		changes: []change{{file: "rt/mqtt/session.go", old: "\tif s.availability != \"\" {\n\t\tl.announce", now: "\tif s.availability != \"\" && s.epoch == 1 {\n\t\tl.announce"}},
	},
	{
		name: "a quarantined sink keeps what it has", flow: "buffer.hcl", rig: quarantineRig, rounds: 1, breaks: true,
		changes: []change{{file: "rt/flow/instant.go", old: "confined; f != nil {", now: "confined; f != nil && node < 0 {"}},
	},
}

// TestPlantedTextStands keeps the bugs plantable: what they change is still there.
func TestPlantedTextStands(t *testing.T) {
	for _, p := range plants {
		for _, c := range p.changes {
			c.text(t)
		}
	}
}

// TestPlanted plants each bug in turn, and the rig that is for it must find it.
func TestPlanted(t *testing.T) {
	if !long {
		t.Skip("builds a program for each bug: -tags long")
	}
	for _, p := range plants {
		t.Run(p.name, func(t *testing.T) {
			changes := p.changes
			if p.board {
				changes = append(changes, withBoard(t)...)
			}
			if p.edges {
				changes = append(changes, withEdges(t)...)
			}
			if p.breaks {
				changes = append(changes, withBreaks(t)...)
			}
			s := source{flow: p.flow, set: p.set, changes: changes}
			if p.probe {
				s = s.probed(t)
			}
			program := ""
			if p.hasty {
				program = buildHasty(t, changes...)
			} else {
				program = s.build(t)
			}
			r := newRun(t, program, p.rounds, p.rounds)
			r.patience = 12 * time.Second
			p.rig(r)
			if len(r.findings) == 0 {
				t.Errorf("not found in %d rounds: %s", r.rounds, r.figures)
			}
			for _, f := range r.findings {
				t.Logf("found: %.300s", f)
			}
		})
	}
}
