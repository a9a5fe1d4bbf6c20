package diag

import (
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// The text form is made for a terminal of 80 columns: the place in the header ends at headerColumns,
// paragraphs at columns. Source lines and labels may pass both.
const (
	headerColumns = 77
	columns       = 76
)

// Options choose how Text prints.
type Options struct {
	// Color adds ANSI colours; leave it off unless the output is a terminal.
	Color bool
}

// Text writes d for a person: header, source lines with underlines, why, hint, example.
// sources holds the files by the names used in ranges; a place whose file is missing is told without its source line.
func Text(w io.Writer, d *Diagnostic, sources map[string][]byte, opts Options) error {
	p := &printer{paint: paint{on: opts.Color}}
	p.header(d)
	p.snippet(d, sources)
	p.paragraphs(d.Why)
	if d.Hint != "" {
		p.paragraphs("Hint: " + d.Hint)
	}
	p.example(d.Example)
	_, err := io.WriteString(w, p.out.String())
	return err
}

// Text writes every finding of the list, with an empty line between two.
func (l List) Text(w io.Writer, sources map[string][]byte, opts Options) error {
	for i, d := range l {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		if err := Text(w, d, sources, opts); err != nil {
			return err
		}
	}
	return nil
}

// printer collects the text of one finding. Parts are separated by one empty line.
type printer struct {
	out   strings.Builder
	paint paint
}

// header prints "✖ E0301  These units don't match            garden.hcl:11".
func (p *printer) header(d *Diagnostic) {
	mark, style := "✖", errorStyle
	if d.Severity == Warning {
		mark, style = "▲", warningStyle
	}
	head := mark + " " + d.Code + "  "
	if d.Code == "" {
		head = mark + " "
	}
	summary := clean(d.Summary)
	place := placeOf(d.Subject.Range)
	gap := ""
	if place != "" {
		used := displayWidth(head) + displayWidth(summary) + displayWidth(place)
		gap = strings.Repeat(" ", max(2, headerColumns-used))
	}
	p.out.WriteString(p.paint.with(style, strings.TrimRight(head, " ")) + head[len(strings.TrimRight(head, " ")):] + p.paint.with(boldStyle, summary) + gap + place + "\n")
}

// placeOf is "file:line", or empty when the range names no file.
func placeOf(r hcl.Range) string {
	if r.Filename == "" {
		return ""
	}
	if r.Start.Line < 1 {
		return clean(r.Filename)
	}
	return fmt.Sprintf("%s:%d", clean(r.Filename), r.Start.Line)
}

// paragraphs prints text indented by two; a line break in it starts a new line, an empty line a new paragraph.
func (p *printer) paragraphs(text string) {
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		return
	}
	p.out.WriteString("\n")
	for line := range strings.SplitSeq(text, "\n") {
		for _, row := range wrap(clean(line), columns-2) {
			p.out.WriteString(strings.TrimRight("  "+row, " ") + "\n")
		}
	}
}

// example prints the lines to paste, indented by six.
func (p *printer) example(text string) {
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		return
	}
	p.out.WriteString("\n")
	for line := range strings.SplitSeq(text, "\n") {
		p.out.WriteString(strings.TrimRight("      "+clean(line), " ") + "\n")
	}
}
