package scan

import (
	"regexp"
	"strings"

	"flowc/lang/catalog"
	"flowc/rt/unit"
)

var (
	wholePattern   = regexp.MustCompile(`^-?[0-9]+$`)
	decimalPattern = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	measurePattern = regexp.MustCompile(`^-?[0-9]+(?:\.[0-9]+)?\.([A-Za-z][A-Za-z0-9_]*)$`)
)

// defaultFault says why a default cannot be what a flow would write for a type,
// or "".
func (s *scanner) defaultFault(t *catalog.Type, text string) string {
	switch t.Name {
	case "bool":
		return unless(text == "on" || text == "off" || text == "true" || text == "false", "on or off")
	case "int":
		return unless(wholePattern.MatchString(text), "a whole number")
	case "number":
		return unless(decimalPattern.MatchString(text), "a number")
	case "duration":
		m := measurePattern.FindStringSubmatch(text)
		known := false
		if m != nil {
			_, known = unit.LookupDuration(m[1])
		}
		return unless(known || text == "never", "a duration, such as 30.ms")
	case "quantity":
		return unless(measurePattern.MatchString(text), "a number with a unit, such as 5.pct")
	case "enum":
		return s.memberFault(t.Ref, text)
	case "optional":
		return s.defaultFault(t.Elem, text)
	}
	return ""
}

func unless(ok bool, want string) string {
	if ok {
		return ""
	}
	return want
}

func (s *scanner) memberFault(enum, text string) string {
	for _, e := range s.enums {
		if e.Name != enum {
			continue
		}
		var names []string
		for _, v := range e.Values {
			if v.Name == text {
				return ""
			}
			names = append(names, v.Name)
		}
		return "one of " + strings.Join(names, ", ")
	}
	return ""
}
