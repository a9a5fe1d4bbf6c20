package scan

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/catalog"
)

// tagWords are the tags that a field may have, each with its legal values; nil
// means free text.
var tagWords = map[string][]string{
	"name":     nil,
	"default":  nil,
	"optional": {"true"},
	"claim":    nil,
	"range":    nil,
	"unit":     nil,
	"code":     nil,
	"topic":    {"in", "out"},
	"text":     {"html"},
	"url":      {"to"},
	"secret":   {"may"},
	"tls":      nil,
	"stale":    {"must"},
	"items":    nil,
	"periods":  nil,
	"under":    nil,
	"pin":      {"on", "off"},
	"const":    {"true"},
	"needs":    nil,
	"rate":     nil,
	"peer":     {"address", "bridge"},
	"capacity": nil,
	"costly":   nil,
	"far":      nil, // capacity where what it works on is another machine's
	"wears":    nil,
	"typed":    {"true"}, // pairs that keep what they are
	"once":     {"true"}, // what comes again with the same one counts as done
	"instead":  nil,
	"part":     {"query", "json"},
	"implicit": {"true"},
	"listen":   {"tcp"},
	"login":    {"true", "none"},
	"table":    nil,
	"unsure":   nil,
	"drops":    nil,
	"encrypts": {"on"}, // a switch: without it a password can be read on the way
	"dialect":  {"postgres"},
	"changes":  {"true"},
	"below":    {"true"},
}

// tagNames are the keys of tagWords, for suggestions.
func tagNames() []string {
	var names []string
	for n := range tagWords {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// readTags fills in what a field's tags say. It reports whether the field may be
// left out (`optional:"true"`).
func (s *scanner) readTags(f *catalog.Field, m member) (optional bool) {
	tags, err := readTag(m.tag)
	if err != nil {
		s.problem(m.v.Pos(), "The tag of ", m.v.Name(), " is not of the form `key:\"value\"`.")
	}
	for _, t := range tags {
		words, known := tagWords[t.key]
		switch {
		case !known:
			s.problem(m.v.Pos(), "There is no tag `", t.key, "` (at ", m.v.Name(), ").", suggestion("", catalog.Nearest(t.key, tagNames())))
		case words != nil && !slices.Contains(words, t.value):
			s.problem(m.v.Pos(), "The tag `", t.key, "` of ", m.v.Name(), " wants one of: ", strings.Join(words, ", "), ".")
		case t.key == "name":
			f.Name = t.value
		case t.key == "default":
			f.Default = t.value
		case t.key == "optional":
			optional = true
		default:
			if f.Tags == nil {
				f.Tags = map[string]string{}
			}
			f.Tags[t.key] = t.value
		}
	}
	s.checkRange(f, m)
	return optional
}

// checkRange wants `range:"0,2"`: two numbers, the lower first, or `range:"0,"` where
// there is no greatest one.
func (s *scanner) checkRange(f *catalog.Field, m member) {
	text, ok := f.Tags["range"]
	if !ok {
		return
	}
	low, high, _ := strings.Cut(text, ",")
	a, errLow := strconv.ParseFloat(low, 64)
	b, errHigh := strconv.ParseFloat(high, 64)
	if high == "" && strings.HasSuffix(text, ",") {
		b, errHigh = math.Inf(1), nil
	}
	if errLow != nil || errHigh != nil || a > b {
		s.problem(m.v.Pos(), "The tag `range` of ", m.v.Name(), " wants two numbers, the lower first: range:\"0,2\".")
	}
}
