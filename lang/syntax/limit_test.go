package syntax

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// depthWalk fails when an expression is deeper than later passes are made for.
type depthWalk struct {
	t     *testing.T
	depth int
}

const deepest = 4*maxDepth + 2*maxOperators

func (w *depthWalk) Enter(hclsyntax.Node) hcl.Diagnostics {
	if w.depth++; w.depth == deepest {
		w.t.Errorf("an expression is more than %d deep", deepest)
	}
	return nil
}

func (w *depthWalk) Exit(hclsyntax.Node) hcl.Diagnostics {
	w.depth--
	return nil
}

func TestLimits(t *testing.T) {
	const big = 180 << 10
	tests := []struct{ name, src, code, summary string }{
		{"parentheses", "a = " + strings.Repeat("(", big), "E0001", "This is nested too deeply"},
		{"closed parentheses", "a = " + strings.Repeat("(", 65) + "1" + strings.Repeat(")", 65), "E0001", "This is nested too deeply"},
		{"mixed brackets", "a = " + strings.Repeat("([", big/2), "E0001", "This is nested too deeply"},
		{"closers that fit nothing", "a = " + strings.Repeat("(]", big/2), "E0001", "This is nested too deeply"},
		{"signs", "a = " + strings.Repeat("!", big) + "b", "E0001", "This is nested too deeply"},
		{"minus signs", "a = " + strings.Repeat("- ", big/2) + "b", "E0001", "This is nested too deeply"},
		{"conditions", "a = " + strings.Repeat("b ? c : ", big/8) + "d", "E0001", "This is nested too deeply"},
		{"half conditions", "a = " + strings.Repeat("b ? ", big/4) + "d", "E0001", "This is nested too deeply"},
		{"indexes", "a = b" + strings.Repeat("[c]", big/3), "E0001", "This is nested too deeply"},
		{"splats", "a = b" + strings.Repeat("[*]", big/3), "E0001", "This is nested too deeply"},
		{"name spaces", "a = b" + strings.Repeat("::b", big/3) + "()", "E0001", "This is nested too deeply"},
		{"templates", "a = " + strings.Repeat("\"${", big/3), "E0001", "This is nested too deeply"},
		{"template conditions", "a = \"" + strings.Repeat("%{if b}", big/7) + "\"", "E0001", "This is nested too deeply"},
		{"blocks", strings.Repeat("a {\n", big/4), "E0001", "This is nested too deeply"},
		{"operators", "a = b" + strings.Repeat(" + b", big/4), "E0001", "This expression is too long"},
		{"operators in parentheses", "a = (b" + strings.Repeat("\n + b", big/5) + ")", "E0001", "This expression is too long"},
		{"long text", "a = \"" + strings.Repeat("x", maxLiteralBytes+1) + "\"", "E0001", "This text is too long"},
		{"long heredoc", "a = <<X\n" + strings.Repeat("x\n", maxLiteralBytes/2+1) + "X\n", "E0001", "This text is too long"},
		{"long name", strings.Repeat("x", 256) + " = 1", "E0001", "This name is too long"},
		{"long number", "a = 0." + strings.Repeat("1", 500), "E0001", "This number is too long"},
		{"number without end", "a = 1e100000000", "E0001", "This number is too big"},
		{"unit without end", "a = 1e100000000.s", "E0001", "This number is too big"},
		{"number in a template", "a = \"${1e100000000}\"", "E0001", "This number is too big"},
		{"number as an index", "a = b.1e100000000", "E0001", "This number is too big"},
		{"small number", "a = 1e-100000000", "E0001", "This number is too small"},
		{"broken number", "a = 1.5e100000000.7", "E0003", "This is not a number"},
		{"file", strings.Repeat("# x\n", maxFileBytes/4+1), "E0001", "This file is too big"},
		{"things", strings.Repeat("a = 1\n", maxThings+1), "E0001", "This flow has too many things"},
		{"not text", "a = \"\xff\"", "E0002", "This is not text"},
		{"utf-16", "\xff\xfea\x00", "E0002", "This is not text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, found := Parse("limit", map[string][]byte{"a.hcl": []byte(test.src)})
			if len(found) == 0 {
				t.Fatal("nothing was found")
			}
			if found[0].Code != test.code || found[0].Summary != test.summary {
				t.Errorf("got %s %s, want %s %s", found[0].Code, found[0].Summary, test.code, test.summary)
			}
			if found[0].Subject.Range.Start.Line < 1 {
				t.Error("without a place")
			}
		})
	}
}

func TestWithinLimits(t *testing.T) {
	tests := map[string]string{
		"64 brackets":     "a = " + strings.Repeat("(", 64) + "1" + strings.Repeat(")", 64),
		"1,000 operators": "a = b" + strings.Repeat(" + b", 1000),
		"many lines":      strings.Repeat("a {\n  b = -1 - 2\n}\n", maxThings),
		"long text":       "a = \"" + strings.Repeat("x", maxLiteralBytes-2) + "\"",
		"big number":      "a = 1.7e308\nb = 5e-324\nc = 0e999999999\nd = 0.000",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			if _, found := Parse("limit", map[string][]byte{"a.hcl": []byte(src)}); len(found) > 0 {
				t.Errorf("%s %s at %s", found[0].Code, found[0].Summary, found[0].Subject.Range)
			}
		})
	}
}

func TestProgramOfManyFiles(t *testing.T) {
	files := map[string][]byte{}
	for i := range 9 {
		files[fmt.Sprintf("f%d.hcl", i)] = []byte("# " + strings.Repeat("x", maxFileBytes-2))
	}
	_, found := Parse("limit", files)
	if len(found) != 1 || found[0].Summary != "This flow is too big" {
		t.Fatalf("got %v", found)
	}
}

// Each of these once took, or could take, time that grows with the square of the file or faster.
func TestNoInputIsSlow(t *testing.T) {
	const n = 100 << 10
	tests := map[string]string{
		"comments in a row":        strings.Repeat("/**/", n/4),
		"a long doc comment":       strings.Repeat("#\n", n/2) + "a = 1\n",
		"line ends before a brace": "a b" + strings.Repeat("\n", n) + "{\n}\n",
		"unclosed, not indented":   "x {\n" + strings.Repeat("a=1\n", n/4),
		"many quotes":              strings.Repeat("\"\n", n/2),
		"many closers":             strings.Repeat("}", n),
		"many equals":              "a " + strings.Repeat("= ", n/2),
		"many clocks":              "a = b ? 1 : " + strings.Repeat("07:00 ", n/6),
		"many clocks, no choice":   "a = " + strings.Repeat("7:7 ", n/4),
		"errors in a block":        "a b {\n" + strings.Repeat("c d\n", n/4) + "}\n",
		"errors on every line":     strings.Repeat("= 1\n", n/4),
		"one long line":            "a = [" + strings.Repeat("1 ", n/2) + "]",
		"methods":                  "a = b" + strings.Repeat(".c(d)", n/5),
		"set again and again":      "a b {\n" + strings.Repeat("c=1\n", n/4) + "}\n",
		"dashes":                   "a = [" + strings.Repeat("b-c,", n/4) + "]",
	}
	for name, src := range tests {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p, found := Parse("slow", map[string][]byte{"a.hcl": []byte(src)})
			Format([]byte(src))
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s for %d findings in %d files", took, len(found), len(p.Files))
			}
		})
	}
}
