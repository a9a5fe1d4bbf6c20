package wiretext

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

// row is what the tests read: what may be missing has a default.
type row struct {
	Name string
	N    int64
	V    float64
	On   bool
}

func readRow(r *Reader, v *row) {
	*v = row{On: true}
	r.Cell(0, "name")
	v.Name = r.Text()
	r.Cell(1, "n")
	v.N = r.Int()
	if r.Given(2, "v") {
		v.V = r.Float()
	}
	if r.Given(3, "on") {
		v.On = r.Bool()
	}
	if r.Failed() {
		r.Declared("flow.hcl", 1, 2, 3, 4, 5)
	}
}

func rows(begin func(*Reader)) ([]row, error) {
	var r Reader
	begin(&r)
	list := []row{}
	for r.Next() {
		var v row
		readRow(&r, &v)
		list = append(list, v)
	}
	return list, r.End()
}

func TestCSV(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []row
		err  string
	}{
		{"", []row{}, ""},
		{"a,1", []row{{"a", 1, 0, true}}, ""},
		{"a,1,2.5,off\n", []row{{"a", 1, 2.5, false}}, ""},
		{"\ufeffa,1\r\n\r\n\nb, 2 ,,\r\n", []row{{"a", 1, 0, true}, {"b", 2, 0, true}}, ""},
		{"\"a,\"\"b\"\"\n\",1,\"2\"", []row{{"a,\"b\"\n", 1, 2, true}}, ""},
		{"\"a\"\r\n", nil, "line 1, n: missing (declared at flow.hcl:3)"},
		{"\"a\",", nil, "line 1, n: missing (declared at flow.hcl:3)"},
		{"a,1\n\nb,x,y", nil, `line 3, n: expected a whole number, found "x" (declared at flow.hcl:3)`},
		{"\"a\n\",1\nb,1,x", nil, `line 3, v: expected a number, found "x" (declared at flow.hcl:4)`},
		{"a,1,1,maybe", nil, `line 1, on: expected on or off, found "maybe" (declared at flow.hcl:5)`},
		{"a\"b,1", nil, "line 1: a text with a quotation mark in it must begin with one"},
		{"\"a\"b,1", nil, "line 1: something stands behind a quotation mark"},
		{"\"a,1", nil, "line 1: a text in quotation marks has no end"},
		{"a,1\xff", nil, "the text is not valid UTF-8"},
		{strings.Repeat(",", 1000), nil, "line 1: the line has more than 1000 columns"},
		{strings.Repeat("a", 1<<20+1), nil, "the message is longer than 1 MB"},
	} {
		got, err := rows(func(r *Reader) { r.CSV([]byte(tc.text), ',') })
		if tc.err != "" {
			if err == nil || err.Error() != tc.err {
				t.Errorf("%.40q: %v, want %s", tc.text, err, tc.err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q: %v, %v", tc.text, got, err)
		}
	}
}

func TestHeader(t *testing.T) {
	read := func(text string, most int) ([]row, error) {
		return rows(func(r *Reader) {
			r.CSV([]byte(text), ';')
			if most > 0 {
				r.Exactly(most)
			}
			r.Header("name", "n", "v", "on")
		})
	}
	got, err := read("x; n ;name\n;1;a\n", 0)
	if err != nil || !reflect.DeepEqual(got, []row{{"a", 1, 0, true}}) {
		t.Error(got, err)
	}
	for text, want := range map[string]string{
		"":             "expected the names of the columns, found nothing",
		"n\n1":         "line 2, name: missing (declared at flow.hcl:2)",
		"name;n;x\n":   "x: no such column is expected",
		"name;n;n\n":   "n: is there twice",
		"name;n\na;1;": "line 2: there are more columns than are expected",
	} {
		if _, err := read(text, 4); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := rows(func(r *Reader) {
		r.CSV([]byte("x\n"), ';')
		r.Exactly(1)
		r.Header("name")
	}); err == nil || err.Error() != "x: no such column is expected" {
		t.Errorf("a single column: %v", err)
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"a,1": "", "a,1\r\n\n": "", "a,x": `n: expected a whole number, found "x" (declared at flow.hcl:3)`,
		"": "expected a line, found nothing", "a,1\nb,2": "expected one line, found more",
	} {
		var r Reader
		var v row
		r.CSV([]byte(text), ',')
		r.One()
		if err := r.End(); err == nil {
			readRow(&r, &v)
		}
		if err := r.End(); err == nil && want != "" || err != nil && err.Error() != want {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestLines(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"<a=1;2.5>\n<b:=2;>\r\n", "[{a 1 2.5 true} {b: 2 0 true}]"},
		{"<a=1;2>x", `line 1: expected a text like <…=…;…>, found "<a=1;2>x"`},
		{"<a=1;2>\na=1;2>", `line 2: expected a text like <…=…;…>, found "a=1;2>"`},
		{"<a=1>", `line 1: expected a text like <…=…;…>, found "<a=1>"`},
	} {
		got, err := rows(func(r *Reader) { r.Lines([]byte(tc.text), "<", "=", ";", ">") })
		text := ""
		if err != nil {
			text = err.Error()
		} else {
			text = strings.TrimSpace(strings.ReplaceAll(strings.Join(strings.Fields(fmt.Sprint(got)), " "), "  ", " "))
		}
		if text != tc.want {
			t.Errorf("%q: %s, want %s", tc.text, text, tc.want)
		}
	}
}

func TestValues(t *testing.T) {
	var r Reader
	r.CSV([]byte(`2026-06-01T14:00:00+02:00,1780315200,90,235,eco,ON,AQP/,"{""a"": [1]}"`), ',')
	r.One()
	at := func(n int) *Reader { r.Cell(n, "x"); return &r }
	noon := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for n, ok := range []bool{
		at(0).Time().Equal(noon), at(1).Epoch(time.Second).Equal(noon), at(2).Duration(time.Second) == 90*time.Second,
		at(3).Scaled(0.1) == 23.5, at(4).Choice("off", "eco") == "eco", at(5).Word("OFF", "ON") == 1,
		string(at(6).Base64()) == "\x01\x03\xff", at(7).JSON() == `{"a": [1]}`,
	} {
		if !ok || r.End() != nil {
			t.Errorf("column %d is wrong: %v", n, r.End())
		}
	}
}

func TestAppendText(t *testing.T) {
	for text, want := range map[string]string{
		"a": "a", "": `""`, "a;b": `"a;b"`, "a,b": "a,b", `a"b`: `"a""b"`, "a\nb": "\"a\nb\"", " a": `" a"`,
	} {
		if got := string(AppendText(nil, text, ';')); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	if got := string(AppendQuery(AppendQuery(nil, "a b", "1+1"), "c", "&")); got != "a%20b=1%2B1&c=%26" {
		t.Error(got)
	}
}

// FuzzCSV compares the cells with those that encoding/csv finds where it accepts a
// message, and holds that what was written is read back.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,1\r\nb,2\n", `"a""b",c`, "\"a\nb\",,\n\n", `a"b`, `"a"b`, "a;b", "\ufeffa"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r Reader
		r.CSV([]byte(text), ',')
		var got [][]string
		for r.Next() {
			var line []string
			for _, c := range r.cells {
				line = append(line, string(c.text))
			}
			got = append(got, line)
		}
		if r.End() != nil {
			return
		}
		theirs := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		theirs.FieldsPerRecord = -1
		for n := 0; ; n++ {
			want, err := theirs.Read()
			if err == io.EOF && n == len(got) {
				break
			}
			// They take CR LF inside a text for a line break alone, and a CR at the end away.
			if err != nil || n >= len(got) || !strings.Contains(text, "\r") && !reflect.DeepEqual(want, got[n]) {
				if strings.Contains(text, "\r") {
					return
				}
				t.Fatalf("%q: line %d is %q, not %q (%v)", text, n, got, want, err)
			}
		}
		for _, line := range got {
			var back Reader
			var written []byte
			for n, c := range line {
				if n > 0 {
					written = append(written, ',')
				}
				written = AppendText(written, c, ',')
			}
			back.CSV(written, ',')
			back.One()
			for n, c := range line {
				back.Cell(n, "x")
				if back.Text() != c || back.End() != nil {
					t.Fatalf("%q was written as %q and read as %q, %v", c, written, back.Text(), back.End())
				}
			}
		}
	})
}

// FuzzLines holds that what a pattern finds, put back, is the line.
func FuzzLines(f *testing.F) {
	f.Add("T=1;H=2", "T=", ";H=", "")
	f.Add("a:b", "", ":", "")
	f.Add("<<>>", "<", "<", ">")
	f.Fuzz(func(t *testing.T, line, before, between, behind string) {
		var r Reader
		r.Lines([]byte(line), before, between, behind)
		if between == "" || strings.ContainsAny(line+before+between+behind, "\r\n\ufeff") || !r.Next() {
			return
		}
		r.Cell(0, "a")
		a := r.Text()
		r.Cell(1, "b")
		if back := before + a + between + r.Text() + behind; back != line {
			t.Fatalf("%q is %q", line, back)
		}
	})
}
