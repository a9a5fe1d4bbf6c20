package main

import (
	"fmt"
	"strings"

	"flowc/lang/typed"
)

// equationHead is the first lines about an equation: what it is and says.
func equationHead(d *typed.Equation) string {
	what := "an equation"
	switch d.X.(type) {
	case *typed.State:
		what = "a state"
	case *typed.Sequence:
		what = "a sequence"
	}
	head := fmt.Sprintf("%s, %s at %s\n%s\n", d.Name, what, posText(d.Pos), indent(d.Doc))
	if what != "an equation" {
		return head
	}
	if x, ok := d.X.(*typed.Gather); ok {
		return head + fmt.Sprintf("  one for each of %s\n\n", strings.Join(x.Keys.Values, ", "))
	}
	return head + fmt.Sprintf("  %s = %s\n\n", d.Name, d.X.Base().Text)
}

// valueRows are what a name can be read as.
func valueRows(s *sheet, d *typed.Equation) {
	q, ok := d.X.(*typed.Sequence)
	if !ok {
		s.row(d.Name, infoText(d.X.Base()))
		return
	}
	s.row(d.Name+".running", "value of bool")
	s.row(d.Name+".finished", "event")
	s.row(d.Name+".cancelled", "event")
	for _, step := range q.Steps {
		s.row(d.Name+"."+stepName(step)+".active", "value of bool")
	}
}

// memoryRows are the table of a state, or the steps of a sequence, as they are written.
func memoryRows(s *sheet, d *typed.Equation) {
	switch x := d.X.(type) {
	case *typed.State:
		s.row("start", x.Start.Base().Text)
		var rows []string
		for _, r := range x.Rows {
			rows = append(rows, rowText(r))
		}
		s.lines("on", rows)
	case *typed.Sequence:
		s.row("start", x.Start.Base().Text)
		if x.Cancel != nil {
			s.row("cancel", x.Cancel.Base().Text)
		}
		var steps []string
		for _, step := range x.Steps {
			steps = append(steps, stepText(step))
		}
		s.lines("steps", steps)
	}
}

func rowText(r typed.StateRow) string {
	var left string
	if r.After != nil {
		left = "after " + timeText(r.After)
	} else {
		left = r.On.Base().Text
	}
	return left + " → " + oneLine(r.Next.Base().Text)
}

func stepName(s typed.SequenceStep) string {
	if s.Key == "" {
		return s.Name
	}
	return fmt.Sprintf("%s[%q]", s.Name, s.Key)
}

func stepText(s typed.SequenceStep) string {
	text := stepName(s)
	if s.For != nil {
		text += " for " + timeText(s.For)
	}
	if s.Until != nil {
		text += " until " + s.Until.Base().Text
	}
	return text
}

// timeText is a time that is known as it is, any other as it is written.
func timeText(x typed.Expr) string {
	if k, ok := x.(*typed.Const); ok {
		if d, ok := durationOf(k.V); ok {
			return durationText(d)
		}
	}
	return x.Base().Text
}
