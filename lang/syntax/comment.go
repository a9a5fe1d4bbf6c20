package syntax

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// comments holds the comments that stand on lines of their own, by the line they end on.
type comments map[int]comment

type comment struct {
	firstLine int
	text      string
}

func commentsOf(tokens hclsyntax.Tokens) comments {
	all := comments{}
	var before hclsyntax.Token
	for _, tok := range tokens {
		behind := before.Type != 0 && !endsLine(before)
		before = tok
		if tok.Type != hclsyntax.TokenComment || behind { // behind code it speaks of that line
			continue
		}
		text := strings.TrimRight(string(tok.Bytes), "\r\n")
		first := tok.Range.Start.Line
		all[first+strings.Count(text, "\n")] = comment{first, text}
	}
	return all
}

// above is the text of the comments directly above a line, without their markers.
func (c comments) above(line int) string {
	var parts []string
	for {
		got, ok := c[line-1]
		if !ok {
			break
		}
		parts = append(parts, strip(got.text))
		line = got.firstLine
	}
	slices.Reverse(parts)
	return strings.Trim(strings.Join(parts, "\n"), "\n")
}

// strip takes the markers off a comment.
func strip(text string) string {
	if body, ok := strings.CutPrefix(text, "/*"); ok {
		return stripBlock(strings.TrimSuffix(body, "*/"))
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "#"), "//")
	return strings.TrimRight(strings.TrimPrefix(text, " "), " \t")
}

// stripBlock also takes off the stars that many people put at the beginning of each line.
func stripBlock(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if i > 0 {
			line = strings.TrimPrefix(strings.TrimPrefix(line, "*"), " ")
		}
		lines[i] = line
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
