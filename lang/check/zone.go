package check

import (
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/rt/fn"
)

// knownZone is the zone of the site. One that does not exist is reported, and UTC stands for it: what needs
// a zone has been told nothing wrong.
func (c *checker) knownZone(name string, r rangeT) string {
	if _, err := fn.ParseZone(name); err != nil {
		c.report(errNoSuchZone(name, r))
		return "UTC"
	}
	return name
}

// zoneArg is the Go type of an argument that names a zone.
const zoneArg = "flowc/rt/fn.Zone"

// errUnreadable is a constant text that an argument cannot be read from.
func errUnreadable(k *typed.Const, a *catalog.Arg, err error) *diag.Diagnostic {
	if name, ok := k.V.(string); ok && a.Type.Go == zoneArg {
		return errNoSuchZone(name, k.Range)
	}
	return errNeverWorks(k, err)
}

func errNoSuchZone(name string, r rangeT) *diag.Diagnostic {
	f := finding("E1103", "There is no such time zone", r, "no place is called this in the list of time zones")
	if near := nearZone(name); near != "" {
		f.Hint = "did you mean `\"" + near + "\"`?"
		replace(f, r, `"`+near+`"`)
		return f
	}
	f.Hint = "zones go by region and city, for example `\"Europe/Berlin\"`; `timedatectl list-timezones` prints them all on a Pi."
	return f
}

// zoneRegions are the first words of the names of zones.
var zoneRegions = []string{"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica"}

// nearZone is a zone that somebody who wrote name may have meant: its city alone, spaces and small letters where they
// do not belong, or one letter wrong. The list of zones can be asked but not read, so it is asked for what is near.
func nearZone(name string) string {
	if len(name) > 40 {
		return ""
	}
	tidy := zoneSpelling(name)
	tries := []string{tidy}
	for _, region := range zoneRegions {
		_, city, found := strings.Cut(tidy, "/")
		if !found {
			city = tidy
		}
		tries = append(tries, region+"/"+city)
	}
	for n := range len(tidy) + 1 {
		tries = append(tries, oneLetterOff(tidy, n)...)
	}
	for _, try := range tries {
		if _, err := fn.ParseZone(try); err == nil && try != name {
			return try
		}
	}
	return ""
}

// zoneSpelling writes words as the names of zones have them: `new york` is New_York.
func zoneSpelling(name string) string {
	b := []byte(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), " ", "_")))
	for n := range b {
		if 'a' <= b[n] && b[n] <= 'z' && (n == 0 || b[n-1] == '/' || b[n-1] == '_' || b[n-1] == '-') {
			b[n] -= 'a' - 'A'
		}
	}
	return string(b)
}

// oneLetterOff are the texts that differ from s at place n: two letters swapped, one left out, another or one more there.
func oneLetterOff(s string, n int) []string {
	var near []string
	if n+1 < len(s) {
		near = append(near, s[:n]+s[n+1:n+2]+s[n:n+1]+s[n+2:])
	}
	if n < len(s) {
		near = append(near, s[:n]+s[n+1:])
	}
	for letter := 'a'; letter <= 'z'; letter++ {
		near = append(near, s[:n]+string(letter)+s[n:])
		if n < len(s) {
			near = append(near, s[:n]+string(letter)+s[n+1:])
		}
	}
	return near
}
