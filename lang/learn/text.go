package learn

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/syntax"
	"flowc/rt/fn"
)

// textSeen is what strings had in common.
type textSeen struct {
	n int
	// distinct are the first few different texts; more says that there were others.
	distinct []string
	more     bool
	// How many looked like a number, a moment with its zone, one without, a date, a time of day.
	numeric, moment, local, date, clock int
	// number are the numbers that the texts held.
	number *numberRange
}

// maxDistinct is how many different texts are remembered.
const maxDistinct = 12

var (
	numberText = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)
	localTime  = regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$`)
	dateText   = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	clockText  = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$`)
	// measured is a number with its unit behind it: "21.5 °C".
	measured = regexp.MustCompile(`^-?[0-9]+([.,][0-9]+)? ?([a-zA-Z°%µ][^0-9]{0,5})$`)
)

func (t *textSeen) add(text string) {
	t.n++
	if !slices.Contains(t.distinct, text) {
		if len(t.distinct) < maxDistinct {
			t.distinct = append(t.distinct, text)
		} else {
			t.more = true
		}
	}
	switch _, err := fn.ReadTime(text); {
	case err == nil:
		t.moment++
	case numberText.MatchString(text):
		t.numeric++
		if t.number == nil {
			t.number = &newShape().number
		}
		t.number.add(text)
	case localTime.MatchString(text):
		t.local++
	case dateText.MatchString(text):
		t.date++
	case clockText.MatchString(text):
		t.clock++
	}
}

func (t *textSeen) merge(o textSeen) {
	t.n += o.n
	for _, text := range o.distinct {
		if slices.Contains(t.distinct, text) {
			continue
		}
		if t.more = t.more || len(t.distinct) >= maxDistinct; !t.more {
			t.distinct = append(t.distinct, text)
		}
	}
	t.more = t.more || o.more
	t.numeric, t.moment, t.local = t.numeric+o.numeric, t.moment+o.moment, t.local+o.local
	t.date, t.clock = t.date+o.date, t.clock+o.clock
	if o.number != nil {
		if t.number == nil {
			t.number = &newShape().number
		}
		t.number.merge(*o.number)
	}
}

// spellings are pairs of words for on and off.
var spellings = [][2]string{
	{"on", "off"}, {"true", "false"}, {"yes", "no"}, {"open", "closed"}, {"open", "close"}, {"1", "0"}, {"online", "offline"},
	{"active", "inactive"}, {"enabled", "disabled"},
}

// switched finds strings that say on and off in words of their own, both of them seen.
func (t *textSeen) switched() (on, off string, ok bool) {
	if t.more || len(t.distinct) != 2 {
		return "", "", false
	}
	a, b := t.distinct[0], t.distinct[1]
	for _, s := range spellings {
		switch {
		case strings.EqualFold(a, s[0]) && strings.EqualFold(b, s[1]):
			return a, b, true
		case strings.EqualFold(b, s[0]) && strings.EqualFold(a, s[1]):
			return b, a, true
		}
	}
	return "", "", false
}

// stringType types strings.
func (w *writer) stringType(s *shape, at place) typing {
	t := s.text
	on, off, isSwitch := t.switched()
	switch {
	case t.moment == t.n:
		return w.momentType()
	case isSwitch:
		return w.form("words", "words({ on = "+syntax.Quote(on)+", off = "+syntax.Quote(off)+" })", "string")
	case t.numeric == t.n:
		inner := w.numberType(*t.number, t.n, at)
		return w.form("string_as", "string_as("+inner.text+")", "string").with(append([]string{}, inner.notes...)...)
	case t.date == t.n:
		return w.form("date", "date", "string")
	case t.clock == t.n:
		return w.form("time_of_day", "time_of_day", "string")
	case t.local == t.n:
		return typing{text: "string", notes: []string{"a time without its zone"}}
	}
	return typing{text: "string"}.with(t.hints()...)
}

// momentType is the type of ISO 8601 texts.
func (w *writer) momentType() typing {
	if w.known("iso8601") {
		return typing{text: "iso8601"}
	}
	return typing{text: "time"}
}

// hints tell what else strings may be.
func (t *textSeen) hints() []string {
	if t.n > 0 && !t.more && len(t.distinct) > 0 && measured.MatchString(t.distinct[0]) {
		return []string{"a number with its unit in the text: " + shortText(t.distinct[0])}
	}
	if t.more || len(t.distinct) < 2 || len(t.distinct) > 6 || t.n < 3*len(t.distinct) {
		return nil
	}
	var members []string
	for _, text := range slices.Sorted(slices.Values(t.distinct)) {
		if !isIdentifier(text) {
			return nil
		}
		members = append(members, strconv.Quote(text))
	}
	return []string{"only " + strings.Join(members, ", ") + ": an enum?"}
}
