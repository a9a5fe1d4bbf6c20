package main

import (
	"fmt"
	"slices"
	"strings"

	"flowc/compiler/emit"
	"flowc/rt/sim/report"
)

// tellCoverage prints what no test exercised, with places.
func (t *tester) tellCoverage(s *suite) {
	if s.coverage == nil || t.o.json {
		return
	}
	missed := s.missed()
	fmt.Fprintf(t.c.out, "  coverage: %d of %d\n", len(s.points)-len(missed), len(s.points))
	width := 0
	for _, p := range missed {
		width = max(width, len(placeText(p)))
	}
	for _, p := range missed {
		fmt.Fprintf(t.c.out, "    %s  %s\n", t.paint("2", pad(placeText(p), width)), printable(missedText(p)))
	}
}

func placeText(p emit.Point) string { return fmt.Sprintf("%s:%d", p.Pos.File, p.Pos.Line) }

// missed are the points that no test of the suite reached, in the order of the flow.
func (s *suite) missed() (list []emit.Point) {
	for n, p := range s.points {
		if !reached(n, p, s.coverage) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b emit.Point) int {
		if a.Pos.File != b.Pos.File {
			return strings.Compare(a.Pos.File, b.Pos.File)
		}
		return a.Pos.Line - b.Pos.Line
	})
	return list
}

func reached(n int, p emit.Point, c *report.Coverage) bool {
	switch p.Sort {
	case emit.PointFault:
		return slices.Contains(c.Faults, p.Text)
	case emit.PointMove:
		return slices.Contains(c.Moves, p.Text+" "+p.To)
	}
	return slices.Contains(c.Hits, n)
}

// missedText says what never happened.
func missedText(p emit.Point) string {
	switch p.Sort {
	case emit.PointRow:
		return "the row `" + p.Text + "` never came"
	case emit.PointPassed:
		return "nothing was let through: `" + p.Text + "`"
	case emit.PointHeld:
		return "nothing was held back: `" + p.Text + "`"
	case emit.PointFault:
		return "`" + p.Text + "` never had a fault"
	case emit.PointMove:
		return "`" + p.Text + "` never went " + p.To
	}
	return "the answer was never `" + p.Text + "`"
}
