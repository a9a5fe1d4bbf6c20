package fn

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

var exampleLine = regexp.MustCompile(`^\t([a-z_0-9]+\(.*\).*?)\s+# (\S.*)$`)

// The comments of functions are the reference of the language, and a test of
// the whole language runs their examples. This one keeps them in shape.
func TestFunctionsAreDocumented(t *testing.T) {
	count := 0
	for _, f := range parseFolder(t) {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Name.IsExported() && fn.Recv == nil {
				if checkFunction(t, fn) {
					count++
				}
			}
		}
	}
	if count < 60 {
		t.Errorf("only %d functions were found", count)
	}
}

// checkFunction reports whether fn is a function of the language.
func checkFunction(t *testing.T, fn *ast.FuncDecl) bool {
	name, params := "", map[string]bool{}
	for _, c := range fn.Doc.List {
		rest, ok := strings.CutPrefix(c.Text, "//flow:")
		if !ok {
			continue
		}
		words := strings.Fields(rest)
		switch words[0] {
		case "func":
			name = words[1]
		case "in", "delta":
			params[words[1]] = true
		default:
			t.Errorf("%s: no such directive: %s", fn.Name.Name, c.Text)
		}
	}
	if name == "" {
		return false
	}
	checkDirectives(t, fn, params)
	examples := 0
	for line := range strings.SplitSeq(fn.Doc.Text(), "\n") {
		if m := exampleLine.FindStringSubmatch(line); m != nil {
			examples++
			if !strings.Contains(m[1], name+"(") {
				t.Errorf("%s: the example %q does not call %s", fn.Name.Name, m[1], name)
			}
		} else if strings.HasPrefix(line, "\t") {
			t.Errorf("%s: the example %q has no result", fn.Name.Name, line)
		}
	}
	// The language has no literal for a moment.
	if examples == 0 && !strings.Contains(fn.Name.Name, "Time") {
		t.Errorf("%s has no example", fn.Name.Name)
	}
	return true
}

// checkDirectives reports directives about parameters that are not there, and
// lambdas without a directive.
func checkDirectives(t *testing.T, fn *ast.FuncDecl, params map[string]bool) {
	for _, field := range fn.Type.Params.List {
		_, lambda := field.Type.(*ast.FuncType)
		for _, id := range field.Names {
			if lambda && !params[id.Name] {
				t.Errorf("%s: %s takes `it` but has no directive", fn.Name.Name, id.Name)
			}
			delete(params, id.Name)
		}
	}
	for p := range params {
		t.Errorf("%s has no parameter %s", fn.Name.Name, p)
	}
}

func parseFolder(t *testing.T) []*ast.File {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}
