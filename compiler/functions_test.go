package compiler

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"flowc/lang/catalog"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TestFunctionExamples runs every example of the catalogue's functions, written as
// `upper("a")  # "A"`, in three ways: worked out by the checker, computed by the
// program as a value, and computed when something happens. In the last two its
// arguments come out of a wire, so that nothing of it is known beforehand. All
// three must print what the example says.
func TestFunctionExamples(t *testing.T) {
	var flow strings.Builder
	flow.WriteString(exampleWorld)
	var examples []functionExample
	for _, x := range functionExamples() {
		text, err := x.logs(len(examples))
		if err != nil {
			t.Errorf("%s: %v", x.call, err)
			continue
		}
		if f := CheckText("example", map[string][]byte{"example.hcl": []byte(exampleWorld + text)}); f.Found.HasErrors() {
			t.Errorf("%s does not check:\n%s", x.call, rendered(f))
			continue
		}
		examples = append(examples, x)
		flow.WriteString(text)
	}
	if len(examples) < 60 {
		t.Errorf("only %d examples were found", len(examples))
	}
	told := toldAtStart(t, flow.String())
	for n, x := range examples {
		want := told[fmt.Sprintf("want_%d", n)]
		for _, way := range []string{"folded", "value", "event"} {
			got, ok := told[fmt.Sprintf("%s_%d", way, n)]
			if !ok || got != want {
				t.Errorf("%s as %s: got %q (told: %v), want %q", x.call, way, got, ok, want)
			}
		}
	}
}

// exampleWorld gives the examples a wire.
const exampleWorld = "contact dark {\n  pin = 17\n}\n"

// logs are the things that tell the n-th example's results.
func (x functionExample) logs(n int) (string, error) {
	call, err := withWires(x.call)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`log want_%[1]d {
  show = %[2]s
}
log folded_%[1]d {
  show = %[3]s
}
log value_%[1]d {
  show = %[4]s
}
log event_%[1]d {
  show = %[4]s
  when = startup()
}
`, n, x.want, x.call, call), nil
}

type functionExample struct{ call, want string }

var examplePattern = regexp.MustCompile(`^\t(\S.*\))\s+# (\S.*)$`)

func functionExamples() []functionExample {
	var list []functionExample
	for _, f := range catalog.Load().Functions {
		for line := range strings.SplitSeq(f.Doc, "\n") {
			if m := examplePattern.FindStringSubmatch(line); m != nil && !parsesAtStart(m[1]) {
				list = append(list, functionExample{m[1], m[2]})
			}
		}
	}
	return list
}

// parsesAtStart reports whether a call needs a time zone, a layout or a pattern:
// these must stay constants, so they are left to testdata/run/fn_local_time.
func parsesAtStart(call string) bool {
	return slices.ContainsFunc(catalog.Load().Functions, func(f *catalog.Function) bool {
		parsed := f.Zone || slices.ContainsFunc(f.Args, func(a *catalog.Arg) bool { return a.Shape == "const" && a.Type.Go != "" })
		return parsed && strings.Contains(call, f.Name+"(")
	})
}

// withWires puts a choice between two alike in the place of every literal of a
// call: `upper("a")` becomes `upper(dark.closed ? "a" : "a")`.
func withWires(call string) (string, error) {
	x, diags := hclsyntax.ParseExpression([]byte(call), "example", hcl.InitialPos)
	if diags.HasErrors() {
		return "", diags
	}
	w := wirer{src: call}
	w.walk(x)
	return w.text(x.Range()), nil
}

type wirer struct {
	src   string
	marks []mark
}

// mark is a literal and what takes its place.
type mark struct {
	at   hcl.Range
	text string
}

// walk notes the outermost literals that are an operand or an argument.
func (w *wirer) walk(x hclsyntax.Expression) {
	switch x := x.(type) {
	case *hclsyntax.FunctionCallExpr:
		for n, a := range x.Args {
			if !isConstant(x.Name, n) {
				w.walk(a)
			}
		}
	case *hclsyntax.BinaryOpExpr:
		w.walk(x.LHS)
		w.walk(x.RHS)
	case *hclsyntax.ParenthesesExpr:
		w.walk(x.Expression)
	case *hclsyntax.TupleConsExpr:
		for _, e := range x.Exprs {
			w.walk(e)
		}
	case *hclsyntax.ScopeTraversalExpr:
		// `it` is no literal.
	case *hclsyntax.ObjectConsExpr:
		w.mark(x, "{ for k, v in %[1]s : k => (dark.closed ? v : v) }")
	default:
		w.mark(x, "(dark.closed ? %[1]s : %[1]s)")
	}
}

// isConstant reports whether a function's n-th argument must be known to the
// compiler, as a pattern must.
func isConstant(name string, n int) bool {
	return slices.ContainsFunc(catalog.Load().Functions, func(f *catalog.Function) bool {
		return f.Name == name && n < len(f.Args) && f.Args[n].Shape == "const"
	})
}

func (w *wirer) mark(x hclsyntax.Expression, format string) {
	literal := w.src[x.Range().Start.Byte:x.Range().End.Byte]
	w.marks = append(w.marks, mark{x.Range(), fmt.Sprintf(format, literal)})
}

func (w *wirer) text(all hcl.Range) string {
	var b strings.Builder
	at := all.Start.Byte
	for _, m := range w.marks {
		b.WriteString(w.src[at:m.at.Start.Byte] + m.text)
		at = m.at.End.Byte
	}
	b.WriteString(w.src[at:all.End.Byte])
	return b.String()
}

// toldAtStart builds a flow, starts it, and gives what its logs tell at once.
func toldAtStart(t *testing.T, text string) map[string]string {
	t.Helper()
	f := CheckText("functions", map[string][]byte{"functions.hcl": []byte(text)})
	if f.Found.HasErrors() {
		t.Fatal(rendered(f))
	}
	w := newWorkspace(t)
	pkg := w.add(t, f)
	cmd := exec.Command(filepath.Join(w.build(t, "-tags", "sim"), pkg))
	cmd.Env = append(os.Environ(), "FLOWC_SIM_PLAY=1")
	out, err := played(cmd)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	told := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if _, rest, ok := strings.Cut(line, " info "); ok {
			name, said, _ := strings.Cut(strings.TrimSuffix(rest, "\n"), ": ")
			told[name] = said
		} else {
			t.Errorf("the program says: %s", line)
		}
	}
	return told
}
