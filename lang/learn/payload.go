package learn

import (
	"fmt"
	"unicode/utf8"
)

// payloadSeen is what the messages of a topic held.
type payloadSeen struct {
	n, json, binary, empty int
	// value is what they were as JSON, text as plain text.
	value *shape
	text  textSeen
}

func newPayload() *payloadSeen { return &payloadSeen{value: newShape()} }

func (p *payloadSeen) add(payload []byte) {
	p.n++
	if len(payload) == 0 {
		p.empty++ // a retained message that was deleted, or a bare signal
		return
	}
	if !utf8.Valid(payload) {
		p.binary++
		return
	}
	if v, ok := ReadOne(payload); ok {
		p.json++
		p.value.add(v)
	}
	p.text.add(string(payload))
}

func (p *payloadSeen) merge(o *payloadSeen) {
	p.n, p.json, p.binary, p.empty = p.n+o.n, p.json+o.json, p.binary+o.binary, p.empty+o.empty
	p.value.merge(o.value)
	p.text.merge(o.text)
}

// records reports whether all payloads are JSON objects.
func (p *payloadSeen) records() bool {
	return p.json > 0 && p.json == p.n-p.empty && len(p.value.sorts()) == 1 && p.value.objects > 0
}

// alike reports whether two topics may carry the same: records that share half of their names, or no records.
func (p *payloadSeen) alike(o *payloadSeen) bool {
	if p.records() != o.records() {
		return false
	}
	return !p.records() || alike([]*field{{shape: p.value}, {shape: o.value}})
}

// border is what a thing says of its payload.
type border struct {
	// setting is "json", "text" or "bytes"; "" leaves the payload a string.
	setting, text string
	// block is the `type` block, if there is one.
	block string
	notes []string
}

// border types the payload; topic are the words of the levels that tell what it is.
func (p *payloadSeen) border(o Options, topic, parent []string) border {
	switch {
	case p.binary > 0 && o.Known != nil && !o.Known("bytes"):
		return border{notes: []string{"no text, but bytes, which this flowc cannot take yet"}}
	case p.binary > 0:
		return border{setting: "bytes", text: "true", notes: []string{"not text"}}
	case p.json > 0 && p.json == p.n-p.empty && !p.plain():
		l := p.value.learned(o)
		if l.Ref == "" {
			return border{notes: append([]string{"JSON that fits no type"}, l.Notes...)}
		}
		return border{setting: "json", text: l.Ref, block: l.Text, notes: l.Notes}
	case p.n == p.empty:
		return border{notes: []string{"always empty"}}
	}
	return p.textBorder(o, place{words: topic, parent: parent})
}

// plain reports whether all payloads are bare numbers or switches: then they are text rather than JSON.
func (p *payloadSeen) plain() bool {
	return p.value.objects+p.value.lists+p.value.strings == 0
}

func (p *payloadSeen) textBorder(o Options, at place) border {
	if p.json > 0 && p.json < p.n-p.empty && !p.plain() {
		return border{notes: []string{fmt.Sprintf("JSON only in %d of %d", p.json, p.n-p.empty)}}
	}
	w := &writer{known: o.Known}
	if w.known == nil {
		w.known = func(string) bool { return true }
	}
	var t typing
	switch {
	case p.text.numeric == p.text.n:
		t = w.numberType(*p.text.number, p.text.n, at)
	case p.value.bools == p.text.n:
		t = typing{text: "bool"}
	default:
		s := newShape()
		s.strings, s.text = p.text.n, p.text
		t = w.stringType(s, at)
	}
	if t.text == "string" {
		return border{notes: t.notes}
	}
	return border{setting: "text", text: t.text, notes: t.notes}
}
