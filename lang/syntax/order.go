package syntax

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Settings of a thing come in three groups. Settings that are in no table are logic.
var (
	wiring = map[string]bool{"pin": true, "via": true, "topic": true, "url": true, "bus": true, "from": true, "into": true}
	limits = map[string]bool{"max_on": true, "rest": true, "safe": true, "stale": true}
)

func group(name string) int {
	switch {
	case wiring[name]:
		return 0
	case limits[name]:
		return 2
	}
	return 1
}

// keepsOrder tells whether the lines of a block stay where they are: fields of a type, steps of a test and local
// equations of a function have an order of their own.
func keepsOrder(kind string) bool {
	switch kind {
	case "type", "enum", "variant", "function", "state", "sequence", "component", "use", "setting", "secret",
		"interlock", "invariant", "test", "program", "site", "board":
		return true
	}
	return false
}

// orderEdits puts the settings of things into order: of those at the top level and of those in components.
// A block with for_each is an instance of a component, whose inputs have names and an order of their own.
// Blocks inside a thing stay as they are, and settings do not move across them.
func orderEdits(r *reader) []textEdit {
	var edits []textEdit
	lines := lineStarts(r.text)
	var visit func(blocks []*Block)
	visit = func(blocks []*Block) {
		for _, b := range blocks {
			switch {
			case b.Kind == "component":
				visit(b.Blocks)
			case !keepsOrder(b.Kind) && b.Attr("for_each") == nil:
				edits = append(edits, orderBlock(r, lines, b)...)
			}
		}
	}
	visit(r.blocks)
	return edits
}

func orderBlock(r *reader, lines []int, b *Block) []textEdit {
	var edits []textEdit
	var run []*Attr
	flush := func() {
		if e, ok := orderRun(r, lines, b, run); ok {
			edits = append(edits, e)
		}
		run = nil
	}
	inner := b.Blocks
	for _, a := range b.Attrs {
		for len(inner) > 0 && inner[0].KindRange.Start.Byte < a.NameRange.Start.Byte {
			flush()
			inner = inner[1:]
		}
		run = append(run, a)
	}
	flush()
	return edits
}

// segment is a setting with the comments directly above it: whole lines, from 1.
type segment struct {
	first, last int
	group       int
}

// orderRun orders settings that follow each other. Where a comment stands by itself, or a line is shared,
// nobody knows what belongs to what: such a run is left alone.
func orderRun(r *reader, lines []int, b *Block, run []*Attr) (textEdit, bool) {
	sorted := slices.IsSortedFunc(run, func(x, y *Attr) int { return group(x.Name) - group(y.Name) })
	if sorted {
		return textEdit{}, false
	}
	var segments []segment
	above := b.Body.Start.Line // the last line taken
	for _, a := range run {
		s, ok := segmentOf(r, a, above)
		if !ok || len(segments) > 0 && !blankLines(r.text, lines, above+1, s.first) {
			return textEdit{}, false
		}
		segments = append(segments, s)
		above = s.last
	}
	from, to := lines[segments[0].first-1], lines[above]-1
	slices.SortStableFunc(segments, func(x, y segment) int { return x.group - y.group })
	var text []string
	for _, s := range segments {
		text = append(text, string(r.text[lines[s.first-1]:lines[s.last]-1]))
	}
	return textEdit{from, to, strings.Join(text, "\n")}, true
}

// segmentOf finds the lines of a setting, which begin below the line above.
func segmentOf(r *reader, a *Attr, above int) (segment, bool) {
	s := segment{first: a.NameRange.Start.Line, last: a.Range.End.Line, group: group(a.Name)}
	start := a.NameRange.Start.Byte
	if s.first <= above || len(bytes.TrimSpace(r.text[lineStart(r.text, start):start])) > 0 {
		return s, false
	}
	for {
		c, ok := r.comments[s.first-1]
		if !ok || c.firstLine <= above {
			break
		}
		s.first = c.firstLine
	}
	end := a.Range.End
	for _, tok := range tokensIn(r.tokens, rangeToLineEnd(r, a)) {
		switch tok.Type {
		case hclsyntax.TokenNewline:
		case hclsyntax.TokenComment:
			if !endsLine(tok) && tok.Range.End.Line > end.Line {
				return s, false // a comment of several lines begins behind the setting
			}
		default:
			return s, false
		}
	}
	return s, true
}

// rangeToLineEnd is what follows a setting on its last line.
func rangeToLineEnd(r *reader, a *Attr) hcl.Range {
	rest := a.Range
	rest.Start = a.Range.End
	rest.End.Byte = lineEnd(r.text, rest.Start.Byte)
	return rest
}

// lineStarts gives the byte of each line's start; the last entry is one past the end.
func lineStarts(src []byte) []int {
	starts := []int{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// blankLines tells whether lines from up to but without to hold nothing.
func blankLines(src []byte, starts []int, from, to int) bool {
	return from >= to || len(bytes.TrimSpace(src[starts[from-1]:starts[to-1]])) == 0
}
