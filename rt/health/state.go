package health

import (
	"strconv"
	"time"

	"flowc/rt/flow"
	"flowc/rt/wirejson"
)

// object writes JSON, a field after the other.
type object struct{ b []byte }

func (o *object) open(c byte) { o.b = append(o.b, c) }

func (o *object) close(c byte) {
	if n := len(o.b); o.b[n-1] == ',' {
		o.b = o.b[:n-1]
	}
	o.b = append(o.b, c, ',')
}

func (o *object) name(name string) {
	o.b = wirejson.AppendString(o.b, name)
	o.b = append(o.b, ':')
}

func (o *object) text(name, v string) {
	o.name(name)
	o.b = append(wirejson.AppendString(o.b, flow.Redacted(v)), ',')
}

func (o *object) count(name string, v uint64) {
	o.name(name)
	o.b = append(strconv.AppendUint(o.b, v, 10), ',')
}

func (p *Page) state(r *report, v verdict) []byte {
	o := &object{}
	o.open('{')
	o.text("program", r.info.Name)
	o.text("hash", r.info.Hash)
	o.text("time", r.time.UTC().Format(time.RFC3339))
	o.count("uptime_seconds", uint64(p.clock.Mono()/time.Second))
	o.text("health", string(v.color))
	o.name("reasons")
	o.open('[')
	for _, reason := range v.reasons {
		o.b = append(wirejson.AppendString(o.b, reason), ',')
	}
	o.close(']')
	o.things(r)
	o.buffers(r)
	o.name("wires")
	o.open('{')
	for _, w := range r.wires {
		o.text(w.name, w.text)
	}
	o.close('}')
	if r.more {
		o.text("more_wires", "only the first thousand are shown")
	}
	o.faults(r)
	o.close('}')
	o.b[len(o.b)-1] = '\n'
	return o.b
}

func (o *object) things(r *report) {
	o.name("things")
	o.open('[')
	for _, t := range r.things {
		o.open('{')
		o.text("name", t.Name)
		o.text("kind", t.Kind)
		o.text("at", t.Pos)
		if t.held {
			o.text("quarantined", "until the program starts again")
		}
		if t.ails != "" {
			o.text("trouble", t.ails)
		}
		if t.source {
			o.count("accepted", t.Accepted)
			o.count("delivered", t.Delivered)
			o.count("dropped", t.Dropped)
			o.count("dead", t.Dead)
			o.count("handed", t.Handed)
			o.count("in_flight", t.InFlight)
			o.count("refused", t.Refused)
		}
		o.close('}')
	}
	o.close(']')
}

func (o *object) buffers(r *report) {
	o.name("buffers")
	o.open('[')
	for _, b := range r.buffers {
		o.open('{')
		o.text("sink", b.name)
		o.count("stored", b.Stored)
		o.count("sent", b.Sent)
		o.count("dropped", b.Dropped)
		o.count("dead", b.Dead)
		o.count("waiting", b.Waiting)
		o.count("refused", b.Refused)
		o.count("bytes", uint64(b.Bytes))
		o.count("dead_letters", b.Letters)
		if b.Trouble != "" {
			o.text("trouble", b.Trouble)
		}
		o.close('}')
	}
	o.close(']')
}

func (o *object) faults(r *report) {
	o.count("faults", r.faults)
	o.name("last_faults")
	o.open('[')
	for _, f := range r.last {
		o.open('{')
		o.text("time", f.Time.UTC().Format(time.RFC3339))
		o.text("at", f.Position)
		o.text("node", f.Node)
		o.text("message", f.Message)
		o.close('}')
	}
	o.close(']')
}
