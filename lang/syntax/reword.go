package syntax

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// syntaxError is a finding in the grammar. Summaries of E0003 differ: they say what is wrong.
func syntaxError(summary string, r hcl.Range, label string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "E0003", Summary: summary, Subject: diag.Span{Range: r, Label: label}}
}

// maxFindings is how many findings in one item are told; nobody reads on.
const maxFindings = 20

// reword tells in our words what HCL found in one item of the top level. Where a known mistake explains what HCL
// stumbled over, the mistake is told; HCL's own findings from that line on are consequences.
func reword(src []byte, words []word, body *hclsyntax.Body, hclFound hcl.Diagnostics) diag.List {
	found := mistakes(src, words)
	firstLine := -1
	if len(found) > 0 {
		firstLine = found[0].Subject.Range.Start.Line
	}
	told := map[int]bool{}
	for _, h := range hclFound {
		if len(found) >= maxFindings {
			break
		}
		r := words[0].Range
		if h.Subject != nil {
			r = *h.Subject
		}
		redefined := h.Summary == "Attribute redefined"
		if told[r.Start.Line] || firstLine >= 0 && r.Start.Line >= firstLine && !redefined {
			continue
		}
		told[r.Start.Line] = true
		found = append(found, rewordOne(src, words, body, h.Summary, r))
		if !redefined && firstLine < 0 {
			firstLine = r.Start.Line // what follows in this item may come from this
		}
	}
	return found
}

// rewordOne finds our words for one of HCL's messages.
func rewordOne(src []byte, words []word, body *hclsyntax.Body, summary string, r hcl.Range) *diag.Diagnostic {
	if summary == "Attribute redefined" {
		return setTwice(src, body, r)
	}
	i := wordAt(words, r.Start.Byte)
	if d := missingBetween(words, i, summary); d != nil {
		return d
	}
	say, known := rewordings[summary]
	if !known {
		say = unknownRewording
		for prefix, p := range rewordingPrefixes {
			if strings.HasPrefix(summary, prefix) {
				say = p
			}
		}
	}
	d := syntaxError(say.summary, r, say.label)
	d.Hint = say.hint
	d.Example = say.example
	return d
}

// wordAt is the index of the word that holds a byte, or the last one.
func wordAt(words []word, at int) int {
	for i, w := range words {
		if at < w.Range.End.Byte {
			return i
		}
	}
	return len(words) - 1
}

// missingBetween tells of two things that stand side by side with nothing between them.
func missingBetween(words []word, i int, summary string) *diag.Diagnostic {
	if i < 1 || i >= len(words) {
		return nil
	}
	w := words[i]
	before := words[lastWord(words, i)]
	at := hcl.Range{Filename: before.Range.Filename, Start: before.Range.End, End: before.Range.End}
	switch summary {
	case "Missing argument separator", "Missing item separator", "Missing attribute separator":
		if !startsOperand(w.Type) {
			return nil
		}
		d := syntaxError("A comma is missing", w.Range, "a comma belongs before this")
		d.Fix = []diag.Edit{{Range: at, Text: ","}}
		return d
	case "Missing newline after argument", "Unbalanced parentheses", "Missing close bracket on index":
		if !startsOperand(w.Type) || !endsOperand(before.Type) {
			return nil
		}
		if before.is(hclsyntax.TokenIdent) && w.is(hclsyntax.TokenOQuote) && before.touches(w) && len(before.Bytes) == 1 {
			d := syntaxError("A text needs no letter before it", before.Range, "this is read as a name")
			d.Hint = "take it away; a value is put into a text with `${…}`."
			d.Fix = []diag.Edit{{Range: before.Range}}
			return d
		}
		d := syntaxError("Something is missing here", w.Range, "what has this to do with the value before it?")
		d.Related = []diag.Span{{Range: before.Range, Label: "the value could end here"}}
		d.Hint = "join the two with an operator; text goes in quotes; the next setting begins on a line of its own."
		if i >= 3 && w.is(hclsyntax.TokenOBrace) && before.is(hclsyntax.TokenIdent) && words[i-2].is(hclsyntax.TokenEqual) && words[i-3].is(hclsyntax.TokenIdent) {
			d.Hint = "a thing is a block: its kind, and then its name:"
			d.Example = string(before.Bytes) + " " + string(words[i-3].Bytes) + " {\n  …\n}"
		}
		return d
	}
	return nil
}

// lastWord is the index of the word before words[i] that is no line end.
func lastWord(words []word, i int) int {
	for i--; i > 0 && words[i].is(hclsyntax.TokenNewline); i-- {
	}
	return max(i, 0)
}

// setTwice shows both places of a setting: whoever reads the block should not have to guess which one counts.
func setTwice(src []byte, body *hclsyntax.Body, second hcl.Range) *diag.Diagnostic {
	name := string(src[second.Start.Byte:second.End.Byte])
	d := syntaxError("This is set twice", second, fmt.Sprintf("`%s` again", name))
	if first := innermost(body, second).Attributes[name]; first != nil {
		d.Related = []diag.Span{{Range: first.NameRange, Label: fmt.Sprintf("`%s` is set here", name)}}
	}
	d.Why = "Each setting has one place, so that there is one answer to what it is."
	if name == "on" || name == "level" {
		d.Hint = "join the two rules in one expression with `||` or `&&`, or use a `state` block."
	}
	return d
}

// innermost is the body of the innermost block that holds a place.
func innermost(body *hclsyntax.Body, r hcl.Range) *hclsyntax.Body {
	for {
		var inner *hclsyntax.Body
		for _, b := range body.Blocks {
			if b.Body != nil && b.OpenBraceRange.Start.Byte <= r.Start.Byte && r.Start.Byte <= b.CloseBraceRange.Start.Byte {
				inner = b.Body
			}
		}
		if inner == nil {
			return body
		}
		body = inner
	}
}
