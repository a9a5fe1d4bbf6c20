package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestAMistakeOfFlowcIsSaidInWords: no stack trace for somebody who did not ask.
func TestAMistakeOfFlowcIsSaidInWords(t *testing.T) {
	for _, trace := range []string{"", "1"} {
		t.Setenv("FLOWC_TRACE", trace)
		var err bytes.Buffer
		code := guarded(&console{out: &err, err: &err}, func() int {
			var none []int
			return none[len(none)]
		})
		text := err.String()
		if code != exitMistake || !strings.Contains(text, "a mistake of flowc") || !strings.Contains(text, "index out of range") {
			t.Errorf("with FLOWC_TRACE=%q: code %d, %s", trace, code, text)
		}
		if shown := strings.Contains(text, "goroutine"); shown != (trace != "") {
			t.Errorf("with FLOWC_TRACE=%q the trace is shown: %v", trace, shown)
		}
	}
}
