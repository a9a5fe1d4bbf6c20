package diag

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

// at finds the n-th occurrence (from 0) of want in src and gives its range.
func at(t *testing.T, file, src, want string, n int) hcl.Range {
	t.Helper()
	from := 0
	for range n {
		i := strings.Index(src[from:], want)
		if i < 0 {
			t.Fatalf("%q is not %d times in the source", want, n+1)
		}
		from += i + len(want)
	}
	i := strings.Index(src[from:], want)
	if i < 0 {
		t.Fatalf("%q is not %d times in the source", want, n+1)
	}
	start := from + i
	return hcl.Range{Filename: file, Start: posAt(src, start), End: posAt(src, start+len(want))}
}

func posAt(src string, byteAt int) hcl.Pos {
	before := src[:byteAt]
	lineStart := strings.LastIndex(before, "\n") + 1
	return hcl.Pos{
		Line:   strings.Count(before, "\n") + 1,
		Column: len([]rune(before[lineStart:])) + 1,
		Byte:   byteAt,
	}
}

func render(t *testing.T, d *Diagnostic, sources map[string][]byte) string {
	t.Helper()
	var b strings.Builder
	if err := Text(&b, d, sources, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func expectText(t *testing.T, got, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestTwoPlaces(t *testing.T) {
	const file = "01_units.hcl"
	src := `mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in soil {
  json  = { moisture = pct, battery = optional(V) }
}

relay pump {
  pin  = 22
  on   = hysteresis(soil.moisture, { on_below = 18.C, off_above = 45.pct })
}
`
	d := &Diagnostic{
		Code:    "E0301",
		Summary: "These units don't match",
		Subject: Span{at(t, file, src, "18.C", 0), "this is a temperature (°C)"},
		Related: []Span{{at(t, file, src, "pct", 0), "`soil.moisture` gets its type here: a percentage (%)"}},
		Why:     "`on_below` is compared with `soil.moisture`, so both must measure the same thing.",
		Hint:    "did you mean `18.pct`?",
	}
	expectText(t, render(t, d, map[string][]byte{file: []byte(src)}), `
✖ E0301  These units don't match                              01_units.hcl:11

   6 │   json  = { moisture = pct, battery = optional(V) }
     │                        ─── `+"`soil.moisture`"+` gets its type here: a percentage (%)
     ┆
  11 │   on   = hysteresis(soil.moisture, { on_below = 18.C, off_above = 45.pct })
     │                                                 ^^^^ this is a temperature (°C)

  `+"`on_below` is compared with `soil.moisture`"+`, so both must measure the same
  thing.

  Hint: did you mean `+"`18.pct`"+`?
`)
}

func TestTwoPlacesOnOneLine(t *testing.T) {
	const file = "02_event.hcl"
	src := "\n\n\nled lamp {\n  on  = door.pressed\n}\n"
	d := &Diagnostic{
		Code:    "E0501",
		Summary: "An event is not a state",
		Subject: Span{at(t, file, src, "door.pressed", 0), "this happens, at single moments"},
		Related: []Span{{at(t, file, src, "on", 0), "`on` is a state: at every moment it is on or off"}},
		Why:     "Between two presses, should it be on or off? Say which:",
		Example: "toggle(door.pressed)          flips each time\npulse(door.pressed, 5.s)     on for five seconds each time",
	}
	expectText(t, render(t, d, map[string][]byte{file: []byte(src)}), `
✖ E0501  An event is not a state                               02_event.hcl:5

  5 │   on  = door.pressed
    │         ^^^^^^^^^^^^ this happens, at single moments
    │   ── `+"`on`"+` is a state: at every moment it is on or off

  Between two presses, should it be on or off? Say which:

      toggle(door.pressed)          flips each time
      pulse(door.pressed, 5.s)     on for five seconds each time
`)
}

func TestCircleOnNeighbouringLines(t *testing.T) {
	const file = "08_cycle.hcl"
	src := "# heating\n\nheat = !vent\nvent = heat && tank_full.on\n"
	d := &Diagnostic{
		Code:    "E0601",
		Summary: "This goes round in a circle",
		Subject: Span{at(t, file, src, "heat", 2), "… from `heat`, at the same instant"},
		Related: []Span{
			{at(t, file, src, "heat", 1), "`heat` depends on `vent` …"},
			{at(t, file, src, "vent", 1), "which `vent` decides …"},
		},
		Why:  "heat → vent → heat\nNothing in the circle waits, so there is no first value to start from.",
		Hint: "put a delay or a memory in it: `delay(heat, 1.s)`, `previous(heat, off)`, or a `state` block.",
	}
	expectText(t, render(t, d, map[string][]byte{file: []byte(src)}), `
✖ E0601  This goes round in a circle                           08_cycle.hcl:4

  3 │ heat = !vent
    │ ──── `+"`heat` depends on `vent`"+` …
  4 │ vent = heat && tank_full.on
    │        ^^^^ … from `+"`heat`"+`, at the same instant
    │ ──── which `+"`vent`"+` decides …

  heat → vent → heat
  Nothing in the circle waits, so there is no first value to start from.

  Hint: put a delay or a memory in it: `+"`delay(heat, 1.s)`, `previous(heat,"+`
  off)`+"`, or a `state`"+` block.
`)
}

func TestPlaceInAnotherFile(t *testing.T) {
	a, b := "secret key { env = \"KEY\" }\n", "\nlog x {\n  show = key\n}\n"
	d := &Diagnostic{
		Code:    "E1001",
		Summary: "A secret would leave the program",
		Subject: Span{at(t, "b.hcl", b, "key", 0), "shown here"},
		Related: []Span{{at(t, "a.hcl", a, "key", 0), "declared secret here"}},
	}
	expectText(t, render(t, d, map[string][]byte{"a.hcl": []byte(a), "b.hcl": []byte(b)}), `
✖ E1001  A secret would leave the program                             b.hcl:3

    ╭ a.hcl:1
  1 │ secret key { env = "KEY" }
    │        ─── declared secret here
    ╭ b.hcl:3
  3 │   show = key
    │          ^^^ shown here
`)
}

func TestWideCharactersAndTabs(t *testing.T) {
	const file = "wide.hcl"
	src := "x = \"é👍🏽日本\" + nope\n\ty\t= nope\n"
	first := &Diagnostic{Code: "W0602", Severity: Warning, Summary: "Wide", Subject: Span{at(t, file, src, "nope", 0), "here"}}
	second := &Diagnostic{Code: "E0104", Summary: "Tabs", Subject: Span{at(t, file, src, "nope", 1), "here"}}
	sources := map[string][]byte{file: []byte(src)}
	expectText(t, render(t, first, sources), `
▲ W0602  Wide                                                      wide.hcl:1

  1 │ x = "é👍🏽日本" + nope
    │                 ^^^^ here
`)
	expectText(t, render(t, second, sources), `
✖ E0104  Tabs                                                      wide.hcl:2

  2 │     y   = nope
    │           ^^^^ here
`)
}

func TestRangeOfSeveralLinesShowsItsFirst(t *testing.T) {
	const file = "long.hcl"
	src := "x = [\n  1,\n  2,\n]\n"
	d := &Diagnostic{Code: "E0202", Summary: "A list", Subject: Span{at(t, file, src, "[\n  1,\n  2,\n]", 0), "this list"}}
	expectText(t, render(t, d, map[string][]byte{file: []byte(src)}), `
✖ E0202  A list                                                    long.hcl:1

  1 │ x = [
    │     ^ this list
`)
}

func TestPlaceAtTheEndOfTheFile(t *testing.T) {
	const file = "end.hcl"
	src := "x ="
	end := hcl.Pos{Line: 1, Column: 4, Byte: 3}
	d := &Diagnostic{Code: "E0003", Summary: "A value is missing", Subject: Span{hcl.Range{Filename: file, Start: end, End: end}, "here"}}
	expectText(t, render(t, d, map[string][]byte{file: []byte(src)}), `
✖ E0003  A value is missing                                         end.hcl:1

  1 │ x =
    │    ^ here
`)
}

func TestPlacesWithoutSource(t *testing.T) {
	nowhere := &Diagnostic{Code: "E0002", Summary: "There is no flow here", Why: "The folder has no .hcl file."}
	expectText(t, render(t, nowhere, nil), `
✖ E0002  There is no flow here

  The folder has no .hcl file.
`)
	r := hcl.Range{Filename: "gone.hcl", Start: hcl.Pos{Line: 7, Column: 3, Byte: 90}}
	gone := &Diagnostic{Code: "E0104", Summary: "Unknown", Subject: Span{r, "no such name"}}
	expectText(t, render(t, gone, nil), `
✖ E0104  Unknown                                                   gone.hcl:7

  7 │ no such name
`)
}

func TestLongLineIsCutToAWindow(t *testing.T) {
	const file = "long.hcl"
	src := "x = \"" + strings.Repeat("a", 4000) + "\" + nope + \"" + strings.Repeat("b", 4000) + "\"\n"
	d := &Diagnostic{Code: "E0104", Summary: "Unknown", Subject: Span{at(t, file, src, "nope", 0), "here"}}
	lines := strings.Split(render(t, d, map[string][]byte{file: []byte(src)}), "\n")
	line, under := lines[2], lines[3]
	if n := displayWidth(line); n > longLine+10 {
		t.Errorf("the line is still %d columns wide", n)
	}
	i := displayWidth(line[:strings.Index(line, "nope")])
	j := displayWidth(under[:strings.Index(under, "^^^^")])
	if i != j {
		t.Errorf("underline at %d, name at %d:\n%s\n%s", j, i, line, under)
	}
}

func TestSourceCannotDriveTheTerminal(t *testing.T) {
	const file = "evil.hcl"
	src := "x = \"\x1b[2J\u202e\" + nope\n"
	d := &Diagnostic{Code: "E0104", Summary: "Unknown \x1b[31m", Subject: Span{at(t, file, src, "nope", 0), "\x07"}}
	got := render(t, d, map[string][]byte{file: []byte(src)})
	if strings.ContainsAny(got, "\x1b\x07\u202e") {
		t.Errorf("control characters came through: %q", got)
	}
	if !strings.Contains(got, "│               ^^^^ ") {
		t.Errorf("underline moved:\n%s", got)
	}
}

func TestColourOnlyWhenAsked(t *testing.T) {
	const file = "a.hcl"
	src := "x = nope\n"
	d := &Diagnostic{Code: "E0104", Summary: "Unknown", Subject: Span{at(t, file, src, "nope", 0), "here"}}
	var b strings.Builder
	if err := Text(&b, d, map[string][]byte{file: []byte(src)}, Options{Color: true}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[1;31m✖ E0104\x1b[0m") || !strings.Contains(b.String(), "\x1b[1;31m^^^^ here\x1b[0m") {
		t.Errorf("no colours: %q", b.String())
	}
	if plain := render(t, d, map[string][]byte{file: []byte(src)}); strings.Contains(plain, "\x1b") {
		t.Errorf("colours without asking: %q", plain)
	}
}

// Any range, however wrong, must be printed somehow: a finding is never lost to a slip in its place.
func FuzzText(f *testing.F) {
	f.Add("a = 1\n", 0, 3, 1, 1, "here")
	f.Add("", 5, -1, 0, 0, "")
	f.Add("é\r\n\t\xff", 1, 1<<40, 3, 9, "x\ny")
	f.Fuzz(func(t *testing.T, src string, from, to, line, column int, label string) {
		r := hcl.Range{
			Filename: "f.hcl",
			Start:    hcl.Pos{Line: line, Column: column, Byte: from},
			End:      hcl.Pos{Line: line, Column: column, Byte: to},
		}
		d := &Diagnostic{
			Code: "E0104", Summary: label, Why: src,
			Subject: Span{r, label},
			Related: []Span{{hcl.Range{Filename: "f.hcl", Start: r.End, End: r.Start}, label}},
		}
		var b strings.Builder
		if err := Text(&b, d, map[string][]byte{"f.hcl": []byte(src)}, Options{}); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(b.String(), "\x1b\x00\r\u202e") {
			t.Errorf("unprintable: %q", b.String())
		}
	})
}
