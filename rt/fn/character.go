package fn

import "unicode/utf8"

// A character is what a person sees as one: a letter with its accents, a flag,
// an emoji with its skin tone or family. The whole rule (Unicode's grapheme
// clusters) needs 66 kB of tables; this is the part that occurs in messages.

const (
	zeroWidthJoiner   = 0x200D
	firstRegional     = 0x1F1E6
	lastRegional      = 0x1F1FF
	firstNonASCIIByte = utf8.RuneSelf
)

// characterEnd gives the end of the character that begins at s[i].
func characterEnd(s string, i int) int {
	if s[i] < firstNonASCIIByte && (i+1 == len(s) || s[i+1] < firstNonASCIIByte) {
		if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			return i + 2
		}
		return i + 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	i += n
	if isRegional(r) {
		if next, n := utf8.DecodeRuneInString(s[i:]); isRegional(next) {
			i += n
		}
	}
	for i < len(s) {
		next, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case extends(next):
			i += n
		case next == zeroWidthJoiner:
			i += n
			_, n = utf8.DecodeRuneInString(s[i:])
			i += n
		default:
			return i
		}
	}
	return i
}

func isRegional(r rune) bool { return firstRegional <= r && r <= lastRegional }

// extends reports whether r is drawn together with the rune before it.
func extends(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, // accents
		0x483 <= r && r <= 0x489, // Cyrillic
		0x591 <= r && r <= 0x5BD, // Hebrew points
		0x64B <= r && r <= 0x65F, // Arabic vowel signs
		0x1AB0 <= r && r <= 0x1AFF,
		0x1DC0 <= r && r <= 0x1DFF,
		0x20D0 <= r && r <= 0x20FF, // keycap and other marks around a sign
		0xFE00 <= r && r <= 0xFE0F, // variation selectors
		0xFE20 <= r && r <= 0xFE2F,
		0x1F3FB <= r && r <= 0x1F3FF, // skin tones
		0xE0020 <= r && r <= 0xE007F, // tags in flags
		0xE0100 <= r && r <= 0xE01EF:
		return true
	}
	return false
}

// skipCharacters gives the place n characters after s[i], or len(s).
func skipCharacters(s string, i int, n int64) int {
	for ; n > 0 && i < len(s); n-- {
		i = characterEnd(s, i)
	}
	return i
}
