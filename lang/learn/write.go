package learn

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/syntax"
)

// typing is a type as a flow writes it, with what is to be said of it. Without text nothing can be said: the notes
// tell why.
type typing struct {
	text  string
	notes []string
}

func (t typing) with(notes ...string) typing {
	t.notes = append(slices.Clone(notes), t.notes...)
	return t
}

// writer writes types.
type writer struct {
	known func(string) bool
	block string
	taken []string
	out   strings.Builder
}

// form is text where the checker knows the form, else what it takes instead, with a note.
func (w *writer) form(name, text, instead string) typing {
	if w.known(name) {
		return typing{text: text}
	}
	return typing{text: instead, notes: []string{"would be " + text}}
}

// top writes the block for the samples, if they need one, and gives the type of a sample.
func (w *writer) top(s *shape) typing {
	at := place{}
	if len(s.sorts()) == 1 && s.lists > 0 && s.element != nil && len(s.element.sorts()) == 1 && s.element.objects > 0 {
		if t, ok := w.topRecord(s.element, at); ok && t.text != "" {
			t.text = "list(" + t.text + ")"
			return t
		}
	}
	if len(s.sorts()) == 1 && s.objects > 0 {
		if t, ok := w.topRecord(s, at); ok {
			return t
		}
	}
	return w.typeOf(s, at)
}

// topRecord writes a `type` block. ok is false where the objects are maps, or nothing is known of any field.
func (w *writer) topRecord(s *shape, at place) (typing, bool) {
	if _, _, isMap := s.asMap(); isMap {
		return typing{}, false
	}
	lines, fields := w.record(s, at, w.taken)
	if fields == 0 {
		return typing{notes: plainLines(lines)}, len(lines) > 0
	}
	fmt.Fprintf(&w.out, "type %s {\n%s}\n", w.block, strings.Join(lines, ""))
	return typing{text: w.block}, true
}

// plainLines are comments without their marks.
func plainLines(lines []string) []string {
	out := make([]string, len(lines))
	for n, line := range lines {
		out[n] = strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(line, "# ")), "; left out")
	}
	return out
}

// record writes the fields of an object, one per line, and counts those that have a type.
func (w *writer) record(s *shape, at place, taken []string) (lines []string, fields int) {
	units := unitsIn(s)
	taken = slices.Clone(taken)
	for _, f := range s.fields { // names that are right as they are come first
		if isIdentifier(f.name) && !slices.Contains(reserved, f.name) && !slices.Contains(taken, f.name) {
			taken = append(taken, f.name)
		}
	}
	kept := taken
	for _, f := range s.fields {
		if why, ok := units.only[f.name]; ok {
			lines = append(lines, commentLine(f.name, why))
			continue
		}
		if !printable(f.name) || f.name == "" {
			lines = append(lines, commentLine(f.name, "such a name cannot be written"))
			continue
		}
		name := f.name
		if !slices.Contains(kept, name) || slices.Contains(w.takenAt(at), name) {
			name = freeName(w.fieldName(f.name), taken)
			taken = append(taken, name)
		}
		line, ok := w.fieldLine(f, name, units.at(at, f.name))
		lines = append(lines, line)
		if ok {
			fields++
		}
	}
	return lines, fields
}

// takenAt are the names that no field may have: only at the top, where a message has its own.
func (w *writer) takenAt(at place) []string {
	if at.words == nil {
		return w.taken
	}
	return nil
}

// fieldName is a name for a field whose own cannot be used.
func (w *writer) fieldName(name string) string {
	id := Identifier(name, "field")
	switch id {
	case "time":
		return "at"
	case "meta":
		return "about"
	}
	return id
}

func commentLine(name, why string) string { return "# " + shortText(name) + ": " + why + "\n" }

// fieldLine writes `name = type # notes`; ok is false where there is no type.
func (w *writer) fieldLine(f *field, name string, at place) (line string, ok bool) {
	t := w.typeOf(f.shape, at)
	if t.text == "" {
		return commentLine(f.name, strings.Join(t.notes, "; ")), false
	}
	if name != f.name {
		t.text = "named(" + syntax.Quote(f.name) + ", " + t.text + ")"
	}
	line = name + " = " + t.text + "\n"
	notes := "# " + strings.Join(t.notes, "; ") + "\n"
	switch {
	case len(t.notes) == 0:
	case strings.Contains(t.text, "\n"):
		line = notes + line
	default:
		line = name + " = " + t.text + " " + notes
	}
	return line, true
}

// typeOf types what was seen at a place, missing values included.
func (w *writer) typeOf(s *shape, at place) typing {
	t := w.present(s, at)
	missing := s.null + s.absent
	if missing == 0 || t.text == "" {
		return t
	}
	t.text = "optional(" + t.text + ")"
	var notes []string
	if s.absent > 0 {
		notes = append(notes, fmt.Sprintf("missing in %d of %d", s.absent, s.seen))
	}
	if s.null > 0 {
		notes = append(notes, fmt.Sprintf("null in %d of %d", s.null, s.seen))
	}
	t.notes = append(slices.Clone(t.notes), notes...)
	return t
}

// present types what is there.
func (w *writer) present(s *shape, at place) typing {
	sorts := s.sorts()
	switch {
	case len(sorts) == 0 && s.null > 0:
		return w.undecoded("always null")
	case len(sorts) == 0:
		return w.undecoded("never seen")
	case len(sorts) > 1:
		return w.undecoded(conflict(s, sorts))
	}
	switch sorts[0].sort {
	case Bool:
		return typing{text: "bool"}
	case Number:
		return w.numberType(s.number, s.numbers, at)
	case String:
		return w.stringType(s, at)
	case List:
		return w.listType(s, at)
	}
	return w.objectType(s, at)
}

// undecoded is data without a type of its own.
func (w *writer) undecoded(why string) typing {
	if w.known("json") {
		return typing{text: "json", notes: []string{why}}
	}
	return typing{notes: []string{why + "; left out"}}
}

// conflict tells which sorts met: "sometimes a number (3), sometimes a text (1, \"n/a\")".
func conflict(s *shape, sorts []sortCount) string {
	var parts []string
	for _, c := range sorts {
		example := ""
		if c.sort == String {
			example = ", " + shortText(s.text.distinct[0])
		}
		parts = append(parts, fmt.Sprintf("sometimes %s (%d%s)", c.what, c.n, example))
	}
	return strings.Join(parts, ", ")
}

func (w *writer) listType(s *shape, at place) typing {
	if s.element == nil || s.element.seen == 0 {
		return w.undecoded("always an empty list")
	}
	inner := w.typeOf(s.element, at)
	if inner.text == "" {
		return typing{notes: append([]string{"a list"}, inner.notes...)}
	}
	inner.text = "list(" + inner.text + ")"
	return inner
}

func (w *writer) objectType(s *shape, at place) typing {
	if element, why, isMap := s.asMap(); isMap {
		inner := w.typeOf(element, at)
		if inner.text != "" {
			return typing{text: "map(" + inner.text + ")", notes: append(slices.Clone(inner.notes), why)}
		}
	}
	if len(s.fields) == 0 {
		return w.undecoded("always an empty record")
	}
	if at.words == nil {
		at.words = []string{} // a record inside another type: nothing is taken
	}
	lines, fields := w.record(s, at, nil)
	if fields == 0 {
		return w.undecoded("a record of which nothing is known: " + strings.Join(plainLines(lines), "; "))
	}
	return typing{text: "{\n" + strings.Join(lines, "") + "}"}
}
