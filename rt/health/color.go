package health

import (
	"time"

	"flowc/rt/flow"
)

// color is how the program does.
type color string

const (
	green  color = "green"
	yellow color = "yellow"
	red    color = "red"
)

// remembered is for how long what was lost keeps the page yellow.
const remembered = 10 * time.Minute

// verdict is a color with its reasons, the worst first.
type verdict struct {
	color   color
	reasons []string
}

func (v *verdict) because(c color, reason string) {
	reason = flow.Redacted(reason)
	switch {
	case c == red && v.color != red:
		v.color, v.reasons = red, append([]string{reason}, v.reasons...)
	case v.color == green:
		v.color = c
		fallthrough
	default:
		v.reasons = append(v.reasons, reason)
	}
}

func (p *Page) judge(r *report, resting string, hangs time.Duration) verdict {
	v := verdict{color: green}
	if resting != "" {
		v.because(red, resting)
		return v
	}
	switch {
	case hangs > 0:
		v.because(red, "the program hangs: no occurrence has come to its end for "+seconds(hangs)+" s")
	case r.broken != "":
		v.because(red, r.broken)
	case !r.taken:
		v.because(yellow, "the program is starting")
	}
	for _, t := range r.things {
		name := t.Pos + " " + t.Name + ": "
		if t.held {
			v.because(red, name+"quarantined; its outputs are safe or not ready until the program starts again")
		}
		if t.ails != "" {
			v.because(yellow, name+t.ails)
		}
	}
	for _, ails := range r.ails {
		v.because(yellow, ails)
	}
	for _, b := range r.buffers {
		switch {
		case b.Trouble != "":
			v.because(yellow, b.name+": "+b.Trouble)
		case b.Full:
			v.because(yellow, b.name+": its buffer is full")
		}
		if b.Letters > 0 {
			v.because(yellow, b.name+": "+flow.FormatInt(int64(b.Letters))+" dead letters")
		}
	}
	p.mu.Lock()
	lost, ago := p.lost, p.clock.Mono()-p.grew
	p.mu.Unlock()
	if lost > 0 && ago < remembered {
		v.because(yellow, "occurrences were lost in the last ten minutes (dropped, refused or dead), "+flow.FormatInt(int64(lost))+" since the start")
	}
	return v
}

func seconds(d time.Duration) string { return flow.FormatInt(int64(d / time.Second)) }

// text is the answer of /healthz.
func (v verdict) text() string {
	s := string(v.color) + "\n"
	for _, reason := range v.reasons {
		s += "- " + reason + "\n"
	}
	return s
}
