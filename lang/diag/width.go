package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/apparentlymart/go-textseg/v15/textseg"
	"golang.org/x/text/width"
)

// tabStop is how far apart tabs are in printed source lines.
const tabStop = 4

// displayWidth is the number of terminal columns s takes.
func displayWidth(s string) int {
	n := 0
	rest := []byte(s)
	for len(rest) > 0 {
		size, cluster, err := textseg.ScanGraphemeClusters(rest, true)
		if err != nil || size <= 0 {
			return n + utf8.RuneCount(rest)
		}
		n += clusterWidth(cluster)
		rest = rest[size:]
	}
	return n
}

// clusterWidth is 0, 1 or 2: what terminals give one visible character with all its marks and joiners.
func clusterWidth(cluster []byte) int {
	w := 0
	for _, r := range string(cluster) {
		switch {
		case r == 0xFE0F: // asks for the emoji form of the character before it
			w = 2
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		default:
			w = max(w, runeWidth(r))
		}
	}
	return w
}

func runeWidth(r rune) int {
	if r >= 0x1F1E6 && r <= 0x1F1FF { // halves of flags
		return 2
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// clean makes text safe to print on one line: control characters and marks that change the
// direction of writing become visible, so a source file cannot disguise itself or drive the terminal.
func clean(s string) string {
	if !strings.ContainsFunc(s, unprintable) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case unprintable(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprintable(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.IsControl(r)
}

// expand makes a source line printable and widens its tabs, starting at terminal column from.
func expand(s string, from int) string {
	if !strings.ContainsRune(s, '\t') {
		return clean(s)
	}
	var b strings.Builder
	col := from
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			n := tabStop - col%tabStop
			b.WriteString(strings.Repeat(" ", n))
			col += n
		}
		part = clean(part)
		b.WriteString(part)
		col += displayWidth(part)
	}
	return b.String()
}
