package diag

import (
	"strings"
	"testing"
)

func TestEveryStoryIsTold(t *testing.T) {
	codes := Codes()
	if len(codes) < 50 {
		t.Fatalf("only %d stories", len(codes))
	}
	for i, code := range codes {
		if i > 0 && codes[i-1][1:] >= code[1:] {
			t.Errorf("%s comes after %s", code, codes[i-1])
		}
		text, ok := Story(strings.ToLower(code))
		if !ok {
			t.Errorf("%s is listed and not told", code)
			continue
		}
		title, rest, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(title, code+"  ") || !strings.HasPrefix(rest, "\n") {
			t.Errorf("%s begins with %q", code, title)
		}
		for _, part := range []string{"\nWrong:\n\n    ", "\nRight:\n\n    "} {
			if strings.Count(text, part) != 1 {
				t.Errorf("%s has not one %s", code, strings.TrimSpace(part))
			}
		}
		for line := range strings.SplitSeq(text, "\n") {
			if displayWidth(line) > 80 || strings.TrimRight(line, " ") != line {
				t.Errorf("%s: line %q", code, line)
			}
		}
	}
}

func TestNoStory(t *testing.T) {
	for _, code := range []string{"E9999", "", "../diag", "E0501.txt"} {
		if text, ok := Story(code); ok {
			t.Errorf("%q tells %q", code, text)
		}
	}
}
