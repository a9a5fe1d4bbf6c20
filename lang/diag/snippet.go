package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// place is a span found in its source: one line, and the bytes of it to underline.
type place struct {
	Span
	subject  bool
	line     int    // from 1
	known    bool   // the source is at hand
	text     string // the source line without its line end
	from, to int    // bytes in text; from == to underlines one column
}

// snippet prints the source lines of all spans: other files first, the subject's file last,
// each file from top to bottom, skipped lines as one ┆.
func (p *printer) snippet(d *Diagnostic, sources map[string][]byte) {
	places := placesOf(d, sources)
	if len(places) == 0 || bytes.IndexByte(sources[d.Subject.Range.Filename], 0) >= 0 && d.Subject.Label == "" {
		return // there are no lines to show of what is no text
	}
	p.out.WriteString("\n")
	digits := 0
	for _, pl := range places {
		digits = max(digits, len(strconv.Itoa(pl.line)))
	}
	several := places[0].Range.Filename != d.Subject.Range.Filename
	for i, pl := range places {
		newFile := i == 0 || places[i-1].Range.Filename != pl.Range.Filename
		switch {
		case newFile && several:
			p.gutter(digits, "", "╭", clean(fmt.Sprintf("%s:%d", pl.Range.Filename, pl.line)))
		case !newFile && pl.line > places[i-1].line+1:
			p.gutter(digits, "", "┆", "")
		}
		p.place(d, pl, digits, newFile || pl.line != places[i-1].line)
	}
}

// placesOf resolves the spans and puts them in the order they are printed.
func placesOf(d *Diagnostic, sources map[string][]byte) []place {
	var all []place
	add := func(s Span, subject bool) {
		if s.Range.Filename == "" {
			return
		}
		if src, known := sources[s.Range.Filename]; known {
			all = append(all, locate(s, subject, src))
		} else if s.Range.Start.Line > 0 && s.Label != "" {
			all = append(all, place{Span: s, subject: subject, line: s.Range.Start.Line})
		}
	}
	add(d.Subject, true)
	for _, s := range d.Related {
		add(s, false)
	}
	files := map[string]int{d.Subject.Range.Filename: len(all) + 1}
	for i, pl := range all {
		if _, seen := files[pl.Range.Filename]; !seen {
			files[pl.Range.Filename] = i
		}
	}
	slices.SortStableFunc(all, func(a, b place) int {
		return cmp.Or(
			cmp.Compare(files[a.Range.Filename], files[b.Range.Filename]),
			cmp.Compare(a.line, b.line),
		)
	})
	return all
}

// locate finds the line of a span. Places outside the source are moved to its nearest end:
// a finding with a slip in its place is better shown than lost.
func locate(s Span, subject bool, src []byte) place {
	start := offset(s.Range.Start, src)
	end := max(start, offset(s.Range.End, src))
	lineStart := bytes.LastIndexByte(src[:start], '\n') + 1
	lineEnd := len(src)
	if i := bytes.IndexByte(src[lineStart:], '\n'); i >= 0 {
		lineEnd = lineStart + i
	}
	text := strings.TrimSuffix(string(src[lineStart:lineEnd]), "\r")
	if end > lineEnd { // a range of several lines is shown by its first
		end = lineStart + len(strings.TrimRight(text, " \t"))
	}
	from := min(start-lineStart, len(text))
	return place{
		Span:    s,
		subject: subject,
		known:   true,
		line:    bytes.Count(src[:lineStart], []byte("\n")) + 1,
		text:    text,
		from:    from,
		to:      max(from, min(end-lineStart, len(text))),
	}
}

// offset is the byte a position means, within 0 to len(src). Positions made by hand may lack the byte.
func offset(pos hcl.Pos, src []byte) int {
	if pos.Byte > 0 || pos.Line <= 1 && pos.Column <= 1 {
		return max(0, min(pos.Byte, len(src)))
	}
	at := 0
	for range pos.Line - 1 {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			return len(src)
		}
		at += i + 1
	}
	return max(at, min(at+pos.Column-1, len(src)))
}

// place prints the source line, if it was not printed just before, and the underline with its label.
func (p *printer) place(d *Diagnostic, pl place, digits int, withLine bool) {
	if !pl.known {
		p.gutter(digits, strconv.Itoa(pl.line), "│", clean(pl.Label))
		return
	}
	line, at, n := visible(pl)
	if withLine {
		p.gutter(digits, strconv.Itoa(pl.line), "│", line)
	}
	mark, style := "─", relatedStyle
	if pl.subject {
		mark, style = "^", errorStyle
		if d.Severity == Warning {
			style = warningStyle
		}
	}
	under := strings.Repeat(mark, n)
	if pl.Label != "" {
		under += " " + clean(pl.Label)
	}
	p.gutter(digits, "", "│", strings.Repeat(" ", at)+p.paint.with(style, under))
}

// gutter prints one line of the snippet: number, bar, text.
func (p *printer) gutter(digits int, number, bar, text string) {
	left := fmt.Sprintf("  %*s %s", digits, number, bar)
	p.out.WriteString(p.paint.with(gutterStyle, left))
	if text != "" {
		p.out.WriteString(" " + text)
	}
	p.out.WriteString("\n")
}
