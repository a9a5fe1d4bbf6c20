package syntax

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/rogpeppe/go-internal/txtar"

	"flowc/lang/diag"
)

// addSeeds gives a fuzz target every source of testdata, and some that once were or might be trouble.
func addSeeds(f *testing.F) {
	f.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".hcl") || file.Name == "fixed" || file.Name == "formatted" {
				f.Add(file.Data)
			}
		}
	}
	for _, src := range []string{
		"", "\n", "\uFEFFa = 1", "a = 1\r\nb = <<X\r\n  y\r\nX\r\n", "a = <<X\ny\nX", "a = \"${\"${b}\"}\"\n",
		"a = 1e999\nb = 1e-400\nc = 1.2.3", "a = (((((\n", "}}}}", "{", "a {", "a \"b", "a = %{", "/* ", "#", "a = <<",
		"x = 07:00\n", "x.y {\n", "a = [for x in y : -x if (a)]\n", "a = {b : c ? d : e, \"f\" = 1}\n", "a = x.*.y[*][0]\n",
		"a = !(-b - -c)\n", "a = {\n  b = 1 # c\n}\n", "a = f(x...)\n", "\xff\xfe", "a\x00b", "a { b = 1 }\n", "a = {}\n",
	} {
		f.Add([]byte(src))
	}
}

func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		p, found := Parse("fuzz", map[string][]byte{"a.hcl": src})
		if err := found.Text(&bytes.Buffer{}, p.Sources(), diag.Options{}); err != nil {
			t.Fatal(err)
		}
		for _, d := range found {
			if d.Summary == "" || d.Code == "" {
				t.Errorf("a finding without words: %+v", d)
			}
			if d.Subject.Range.Filename != "a.hcl" || d.Subject.Range.End.Byte > len(src)+1 {
				t.Errorf("a finding without a place: %+v", d)
			}
		}
		if len(found) == 0 {
			checkClean(t, p)
		}
	})
}

// checkClean holds what later passes rely on.
func checkClean(t *testing.T, p *Program) {
	eachBlock(p.Blocks, func(b *Block) {
		if len(b.Labels) > 1 {
			t.Errorf("%d labels", len(b.Labels))
		}
		for _, a := range b.Attrs {
			checkExpression(t, a)
		}
	})
	for _, a := range p.Equations {
		if !validName.MatchString(a.Name) {
			t.Errorf("name %q", a.Name)
		}
		checkExpression(t, a)
	}
	if len(p.Blocks)+len(p.Equations) > maxThings {
		t.Errorf("%d things", len(p.Blocks)+len(p.Equations))
	}
}

func checkExpression(t *testing.T, a *Attr) {
	_ = hclsyntax.Walk(a.Expr, &depthWalk{t: t})
}

func FuzzFormat(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		out, found := Format(src)
		if found.HasErrors() {
			if !bytes.Equal(out, src) {
				t.Errorf("a file with errors was changed to %q", out)
			}
			return
		}
		again, found := Format(out)
		if len(found) > 0 {
			t.Fatalf("formatted to something with errors: %q: %s", out, found[0].Summary)
		}
		if !bytes.Equal(again, out) {
			t.Errorf("formatting again changes\n%q\nto\n%q", out, again)
		}
		plain := bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		if !sameMeaning(plain, out) {
			t.Errorf("%q\nformatted to something else:\n%q", src, out)
		}
	})
}

// TestExamplesOfTheLanguageStayAsTheyAre formats the flows the language is explained with: they are in form.
func TestExamplesOfTheLanguageStayAsTheyAre(t *testing.T) {
	spec, err := os.ReadFile("../../../shared/LANGUAGE.md")
	if err != nil {
		t.Skip("the language's description is not here: " + err.Error())
	}
	for i, part := range strings.Split(string(spec), "```hcl\n")[1:] {
		flow, _, _ := strings.Cut(part, "```")
		p, found := Parse("example", map[string][]byte{"a.hcl": []byte(flow)})
		if len(found) > 0 {
			var b strings.Builder
			_ = found.Text(&b, p.Sources(), diag.Options{})
			t.Errorf("example %d:\n%s", i, b.String())
			continue
		}
		if out, _ := Format([]byte(flow)); string(out) != flow {
			t.Errorf("example %d is formatted from\n%s\nto\n%s", i, flow, out)
		}
	}
}
