package sim

import (
	"encoding/json"
	"reflect"

	"flowc/rt/sim/report"
)

// fits reports whether a message is as expected.
func (s Sent) fits(p publication) bool {
	if s.Topic.OK && !report.Wild(s.Topic.V, p.topic) || s.Text.OK && !report.Wild(s.Text.V, p.payload) {
		return false
	}
	if s.JSON != nil && !alike(s.JSON, []byte(p.payload)) {
		return false
	}
	if len(s.Columns) > 0 && !s.columnsFit(cells(p.payload)) {
		return false
	}
	if len(s.Fields) == 0 {
		return true
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(p.payload), &fields) != nil {
		return false
	}
	for _, f := range s.Fields {
		have, ok := fields[f.Name]
		if !ok {
			have = json.RawMessage("null")
		}
		if !alike(f.JSON, have) {
			return false
		}
	}
	return true
}

func (s Sent) columnsFit(row []string) bool {
	for _, c := range s.Columns {
		if c.Index >= len(row) || !report.Wild(c.Text, row[c.Index]) {
			return false
		}
	}
	return true
}

// cells are the values of a row that a kind has told: they stand between commas, and
// texts in quotes, as Go writes them.
func cells(row string) (list []string) {
	from, quoted := 0, false
	for i := 0; i < len(row); i++ {
		switch {
		case quoted && row[i] == '\\':
			i++
		case row[i] == '"':
			quoted = !quoted
		case row[i] == ',' && !quoted:
			list = append(list, row[from:i])
			from = i + len(", ")
		}
	}
	return append(list, row[min(from, len(row)):])
}

// alike reports whether two JSON values are the same, with `*` in the texts of the
// first for any text.
func alike(want, have []byte) bool {
	var w, h any
	if json.Unmarshal(want, &w) != nil || json.Unmarshal(have, &h) != nil {
		return string(want) == string(have)
	}
	return sameJSON(w, h)
}

func sameJSON(w, h any) bool {
	switch w := w.(type) {
	case string:
		text, ok := h.(string)
		return ok && report.Wild(w, text)
	case map[string]any:
		m, ok := h.(map[string]any)
		if !ok || len(m) != len(w) {
			return false
		}
		for k, v := range w {
			if other, there := m[k]; !there || !sameJSON(v, other) {
				return false
			}
		}
		return true
	case []any:
		l, ok := h.([]any)
		if !ok || len(l) != len(w) {
			return false
		}
		for i := range w {
			if !sameJSON(w[i], l[i]) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(w, h)
}
