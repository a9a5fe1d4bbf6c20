package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Every message of the checker has one constructor, in the errors files by topic.
// They take typed things and give words; nothing else in the package writes prose.

// finding starts an error at a place.
func finding(code, summary string, r rangeT, label string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Summary: summary, Subject: diag.Span{Range: r, Label: label}}
}

// warning starts a warning at a place.
func warning(code, summary string, r rangeT, label string) *diag.Diagnostic {
	d := finding(code, summary, r, label)
	d.Severity = diag.Warning
	return d
}

// also adds a second place, if there is one and it is another.
func also(d *diag.Diagnostic, r rangeT, label string) {
	if r.Filename == "" || r == d.Subject.Range || r.Filename == "default" {
		return
	}
	d.Related = append(d.Related, diag.Span{Range: r, Label: label})
}

// origin adds the place where a type came from.
func origin(d *diag.Diagnostic, x typed.Expr) {
	t := x.Base().Type
	o := t.Origin
	if t.Kind == types.Nothing || o.Range.Filename == "" || overlaps(o.Range, x.Base().Range) {
		return
	}
	also(d, o.Range, o.Text+" gets its type here: "+t.Say())
}

func overlaps(a, b rangeT) bool {
	return a.Filename == b.Filename && a.Start.Byte < b.End.Byte && b.Start.Byte < a.End.Byte
}

// replace is the one edit that mends a finding.
func replace(d *diag.Diagnostic, r rangeT, text string) {
	d.Fix = []diag.Edit{{Range: r, Text: text}}
}

// rows aligns pasteable lines with what they mean.
func rows(pairs ...string) string {
	width := 0
	for n := 0; n < len(pairs); n += 2 {
		width = max(width, len([]rune(pairs[n])))
	}
	var b strings.Builder
	for n := 0; n < len(pairs); n += 2 {
		pad := strings.Repeat(" ", width-len([]rune(pairs[n])))
		fmt.Fprintf(&b, "%s%s    %s\n", pairs[n], pad, pairs[n+1])
	}
	return b.String()
}

// quoted lists words as `a`, `b` or `c`.
func quoted(list []string, last string) string {
	for n, s := range list {
		list[n] = "`" + s + "`"
	}
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " " + last + " " + list[len(list)-1]
}

// didYouMean adds the nearest names as a hint; with exactly one it is a fix.
func didYouMean(d *diag.Diagnostic, name string, candidates []string, r rangeT) bool {
	near := catalog.Nearest(name, candidates)
	if len(near) == 0 {
		return false
	}
	if len(near) > 3 {
		near = near[:3]
	}
	if len(near) == 1 {
		replace(d, r, near[0])
	}
	d.Hint = "did you mean " + quoted(slices.Clone(near), "or") + "?"
	return true
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// list writes names one after the other, at most a dozen.
func listed(names []string) string {
	if len(names) > 12 {
		return quoted(slices.Clone(names[:12]), "and") + " and others"
	}
	return quoted(slices.Clone(names), "and")
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// article puts the right article before a word.
func article(word string) string {
	spelled := strings.HasPrefix(word, "mqtt") || strings.HasPrefix(word, "http") || strings.HasPrefix(word, "sql_") || word == "rss" || word == "led"
	if spelled || word != "" && strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

// example is a value of a type as one may paste it.
func exampleOf(t *types.Type) string {
	switch t.Kind {
	case types.Bool:
		return "off"
	case types.Int:
		return "0"
	case types.Number:
		return "0.0"
	case types.String:
		return `""`
	case types.Duration:
		return "0.s"
	case types.Quantity:
		if t.Unit.Name == "C" {
			return "20.C"
		}
		if t.Unit.Name != "" {
			return "0." + t.Unit.Name
		}
	case types.Enum:
		return t.Values[0]
	case types.Date:
		return `"2026-12-24"`
	case types.TimeOfDay:
		return `"07:00"`
	}
	return "…"
}
