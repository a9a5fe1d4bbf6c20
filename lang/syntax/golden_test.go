package syntax

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"flowc/lang/diag"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar")

// TestGolden reads each case of testdata: prose, *.hcl files, and what is expected of them. "diagnostics" is what a
// person sees, "declarations" what was understood, "fixed" the first file after the offered edits, "formatted" what
// flowc fmt makes of it. A case has the parts it is about.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	first := ""
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".hcl") {
			if first == "" {
				first = f.Name
			}
			files[f.Name] = f.Data
		}
	}
	changed := false
	for i, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".hcl") {
			continue
		}
		got := produce(t, f.Name, first, files)
		if got == string(f.Data) {
			continue
		}
		if *update {
			archive.Files[i].Data = []byte(got)
			changed = true
			continue
		}
		t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
	}
	if changed {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func produce(t *testing.T, part, first string, files map[string][]byte) string {
	t.Helper()
	p, found := Parse("test", files)
	switch part {
	case "diagnostics":
		var b strings.Builder
		if err := found.Text(&b, p.Sources(), diag.Options{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	case "declarations":
		return dump(p)
	case "fixed":
		return string(applied(files[first], first, found))
	case "formatted":
		out, found := Format(files[first])
		if len(found) > 0 {
			return "not formatted: " + found[0].Summary + "\n"
		}
		again, _ := Format(out)
		if string(again) != string(out) {
			t.Errorf("formatting again changes\n%s\nto\n%s", out, again)
		}
		return string(out)
	}
	t.Fatalf("unknown part %q", part)
	return ""
}

// applied makes the offered edits from the end of the file to its beginning.
func applied(src []byte, name string, found diag.List) []byte {
	var edits []diag.Edit
	for _, d := range found {
		edits = append(edits, d.Fix...)
	}
	out := string(src)
	for len(edits) > 0 {
		last := 0
		for i, e := range edits {
			if e.Range.Start.Byte >= edits[last].Range.Start.Byte {
				last = i
			}
		}
		e := edits[last]
		edits = append(edits[:last], edits[last+1:]...)
		if e.Range.Filename == name {
			out = out[:e.Range.Start.Byte] + e.Text + out[e.Range.End.Byte:]
		}
	}
	return []byte(out)
}

// dump writes what was understood, one declaration a line.
func dump(p *Program) string {
	sources := p.Sources()
	var b strings.Builder
	var attrs func(list []*Attr, indent string)
	var blocks func(list []*Block, indent string)
	doc := func(text, indent string) {
		for line := range strings.SplitSeq(text, "\n") {
			if text != "" {
				fmt.Fprintf(&b, "%s| %s\n", indent, line)
			}
		}
	}
	attrs = func(list []*Attr, indent string) {
		for _, a := range list {
			doc(a.Doc, indent)
			r := a.Expr.Range()
			src := sources[r.Filename]
			text := string(src[min(r.Start.Byte, len(src)):min(r.End.Byte, len(src))])
			fmt.Fprintf(&b, "%s%d: %s = %s\n", indent, a.NameRange.Start.Line, a.Name, strings.ReplaceAll(text, "\n", "⏎"))
		}
	}
	blocks = func(list []*Block, indent string) {
		for _, x := range list {
			doc(x.Doc, indent)
			fmt.Fprintf(&b, "%s%d: %s", indent, x.KindRange.Start.Line, x.Kind)
			for _, l := range x.Labels {
				if l.Quoted {
					fmt.Fprintf(&b, " %q", l.Text)
				} else {
					fmt.Fprintf(&b, " %s", l.Text)
				}
			}
			fmt.Fprintf(&b, " to line %d\n", x.End.Start.Line)
			attrs(x.Attrs, indent+"  ")
			blocks(x.Blocks, indent+"  ")
		}
	}
	fmt.Fprintf(&b, "program %s\n", p.Name)
	attrs(p.Equations, "")
	blocks(p.Blocks, "")
	return b.String()
}
