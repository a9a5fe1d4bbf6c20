package syntax

import (
	"strings"
	"testing"

	"flowc/lang/diag"
)

// TestStoriesShowFlows holds the examples of the stories to the grammar: what is called right parses and is in form,
// what is called wrong is wrong for the reason told, as far as the grammar can know.
func TestStoriesShowFlows(t *testing.T) {
	ours := map[string]bool{"E0001": true, "E0003": true, "E0004": true, "E0102": true}
	for _, code := range diag.Codes() {
		if notFlows[code] {
			continue
		}
		story, _ := diag.Story(code)
		wrong, right := example(t, story, "Wrong:"), example(t, story, "Right:")
		if _, found := Parse("story", map[string][]byte{"a.hcl": right}); len(found) > 0 {
			t.Errorf("%s, right: %s %s", code, found[0].Code, found[0].Summary)
		}
		if form, _ := Format(right); string(form) != string(right) {
			t.Errorf("%s, right, is not in form but\n%s", code, form)
		}
		_, found := Parse("story", map[string][]byte{"a.hcl": wrong})
		switch {
		case ours[code] && (len(found) == 0 || found[0].Code != code):
			t.Errorf("%s, wrong, gives %v", code, found)
		case !ours[code] && len(found) > 0:
			t.Errorf("%s, wrong: %s %s", code, found[0].Code, found[0].Summary)
		}
	}
}

// notFlows are stories that show something else: commands, and Go.
var notFlows = map[string]bool{"E0002": true, "E0112": true, "E0113": true}

// example is the indented part of a story after a heading.
func example(t *testing.T, story, heading string) []byte {
	t.Helper()
	_, rest, ok := strings.Cut(story, heading+"\n\n")
	if !ok {
		t.Fatalf("no %s in %q", heading, story)
	}
	var b strings.Builder
	for line := range strings.SplitSeq(rest, "\n") {
		if text, indented := strings.CutPrefix(line, "    "); indented {
			b.WriteString(text + "\n")
		} else if line != "" {
			break
		}
	}
	return []byte(b.String())
}
