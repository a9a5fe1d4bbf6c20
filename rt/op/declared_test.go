package op

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// directives is the closed set, with the values that those have which are words.
var directives = map[string][]string{
	"op": nil, "call": nil, "in": nil, "delta": nil, "with": nil, "dim": nil, "over": nil, "rate": nil, "passes": {""}, "clock": {""}, "calendar": {""}, "timed": {""},
	"out":    {"event", "value", "reading", "same"},
	"ready":  {"follows", "first", "always"},
	"fresh":  {"own", "input"},
	"keeps":  nil,
	"token":  {"begins", "both"},
	"thins":  {"kept", "anew"},
	"across": {""}, "holds": {""}, "breaks": {""}, "bounded": {""},
}

// inner are exported types that a flow cannot name.
var inner = []string{"SinceOver", "StaleOver", "OnTimeOver", "Missed"}

// TestEveryOperatorIsDeclared holds that an exported type is an operator with a
// file of its own, a documentation with an example, and directives that exist.
func TestEveryOperatorIsDeclared(t *testing.T) {
	for file, tree := range source(t) {
		for _, decl := range tree.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range gen.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.IsExported() {
					checkDeclared(t, file, spec.Name.Name, gen.Doc)
				}
			}
		}
	}
}

func checkDeclared(t *testing.T, file, name string, doc *ast.CommentGroup) {
	t.Helper()
	if want := snake(name) + ".go"; file != want {
		t.Errorf("%s is declared in %s, want %s", name, file, want)
	}
	if slices.Contains(inner, name) {
		return
	}
	text := ""
	found := map[string]bool{}
	for _, line := range doc.List {
		if rest, ok := strings.CutPrefix(line.Text, "//flow:"); ok {
			word, value, _ := strings.Cut(rest, " ")
			found[word] = true
			words, known := directives[word]
			if !known || words != nil && !slices.Contains(words, value) {
				t.Errorf("%s: unknown directive //flow:%s", name, rest)
			}
		}
		text += line.Text + "\n"
	}
	for _, word := range []string{"op", "call", "out"} {
		if !found[word] {
			t.Errorf("%s has no //flow:%s", name, word)
		}
	}
	if !strings.HasPrefix(text, "// "+name+" is ") && !regexp.MustCompile(`^// `+name+` [a-z]+s `).MatchString(text) {
		t.Errorf("the documentation of %s does not begin with a sentence about it", name)
	}
	if !strings.Contains(text, "remembers") {
		t.Errorf("the documentation of %s does not say how much it remembers", name)
	}
	example(t, name, text)
}

// example holds that the documentation shows the operator in use.
func example(t *testing.T, name, text string) {
	t.Helper()
	op := regexp.MustCompile(`//flow:op ([\w.]+)`).FindStringSubmatch(text)
	if op == nil {
		return
	}
	used := regexp.MustCompile(`(?m)^//\t.*\b` + op[1] + `\(`)
	if strings.HasPrefix(op[1], "sun.") {
		used = regexp.MustCompile(`(?m)^//\t.*\b` + op[1])
	}
	if !used.MatchString(text) {
		t.Errorf("the documentation of %s has no example that uses %s", name, op[1])
	}
}

func snake(name string) string {
	return strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(name, "${1}_${2}"))
}
