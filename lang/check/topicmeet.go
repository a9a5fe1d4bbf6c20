package check

import (
	"strings"

	"flowc/lang/typed"
)

// anyText stands in a level for a text that is known only when the flow runs.
const anyText = "\x00"

// anyLevels stands for one or more levels: a setting that whoever starts the program
// may fill with slashes.
const anyLevels = "\x01"

// levels is a set of topics, level by level. A level is a text in which anyText
// stands for any text without a slash; the last may be "#" for any levels or none.
type levels []string

// filterOf reads what a subscription asks for: `+` and captures are any level.
func filterOf(pattern string) levels {
	list := strings.Split(pattern, "/")
	for n, l := range list {
		if l == "+" || strings.HasPrefix(l, "{") {
			list[n] = anyText
		}
	}
	return list
}

// topicOf is what a topic expression may come to: the parts of a template stay
// within their level, of anything else nothing is known.
func topicOf(x typed.Expr) levels {
	text, ok := topicText(x)
	if !ok {
		return levels{"#"}
	}
	list := strings.Split(text, "/")
	for n, l := range list {
		if l != anyLevels {
			list[n] = strings.ReplaceAll(l, anyLevels, anyText)
		}
	}
	return list
}

func topicText(x typed.Expr) (string, bool) {
	switch x := x.(type) {
	case *typed.Const:
		s, ok := x.V.(string)
		return s, ok
	case *typed.Template:
		var b strings.Builder
		for _, p := range x.Parts {
			s, ok := topicText(p)
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	case *typed.TopicPart:
		return anyText, true
	case *typed.SettingRef:
		return anyLevels, true
	case *typed.ToText:
		return topicText(x.X)
	case *typed.Wire:
		if x.Eq != nil && x.Eq.X != nil {
			return topicText(x.Eq.X)
		}
	}
	return "", false
}

// topicsMeet reports whether a topic can be in both sets. A wildcard in the first
// level never means the broker's own topics, those with a `$`.
func topicsMeet(topic, filter levels) bool {
	if strings.HasPrefix(topic[0], "$") && (filter[0] == "#" || filter[0] == anyText) {
		return false
	}
	return levelsMeet(topic, filter)
}

func levelsMeet(a, b levels) bool {
	switch {
	case len(a) > 0 && a[0] == "#", len(b) > 0 && b[0] == "#":
		return true
	case len(a) == 0 || len(b) == 0:
		return len(a) == len(b)
	case a[0] == anyLevels:
		return levelsMeet(a[1:], b[1:]) || levelsMeet(a, b[1:])
	case b[0] == anyLevels:
		return levelsMeet(b, a)
	}
	return textsMeet(a[0], b[0]) && levelsMeet(a[1:], b[1:])
}

// textsMeet reports whether a text can fit two patterns with anyText in them.
func textsMeet(a, b string) bool {
	switch {
	case a == "" && b == "":
		return true
	case strings.HasPrefix(a, anyText):
		return textsMeet(a[1:], b) || b != "" && textsMeet(a, b[1:])
	case strings.HasPrefix(b, anyText):
		return textsMeet(b, a)
	}
	return a != "" && b != "" && a[0] == b[0] && textsMeet(a[1:], b[1:])
}
