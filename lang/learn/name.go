package learn

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// words divides a name from outside: "batteryLevel", "wind_speed-10m" and "CO2" are battery level, wind speed 10m
// and co2.
func words(name string) []string {
	var list []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			list = append(list, string(word))
		}
		word = nil
	}
	letters := []rune(name)
	for i, r := range letters {
		plain := plainLetter(r)
		if plain == "" {
			end()
			continue
		}
		if unicode.IsUpper(r) && i > 0 {
			before := letters[i-1]
			nextSmall := i+1 < len(letters) && unicode.IsLower(letters[i+1])
			if unicode.IsLower(before) || unicode.IsUpper(before) && nextSmall || unicode.IsDigit(before) && nextSmall {
				end()
			}
		}
		word = append(word, []rune(plain)...)
	}
	end()
	return list
}

// plainLetter is a letter or digit as names have it, "" for what parts words.
func plainLetter(r rune) string {
	r = unicode.ToLower(r)
	switch r {
	case 'ä':
		return "ae"
	case 'ö':
		return "oe"
	case 'ü':
		return "ue"
	case 'ß':
		return "ss"
	case 'µ', 'μ':
		return "u"
	case 'é', 'è', 'ê':
		return "e"
	}
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return string(r)
	}
	return ""
}

// Identifier is a name as flows write it: small letters, digits and `_`. other is taken where nothing is left of it.
func Identifier(name, other string) string {
	id := strings.Join(words(name), "_")
	if isIdentifier(name) {
		id = name
	}
	switch {
	case id == "":
		return other
	case id[0] >= '0' && id[0] <= '9':
		return other + "_" + id
	case slices.Contains(reserved, id):
		return id + "_value"
	}
	return id
}

// isIdentifier reports whether a name can stand in a flow as it is.
func isIdentifier(name string) bool {
	for i, r := range name {
		switch {
		case r >= 'a' && r <= 'z':
		case i > 0 && (r == '_' || r >= '0' && r <= '9'):
		default:
			return false
		}
	}
	return name != ""
}

// freeName is name, or name_2, name_3 …: the first that is not taken.
func freeName(name string, taken []string) string {
	free := name
	for n := 2; slices.Contains(taken, free); n++ {
		free = name + "_" + strconv.Itoa(n)
	}
	return free
}

// printable reports whether a text can stand in a flow: no control characters, nothing that is not UTF-8.
func printable(text string) bool {
	for _, r := range text {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// shortText is a text for a comment: quoted, on one line, and not long.
func shortText(text string) string {
	const most = 24
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.Quote(text)
}
