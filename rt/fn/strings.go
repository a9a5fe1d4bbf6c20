package fn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Upper writes a text in capital letters.
//
//	upper("Küche 3")  # "KÜCHE 3"
//
//flow:func upper
func Upper(s string) string { return strings.ToUpper(s) }

// Lower writes a text in small letters.
//
//	lower("Küche 3")  # "küche 3"
//
//flow:func lower
func Lower(s string) string { return strings.ToLower(s) }

// Title writes the first letter of each word as a capital and leaves the others
// as they are. Words are what white space and dashes keep apart.
//
//	title("living room BME280")  # "Living Room BME280"
//
//flow:func title
func Title(s string) string {
	first := true
	return strings.Map(func(r rune) rune {
		begins := first
		first = unicode.IsSpace(r) || r == '-' || r == '–'
		if begins {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// Trim takes away white space at both ends.
//
//	trim("  21.5 ")  # "21.5"
//
//flow:func trim
func Trim(s string) string { return strings.TrimSpace(s) }

// TrimStart takes a part away from the beginning of a text, as often as it stands
// there. Without a part the text stays as it is.
//
//	trim_start("0042", "0")      # "42"
//	trim_start("bed-7", "bed-")  # "7"
//
//flow:func trim_start
func TrimStart(s, part string) string {
	for part != "" && strings.HasPrefix(s, part) {
		s = s[len(part):]
	}
	return s
}

// TrimEnd takes a part away from the end of a text, as often as it stands there.
// Without a part the text stays as it is.
//
//	trim_end("12.500", "0")  # "12.5"
//
//flow:func trim_end
func TrimEnd(s, part string) string {
	for part != "" && strings.HasSuffix(s, part) {
		s = s[:len(s)-len(part)]
	}
	return s
}

// Length counts characters as people see them: an accent belongs to its
// letter, and an emoji with a skin tone or a family of emoji is one.
//
//	length("Grüße")  # 5
//	length("")       # 0
//
//flow:func length
func Length(s string) int64 {
	n := int64(0)
	for i := 0; i < len(s); n++ {
		i = characterEnd(s, i)
	}
	return n
}

// IsEmpty reports whether a text has no characters at all.
//
//	is_empty("")   # true
//	is_empty(" ")  # false
//
//flow:func is_empty
func IsEmpty(s string) bool { return s == "" }

// Substr cuts count characters out of a text. The first character is number 0;
// a negative start counts from the end, a negative count means up to the end.
// What lies outside the text is left out.
//
//	substr("bed-tomatoes", 4, 3)   # "tom"
//	substr("bed-tomatoes", 4, -1)  # "tomatoes"
//	substr("bed-tomatoes", -3, 3)  # "oes"
//
//flow:func substr
func Substr(s string, start, count int64) string {
	if start < 0 {
		start += Length(s)
		if start < 0 {
			if count >= 0 {
				count = max(count+start, 0)
			}
			start = 0
		}
	}
	from := skipCharacters(s, 0, start)
	if count < 0 {
		return s[from:]
	}
	return s[from:skipCharacters(s, from, count)]
}

// Split cuts a text at every separator. An empty separator cuts between the
// characters; an empty text gives one empty part.
//
//	split("a;b;;c", ";")  # ["a", "b", "", "c"]
//
//flow:func split
func Split(s, separator string) []string {
	if separator != "" {
		return strings.Split(s, separator)
	}
	var parts []string
	for i := 0; i < len(s); {
		end := characterEnd(s, i)
		parts = append(parts, s[i:end])
		i = end
	}
	return parts
}

// Lines cuts a text into its lines, without the line ends of Unix or Windows. An
// end after the last line begins no further one; an empty text has no lines.
//
//	lines("one\ntwo\n")  # ["one", "two"]
//
//flow:func lines
func Lines(s string) []string {
	s = strings.TrimSuffix(s, "\n")
	if s == "" {
		return nil
	}
	list := strings.Split(s, "\n")
	for i, line := range list {
		list[i] = strings.TrimSuffix(line, "\r")
	}
	return list
}

// Join puts texts together with a separator between them. It fails if the
// result would be longer than 1 MB.
//
//	join(["a", "b", "c"], ", ")  # "a, b, c"
//
//flow:func join
func Join(parts []string, separator string) (string, error) {
	// In int64, because on a Pi Zero an int has 32 bits.
	n := int64(len(separator)) * int64(max(len(parts)-1, 0))
	for _, p := range parts {
		n += int64(len(p))
		if n > MaxText {
			return "", tooLong("join")
		}
	}
	return strings.Join(parts, separator), nil
}

// Replace puts a text in the place of every occurrence of another. Without
// anything to look for the text stays as it is. It fails if the result would
// be longer than 1 MB.
//
//	replace("1,5", ",", ".")  # "1.5"
//
//flow:func replace
func Replace(s, old, by string) (string, error) {
	if old == "" {
		return s, nil
	}
	// In int64, because on a Pi Zero an int has 32 bits.
	growth := int64(len(by) - len(old))
	if growth > 0 && int64(len(s))+int64(strings.Count(s, old))*growth > MaxText {
		return "", tooLong("replace")
	}
	return strings.ReplaceAll(s, old, by), nil
}

// Contains reports whether a text has another within it.
//
//	contains("low battery", "batt")  # true
//
//flow:func contains
func Contains(s, part string) bool { return strings.Contains(s, part) }

// StartsWith reports whether a text begins with another.
//
//	starts_with("bed-7", "bed-")  # true
//
//flow:func starts_with
func StartsWith(s, prefix string) bool { return strings.HasPrefix(s, prefix) }

// EndsWith reports whether a text ends with another.
//
//	ends_with("bed-7", "-8")  # false
//
//flow:func ends_with
func EndsWith(s, suffix string) bool { return strings.HasSuffix(s, suffix) }

// PadLeft fills a text up on the left until it has width characters; a longer
// one stays as it is. It fails without anything to fill with, or if the result
// would be longer than 1 MB.
//
//	pad_left("7", 3, "0")  # "007"
//
//flow:func pad_left
func PadLeft(s string, width int64, fill string) (string, error) {
	padding, err := padding("pad_left", s, width, fill)
	return padding + s, err
}

// PadRight fills a text up on the right until it has width characters; a
// longer one stays as it is. It fails without anything to fill with, or if the
// result would be longer than 1 MB.
//
//	pad_right("on", 5, ".")  # "on..."
//
//flow:func pad_right
func PadRight(s string, width int64, fill string) (string, error) {
	padding, err := padding("pad_right", s, width, fill)
	return s + padding, err
}

func padding(name, s string, width int64, fill string) (string, error) {
	missing := max(width, 0) - Length(s)
	if missing <= 0 {
		return "", nil
	}
	step := Length(fill)
	if step == 0 {
		return "", Failure(name + ": there is nothing to fill with")
	}
	// Whole repetitions, then as much of fill as still fits.
	whole, err := Repeat(fill, missing/step)
	if err != nil || len(s)+len(whole)+len(fill) > MaxText {
		return "", tooLong(name)
	}
	return whole + fill[:skipCharacters(fill, 0, missing%step)], nil
}

// Repeat writes a text several times; a negative number of times counts as
// none. It fails if the result would be longer than 1 MB.
//
//	repeat("-", 5)  # "-----"
//
//flow:func repeat
func Repeat(s string, times int64) (string, error) {
	if times <= 0 || s == "" {
		return "", nil
	}
	if times > int64(MaxText/len(s)) {
		return "", tooLong("repeat")
	}
	return strings.Repeat(s, int(times)), nil
}

// Reverse writes the characters of a text from the last to the first.
//
//	reverse("abc")  # "cba"
//
//flow:func reverse
func Reverse(s string) string {
	b := make([]byte, 0, len(s))
	ends := make([]int, 0, len(s))
	for i := 0; i < len(s); {
		i = characterEnd(s, i)
		ends = append(ends, i)
	}
	for i := len(ends) - 1; i >= 0; i-- {
		start := 0
		if i > 0 {
			start = ends[i-1]
		}
		b = append(b, s[start:ends[i]]...)
	}
	return string(b)
}

// Slug makes a text fit for a topic, a file's name or an address: small letters
// from a to z and digits, with one dash for whatever is between them. Accents are
// left out, and ä, ö, ü, ß become ae, oe, ue, ss.
//
//	slug("Küche: Fenster 3 (links)")  # "kueche-fenster-3-links"
//
//flow:func slug
func Slug(s string) string {
	dst := make([]byte, 0, len(s))
	gap := false
	for _, r := range s {
		plain := plainLatin(unicode.ToLower(r))
		switch {
		case plain != "":
			if gap && len(dst) > 0 {
				dst = append(dst, '-')
			}
			gap = false
			dst = append(dst, plain...)
		case r == utf8.RuneError || !extends(r):
			gap = true
		}
	}
	return string(dst)
}

func tooLong(name string) error {
	return Failure(name + ": the result would be longer than 1 MB")
}
