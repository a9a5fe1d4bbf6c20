package examples

import (
	"os"
	"strings"
	"testing"
)

const readme = "../README.md"

// excerpts are the parts of a file that the README shows, from a line that begins with from to the end of its
// paragraph.
var excerpts = []struct {
	// mark names the place in the README; language is what is shown there.
	mark, language, file string
	from                 []string
}{
	{"hcl", "hcl", "greenhouse/greenhouse.hcl", []string{"# A sensor that lies", "# Dry below"}},
	{"go", "go", "greenhouse/gen/program.go", []string{"// good = ", "// dry = "}},
	{"state", "hcl", "motion-light/motion-light.hcl", []string{"# For half", "light hall_light"}},
	{"sequence", "hcl", "watering/watering.hcl", []string{"# One bed after", "  step bed"}},
	{"mode", "hcl", "thermostat/thermostat.hcl", []string{"target = match", "invariant "}},
	{"own-go", "go", "own-sensor/go/volume.go", []string{"// Volume is"}},
	{"own-flow", "hcl", "own-sensor/own-sensor.hcl", []string{"tank_gauge tank", "# Wind makes", "water = ", "# Not more"}},
}

// What the README shows of an example is what stands there. With -update it is written anew.
func TestReadmeShowsTheExample(t *testing.T) {
	have, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(have)
	for _, e := range excerpts {
		source, err := os.ReadFile(e.file)
		if err != nil {
			t.Fatal(err)
		}
		var parts []string
		for _, from := range e.from {
			parts = append(parts, paragraph(t, e.file, string(source), from))
		}
		shown := "```" + e.language + "\n" + strings.Join(parts, "\n\n") + "\n```"
		text = between(t, text, "<!-- excerpt "+e.mark+" -->\n", "\n<!-- end -->", shown)
	}
	switch {
	case text == string(have):
	case *update:
		write(t, readme, []byte(text))
	default:
		t.Errorf("the README shows an older example; run: go test ./examples -update")
	}
}

// paragraph is the text from the line that begins with from to the next empty line, without line directives.
func paragraph(t *testing.T, file, text, from string) string {
	t.Helper()
	at := strings.Index(text, "\n"+from)
	if at < 0 {
		t.Fatalf("%s has no line that begins with %q", file, from)
	}
	part, _, _ := strings.Cut(text[at+1:], "\n\n")
	var lines []string
	for line := range strings.Lines(part) {
		if !strings.HasPrefix(line, "//line ") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	return strings.Join(lines, "\n")
}

// between replaces what stands between two marks.
func between(t *testing.T, text, begin, end, by string) string {
	t.Helper()
	before, rest, ok := strings.Cut(text, begin)
	if !ok {
		t.Fatalf("the README has no mark %q", begin)
	}
	_, after, ok := strings.Cut("\n"+rest, end)
	if !ok {
		t.Fatalf("the README has no mark %q after %q", end, begin)
	}
	return before + begin + by + end + after
}
