package faults

import (
	"testing"
	"time"
)

// plant is a bug that somebody could write, and the rig that has to find it.
type plant struct {
	name    string
	flow    string
	rig     func(r *run)
	rounds  int
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
		name: "the broker's memory is trusted", flow: "pipe.hcl", rig: forgetRig, rounds: 4,
		changes: []change{{file: "rt/mqtt/session.go",
			old: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n",
			now: "\t\t\td.forget()\n\t\t\tdelete(s.waiting, id)\n\t\t\td.end(flow.OutcomeDelivered, \"\")\n"}},
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
			r := newRun(t, build(t, p.flow, p.changes...), p.rounds, p.rounds)
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
