package scan

import (
	"regexp"
	"strings"
	"unicode"
)

// mixed are words whose capitals say nothing about where words begin.
var mixed = strings.NewReplacer("QoS", "Qos", "IDs", "Ids", "URLs", "Urls", "IPv", "Ipv", "PoE", "Poe", "OAuth", "Oauth")

// flowName is a Go name as a flow writes it: ClientID is client_id, QoS is qos,
// I2CBus is i2c_bus. A word begins at a capital after a small letter, and at a
// capital before a small letter.
func flowName(name string) string {
	runes := []rune(mixed.Replace(name))
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) {
			after := unicode.IsLower(runes[i-1])
			before := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if after || before {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

var namePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// validName reports whether a flow can write name.
func validName(name string) bool { return namePattern.MatchString(name) }
