package wiretext

import (
	"bytes"

	"flowc/rt/wirejson"
)

// Lines begins a message of lines that look like a pattern. texts are what stands
// before, between and behind its captures: "T=", ";H=", "" for T={t};H={h}. A
// capture ends where the text behind it is found first; the last one, without a
// text behind it, at the end of the line.
func (r *Reader) Lines(data []byte, texts ...string) {
	r.begin(data)
	r.pattern = texts
}

// match finds the captures of the line that begins here.
func (r *Reader) match() {
	line := r.data
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line, r.data = line[:end], line[end+1:]
	} else {
		r.data = nil
	}
	line = bytes.TrimSuffix(line, []byte("\r"))
	rest, ok := bytes.CutPrefix(line, []byte(r.pattern[0]))
	last := len(r.pattern) - 1
	for _, text := range r.pattern[1:last] {
		var before []byte
		if before, rest, ok = cutIf(ok, rest, text); ok {
			r.cells = append(r.cells, cell{text: before})
		}
	}
	if ok {
		rest, ok = bytes.CutSuffix(rest, []byte(r.pattern[last]))
		r.cells = append(r.cells, cell{text: rest})
	}
	if !ok {
		r.fail(&wirejson.Error{Want: "a text like " + r.shown(), Found: wirejson.Quoted(line)})
	}
}

func cutIf(ok bool, line []byte, text string) (before, after []byte, found bool) {
	if !ok {
		return nil, nil, false
	}
	return bytes.Cut(line, []byte(text))
}

// shown is the pattern with … for what is captured.
func (r *Reader) shown() string {
	text := r.pattern[0]
	for _, t := range r.pattern[1:] {
		text += "…" + t
	}
	return text
}
