package learn

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// TestMQTT runs testdata/mqtt/*.txtar. A file `messages` has the filter on its first line, then
// `SECONDS TOPIC PAYLOAD`; seconds are `kept` for a retained message.
func TestMQTT(t *testing.T) {
	cases, err := filepath.Glob("testdata/mqtt/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runMQTT(t, file) })
	}
}

func runMQTT(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	heard := parseHeard(t, string(a.Files[0].Data))
	want := &txtar.Archive{Comment: a.Comment, Files: a.Files[:1:1]}
	text := FromMQTT(heard, Options{Known: now})
	checksFlow(t, text)
	checksFlow(t, FromMQTT(heard, Options{Known: func(form string) bool { return form != "bytes" && today(form) }}))
	want.Files = append(want.Files, txtar.File{Name: "plain", Data: []byte(text)},
		txtar.File{Name: "all", Data: []byte(FromMQTT(heard, Options{}))})
	out := txtar.Format(want)
	if *update {
		if err := os.WriteFile(file, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != string(out) {
		t.Errorf("go test ./lang/learn -update rewrites it (%v); got:\n%s", err, out)
	}
}

func parseHeard(t *testing.T, text string) Heard {
	t.Helper()
	filter, rest, _ := strings.Cut(text, "\n")
	filter, user, _ := strings.Cut(filter, " ")
	h := Heard{URL: "tcp://127.0.0.1:1883", Filter: filter, User: user, For: time.Minute}
	for line := range strings.Lines(rest) {
		parts := strings.SplitN(strings.TrimRight(line, "\n"), " ", 3)
		m := Message{Topic: parts[1], Retained: parts[0] == "kept"}
		if len(parts) > 2 {
			m.Payload = []byte(strings.ReplaceAll(parts[2], `\xff`, "\xff"))
		}
		if !m.Retained {
			s, err := strconv.ParseFloat(parts[0], 64)
			if err != nil {
				t.Fatal(err)
			}
			m.At = time.Duration(s * float64(time.Second))
		}
		h.Messages = append(h.Messages, m)
	}
	return h
}

// checksFlow checks what was learned as it stands; that nobody uses it yet is no fault of it.
func checksFlow(t *testing.T, flow string) {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(flow)})
	if !found.HasErrors() {
		_, more := check.Check(p, catalog.Load())
		found = append(found, more...)
	}
	for _, d := range found {
		if d.Code == "W0602" || d.Code == "W1009" {
			continue
		}
		var b strings.Builder
		diag.Text(&b, d, p.Sources(), diag.Options{})
		t.Errorf("does not check:\n%s\n%s", flow, b.String())
	}
}
