package check

import (
	"reflect"
	"strings"
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// TestExamplesOfTheCatalogue checks every flow in the documentation of kinds and
// operators: what the reference shows must be right. Warnings are let pass: an
// example may end in nothing.
func TestExamplesOfTheCatalogue(t *testing.T) {
	c := catalog.Load()
	for _, k := range c.Kinds {
		checkExample(t, k.Name, k.Doc)
	}
	for _, o := range c.Operators {
		checkExample(t, o.Name, o.Doc)
	}
}

func checkExample(t *testing.T, name, doc string) {
	t.Helper()
	flow := exampleIn(doc)
	if !strings.Contains(flow, "{\n") {
		return
	}
	_, found, sources := checkText(flow)
	var errors diag.List
	for _, d := range found {
		if d.Severity == diag.Error {
			errors = append(errors, d)
		}
	}
	if len(errors) > 0 {
		t.Errorf("%s:\n%s", name, render(t, errors, sources))
	}
}

// exampleIn are the indented lines of a doc comment.
func exampleIn(doc string) string {
	var lines []string
	for _, line := range strings.Split(doc, "\n") {
		if rest, ok := strings.CutPrefix(line, "\t"); ok || line == "" {
			lines = append(lines, rest)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestExamplesOfFunctions: `upper("a")  # "A"` is worked out and compared.
func TestExamplesOfFunctions(t *testing.T) {
	folded := 0
	for _, f := range catalog.Load().Functions {
		for _, line := range strings.Split(exampleIn(f.Doc), "\n") {
			call, want, ok := strings.Cut(line, "#")
			if !ok || strings.TrimSpace(call) == "" {
				continue
			}
			src := "a = (" + strings.TrimSpace(call) + ") == (" + strings.TrimSpace(want) + ")\n"
			if strings.HasPrefix(strings.TrimSpace(want), "[") {
				src = "a = (" + strings.TrimSpace(call) + ")\nb = (" + strings.TrimSpace(want) + ")\n"
			}
			if foldsToTrue(t, line, src) {
				folded++
			}
		}
	}
	if folded == 0 {
		t.Error("no function has an example")
	}
}

// exampleSite is where the examples of functions take place, by the clocks of UTC.
const exampleSite = "site {\n  latitude  = 52.52\n  longitude = 13.40\n  timezone  = \"UTC\"\n}\n"

// foldsToTrue works out a = x == y, or a = list and b = list.
func foldsToTrue(t *testing.T, line, src string) bool {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(src), "site.hcl": []byte(exampleSite)})
	c := newChecker(p, catalog.Load())
	c.declare()
	c.checkAll()
	if found = append(found, c.found...); found.HasErrors() {
		t.Errorf("%s:\n%s", line, render(t, found, p.Sources()))
		return false
	}
	a, ok := c.decls["a"].x.(*typed.Const)
	if !ok {
		t.Errorf("not folded: %s", line)
		return false
	}
	want := any(true)
	if b := c.decls["b"]; b != nil {
		k, ok := c.convert(b.x, a.Type).(*typed.Const)
		if !ok {
			t.Errorf("%s: the result is no constant", line)
			return false
		}
		want = k.V
	}
	if !reflect.DeepEqual(a.V, want) {
		t.Errorf("%s: got %v", line, tree(a))
	}
	return true
}
