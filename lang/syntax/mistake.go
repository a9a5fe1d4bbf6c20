package syntax

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// A mistake is something people write because another language has it, or because it is how they would say it.
// Mistakes are looked for only where HCL found an error, so that none is seen in a good program.

// mistakeFinder looks for one sort of mistake that begins at words[i]. It gives the finding and the
// index of the first word after it, or nil.
type mistakeFinder func(m *mistakeScan, i int) (*diag.Diagnostic, int)

// mistakeFinders in the order they are asked: the first that answers has explained its words.
var mistakeFinders = []mistakeFinder{
	findLineMistake,
	findStatementMistake,
	findCommaMistake,
	findTextMistake,
	findNumberMistake,
	findOperatorMistake,
	findCallMistake,
}

// mistakeScan is the item searched.
type mistakeScan struct {
	src   []byte
	words []word
	base  int // index of words[0] in the file, which open, close and first count from
}

// mistakes lists the known mistakes of one item, at most one a line, by place.
func mistakes(src []byte, words []word) diag.List {
	m := &mistakeScan{src: src, words: rebased(words)}
	var found diag.List
	for i := 0; i < len(m.words) && len(found) < maxFindings; {
		d, next := m.at(i)
		if d == nil {
			i++
			continue
		}
		found = append(found, d)
		line := m.words[i].Range.Start.Line
		for i = max(next, i+1); i < len(m.words) && m.words[i].Range.Start.Line == line; i++ {
		}
	}
	slices.SortStableFunc(found, func(a, b *diag.Diagnostic) int {
		return cmp.Compare(a.Subject.Range.Start.Byte, b.Subject.Range.Start.Byte)
	})
	return found
}

func (m *mistakeScan) at(i int) (*diag.Diagnostic, int) {
	for _, find := range mistakeFinders {
		if d, next := find(m, i); d != nil {
			return d, next
		}
	}
	return nil, 0
}

// rebased copies words so that their indexes count from the first of them.
func rebased(words []word) []word {
	if len(words) == 0 {
		return nil
	}
	base := words[0].first
	out := slices.Clone(words)
	for i := range out {
		w := &out[i]
		w.first -= base
		if w.open >= 0 {
			w.open -= base
		}
		if w.close >= 0 {
			w.close -= base
		}
	}
	return out
}

// word is words[i], or an end of file.
func (m *mistakeScan) word(i int) word {
	if i < 0 || i >= len(m.words) {
		return word{Token: hclsyntax.Token{Type: hclsyntax.TokenEOF}, open: -1, close: -1}
	}
	return m.words[i]
}

// types tells whether words i, i+1, … have these types.
func (m *mistakeScan) types(i int, want ...hclsyntax.TokenType) bool {
	for n, t := range want {
		if m.word(i+n).Type != t {
			return false
		}
	}
	return true
}

// adjacent tells whether n words from i follow each other without a space.
func (m *mistakeScan) adjacent(i, n int) bool {
	for k := i; k < i+n-1; k++ {
		if !m.word(k).touches(m.word(k + 1)) {
			return false
		}
	}
	return true
}

// text is the source from word i up to and including word j; empty if j comes before i.
func (m *mistakeScan) text(i, j int) string {
	if j < i {
		return ""
	}
	return string(m.src[m.words[i].Range.Start.Byte:m.words[j].Range.End.Byte])
}

func (m *mistakeScan) between(i, j int) hcl.Range {
	return hcl.RangeBetween(m.word(i).Range, m.word(j).Range)
}

// starts tells whether word i begins a statement or an entry of an object.
func (m *mistakeScan) starts(i int) bool {
	w := m.word(i)
	return w.first == i && (w.place == inBody || w.place == inObject)
}

// statementEnd is the index of the line end (or closer) after the statement that begins at i.
func (m *mistakeScan) statementEnd(i int) int {
	open := m.word(i).open
	for i < len(m.words) {
		w := m.words[i]
		if w.open == open && w.is(hclsyntax.TokenNewline) {
			return i
		}
		if i == m.closeOf(open) {
			return i
		}
		if w.close > i {
			i = w.close
			continue
		}
		i++
	}
	return len(m.words)
}

func (m *mistakeScan) closeOf(open int) int {
	if open < 0 {
		return -1
	}
	return m.word(open).close
}

// replace is the edit that puts text in the place of words i to j.
func (m *mistakeScan) replace(i, j int, text string) []diag.Edit {
	return []diag.Edit{{Range: m.between(i, j), Text: text}}
}
