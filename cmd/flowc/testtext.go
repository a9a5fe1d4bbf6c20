package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/rt/sim/report"
)

// tellTest prints one result.
func (t *tester) tellTest(s *suite, i int) {
	r, test := s.results[i], s.tests[i]
	switch {
	case t.o.json:
		t.tellJSON(s, i)
	case r.Failure != nil:
		fmt.Fprint(t.c.out, t.failureText(s, test, r.Failure))
	case t.o.verbose:
		fmt.Fprintf(t.c.out, "%s %s  %s\n", t.paint("32", "✔"), test.Name,
			t.paint("2", playedText(r.Played)+" in "+tookText(time.Duration(r.Took))))
	}
}

// tellSuite prints what became of a flow.
func (t *tester) tellSuite(s *suite) {
	if t.o.json {
		return
	}
	failed := 0
	for _, r := range s.results {
		if r.Failure != nil {
			failed++
		}
	}
	switch {
	case len(s.flow.Typed.Tests) == 0:
		fmt.Fprintf(t.c.out, "%s %s: no tests\n", t.paint("2", "–"), s.flow.Name)
	case len(s.results) == 0:
		fmt.Fprintf(t.c.out, "%s %s: no test matches\n", t.paint("2", "–"), s.flow.Name)
	case failed > 0:
		fmt.Fprintf(t.c.out, "%s %s: %d of %s failed\n", t.paint("1;31", "✖"), s.flow.Name, failed, plural(len(s.results), "test"))
	default:
		took := ""
		if t.o.verbose {
			took = "  " + t.paint("2", tookText(s.took))
		}
		fmt.Fprintf(t.c.out, "%s %s: %s%s\n", t.paint("32", "✔"), s.flow.Name, plural(len(s.results), "test"), took)
	}
}

// tookText is a time as people read it: three digits.
func tookText(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond).String()
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}

// playedText is how much time passed in a test: "3h 40min".
func playedText(ns int64) string {
	d := time.Duration(ns)
	if d < time.Minute {
		return d.Round(time.Millisecond).String()
	}
	var parts []string
	for _, u := range []struct {
		name string
		d    time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}} {
		if n := d / u.d; n > 0 && len(parts) < 2 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+u.name)
			d -= n * u.d
		}
	}
	return strings.Join(parts, " ")
}

func (t *tester) paint(style, text string) string {
	if !t.c.colorOut {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// failureText shows the step that failed, the values of its parts, and what the wires did.
func (t *tester) failureText(s *suite, test *typed.Test, f *report.Failure) string {
	d := &diag.Diagnostic{Summary: test.Name, Subject: diag.Span{Label: f.Summary}}
	if step := stepAt(test.Steps, f.Pos); step != nil {
		d.Subject.Range = step.Range
	} else {
		d.Why = f.Summary
	}
	var b strings.Builder
	diag.Text(&b, d, s.flow.Sources, diag.Options{Color: t.c.colorOut})
	if f.Message != "" {
		fmt.Fprintf(&b, "\n  %s\n", printable(f.Message))
	}
	if len(f.Parts) > 0 {
		b.WriteString("\n" + partsText(f.Parts))
	}
	if len(f.Notes) > 0 {
		b.WriteString("\n")
		for _, n := range f.Notes {
			fmt.Fprintf(&b, "  %s\n", printable(n))
		}
	}
	if f.Timeline != nil && len(f.Timeline.Rows) > 0 {
		b.WriteString("\n" + t.timelineText(f, s.flow.Typed))
	}
	return b.String() + "\n"
}

func zoneOf(p *typed.Program) *time.Location {
	if loc, err := time.LoadLocation(p.Timezone); err == nil {
		return loc
	}
	return time.UTC
}

// partsText aligns the parts of an expression with their values.
func partsText(parts []report.Part) string {
	width := 0
	for _, p := range parts {
		width = max(width, len([]rune(p.Text)))
	}
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "  %s%s   %s\n", p.Text, strings.Repeat(" ", width-len([]rune(p.Text))), printable(p.Value))
	}
	return b.String()
}

// stepAt finds the step that stands at a place.
func stepAt(steps []*typed.TestStep, place string) *typed.TestStep {
	for _, s := range steps {
		if fmt.Sprintf("%s:%d", s.Pos.File, s.Pos.Line) == place {
			return s
		}
		if found := stepAt(s.Steps, place); found != nil {
			return found
		}
	}
	return nil
}

// testJSON is a result for programs.
type testJSON struct {
	Flow    string          `json:"flow"`
	Test    string          `json:"test"`
	Place   string          `json:"place"`
	Passed  bool            `json:"passed"`
	Played  int64           `json:"played_ns"`
	Took    int64           `json:"took_ns"`
	Failure *report.Failure `json:"failure,omitempty"`
}

func (t *tester) tellJSON(s *suite, i int) {
	r, test := s.results[i], s.tests[i]
	e := json.NewEncoder(t.c.out)
	e.SetEscapeHTML(false)
	e.Encode(testJSON{
		Flow: s.flow.Name, Test: test.Name, Place: fmt.Sprintf("%s:%d", test.Pos.File, test.Pos.Line),
		Passed: r.Failure == nil, Played: r.Played, Took: r.Took, Failure: r.Failure,
	})
}
