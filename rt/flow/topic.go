package flow

import (
	"errors"
	"strings"
)

// TopicPart checks text that goes into one place of a topic: with `/`, `+`, `#`
// or NUL in it, data could reach another topic than the author meant.
func TopicPart(s string) (string, error) {
	if i := strings.IndexAny(s, "/+#\x00"); i >= 0 {
		what := "`" + s[i:i+1] + "`"
		if s[i] == 0 {
			what = "NUL"
		}
		return "", errors.New("topic: the data " + quoteShort(s) + " holds " + what + ", which has a meaning in a topic")
	}
	return s, nil
}

// Member checks that the text of a key is one of an enumeration's members.
func Member(text string, members ...string) (string, error) {
	for _, m := range members {
		if m == text {
			return m, nil
		}
	}
	return "", errors.New("the key " + quoteShort(text) + " is none of " + strings.Join(members, ", "))
}

func quoteShort(s string) string {
	if len(s) > 40 {
		s = s[:40] + "…"
	}
	return "\"" + strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", "␀"), "�") + "\""
}
