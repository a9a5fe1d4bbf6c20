package diag

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

func finding(file string, line, column int, code string, s Severity) *Diagnostic {
	return &Diagnostic{
		Code:     code,
		Severity: s,
		Subject:  Span{Range: hcl.Range{Filename: file, Start: hcl.Pos{Line: line, Column: column}}},
	}
}

func TestSortByPlaceThenSeverity(t *testing.T) {
	l := List{
		finding("b.hcl", 1, 1, "E1", Error),
		finding("a.hcl", 9, 1, "E2", Error),
		finding("a.hcl", 2, 8, "W3", Warning),
		finding("a.hcl", 2, 8, "E4", Error),
		finding("a.hcl", 2, 3, "E5", Error),
		finding("a.hcl", 2, 8, "E6", Error),
	}
	l.Sort()
	var got []string
	for _, d := range l {
		got = append(got, d.Code)
	}
	if want := "E5 E4 E6 W3 E2 E1"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestWarningsAreNoErrors(t *testing.T) {
	l := List{finding("a.hcl", 1, 1, "W1", Warning)}
	if l.HasErrors() {
		t.Error("a warning counted as an error")
	}
	if l = append(l, finding("a.hcl", 1, 1, "E1", Error)); !l.HasErrors() {
		t.Error("the error was not seen")
	}
}

func TestListHasAnEmptyLineBetweenFindings(t *testing.T) {
	l := List{{Code: "E0001", Summary: "One"}, {Code: "W0602", Severity: Warning, Summary: "Two"}}
	var b strings.Builder
	if err := l.Text(&b, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	expectText(t, b.String(), "✖ E0001  One\n\n▲ W0602  Two\n")
}

func TestJSON(t *testing.T) {
	r := hcl.Range{Filename: "a.hcl", Start: hcl.Pos{Line: 2, Column: 3, Byte: 9}, End: hcl.Pos{Line: 2, Column: 6, Byte: 12}}
	d := &Diagnostic{
		Code: "E0003", Summary: "A unit needs a dot", Subject: Span{r, "<here>"},
		Related: []Span{{r, "there"}},
		Why:     "w", Hint: "h", Example: "30.s",
		Fix: []Edit{{r, "30.s"}},
	}
	const place = `{"start":{"line":2,"column":3,"byte":9},"end":{"line":2,"column":6,"byte":12}}`
	want := `{"code":"E0003","severity":"error","summary":"A unit needs a dot","file":"a.hcl","range":` + place +
		`,"label":"<here>","related":[{"file":"a.hcl","range":` + place + `,"label":"there"}],"why":"w","hint":"h",` +
		`"example":"30.s","fix":[{"file":"a.hcl","range":` + place + `,"text":"30.s"}]}`
	if got := string(JSON(d)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var back map[string]any
	if err := json.Unmarshal(JSON(&Diagnostic{Summary: "\xff\n\u2028"}), &back); err != nil {
		t.Errorf("not JSON: %v", err)
	}
}
