package learn

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

var update = flag.Bool("update", false, "rewrite what the cases expect")

// now are the forms of types that these cases are written for, so that they stay the same when the checker learns
// more of them.
func now(string) bool { return false }

// today reports whether the checker takes a form.
func today(form string) bool {
	text := map[string]string{
		"scaled": "scaled(0.1, pct)", "string_as": "string_as(V)", "words": `words({ on = "ON", off = "OFF" })`, "epoch": "epoch(s)",
	}[form]
	if text == "" {
		text = form
	}
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte("type a {\n  b = " + text + "\n}\n")})
	_, more := check.Check(p, catalog.Load())
	return !found.HasErrors() && !more.HasErrors()
}

// TestCases runs testdata/*.txtar: a file `sample`, what is learned with the plainest types (`plain`), and with every
// form of LANGUAGE.md §4.4 (`all`).
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runCase(t, file) })
	}
}

func runCase(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) == 0 || a.Files[0].Name != "sample" {
		t.Fatal("there is no file `sample`")
	}
	samples, err := Read("sample", a.Files[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	want := &txtar.Archive{Comment: a.Comment, Files: a.Files[:1:1]}
	for _, form := range []struct {
		name  string
		known func(string) bool
	}{{"plain", now}, {"all", nil}} {
		l := FromSamples(samples, Options{Name: "sample", Known: form.known})
		if form.name == "plain" {
			checks(t, l)
		}
		text := fmt.Sprintf("%s\njson = %s # %s\n", l.Text, l.Ref, strings.Join(l.Notes, "; "))
		want.Files = append(want.Files, txtar.File{Name: form.name, Data: []byte(text)})
	}
	checks(t, FromSamples(samples, Options{Name: "sample", Known: today}))
	text := txtar.Format(want)
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(file); err != nil || string(have) != string(text) {
		t.Errorf("go test ./lang/learn -update rewrites it (%v); got:\n%s", err, text)
	}
}

// checks puts what was learned into a flow and checks it.
func checks(t *testing.T, l Learned) {
	t.Helper()
	if l.Ref == "" {
		if l.Text != "" || len(l.Notes) == 0 {
			t.Errorf("no type, and no reason: %+v", l)
		}
		return
	}
	flow := l.Text + `
mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in heard {
  via   = home
  topic = "a/b"
  json  = ` + l.Ref + `
}

log seen {
  show = heard
}
`
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(flow)})
	if !found.HasErrors() {
		_, more := check.Check(p, catalog.Load())
		found = append(found, more...)
	}
	if len(found) > 0 {
		var b strings.Builder
		found.Text(&b, p.Sources(), diag.Options{})
		t.Errorf("does not check:\n%s\n%s", flow, b.String())
	}
}

func TestNoJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "a.json holds no sample: it is empty",
		" \n":                     "a.json holds no sample: it is empty",
		"{\"a\": 1}\n{\"a\": }\n": "a.json:2:7: this is no JSON: a value should stand here",
		"{\"a\": 1":               "a.json:1:8: the text ends inside a value",
		"{\"a\": 1}\nhello":       "a.json:2:1: this is no JSON: a value should stand here",
		"{'a': 1}":                "a.json:1:2: this is no JSON",
		strings.Repeat("[", 200):  "a.json:1:102: it is nested more than 100 deep",
		"[1, 2":                   "a.json:1:6: the text ends inside a value",
		"{\"a\" 1}":               "a.json:1:6: this is no JSON: a colon should stand here",
	} {
		_, err := Read("a.json", []byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%.30q: %v\nwant %s", text, err, want)
		}
	}
}

// FuzzRead: whatever the samples are, nothing breaks, and what is learned checks.
func FuzzRead(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range cases {
		if a, err := txtar.ParseFile(file); err == nil {
			f.Add(a.Files[0].Data)
		}
	}
	f.Add([]byte(`{"${x}": 1, "%{if}": "a", "\u0000": 2, "": 3, "a b": {"a-b": [{"\"": null}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		samples, err := Read("sample", data)
		if err != nil {
			return
		}
		checks(t, FromSamples(samples, Options{Name: "sample", Known: now}))
	})
}

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"batteryLevel": "battery_level", "wind_speed-10m": "wind_speed_10m", "CO2": "co2", "PM2.5": "pm2_5",
		"HTTPServer": "http_server", "TempC": "temp_c", "Außen Temp": "aussen_temp", "1-0:1.8.0": "field_1_0_1_8_0",
		"ENERGY": "energy", "for": "for_value", "±": "field", "esp32Temp": "esp32_temp", "_x": "x", "": "field",
	} {
		if got := Identifier(name, "field"); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
