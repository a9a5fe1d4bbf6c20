package wirejson

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"flowc/rt/fn"
)

// AppendString appends a text with its quotes. Only what JSON asks for is
// escaped, so <, > and & stay; bytes that are not UTF-8 become U+FFFD.
func AppendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(text); {
		if isPlain(text[i]) && text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r != utf8.RuneError || n > 1 {
			if r >= utf8.RuneSelf {
				i += n
				continue
			}
			dst = append(dst, text[from:i]...)
			dst = appendEscape(dst, text[i])
		} else {
			dst = append(dst, text[from:i]...)
			dst = utf8.AppendRune(dst, utf8.RuneError)
		}
		i += n
		from = i
	}
	dst = append(dst, text[from:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// AppendFloat appends the shortest decimal that reads back as v. Between 1e-21
// and 1e21 it has no exponent; minus zero is 0. What is no number, which no
// flow can make, is null.
func AppendFloat[T ~float64](dst []byte, v T) []byte { return appendFloat(dst, float64(v)) }

func appendFloat(dst []byte, v float64) []byte {
	switch a := math.Abs(v); {
	case v == 0:
		return append(dst, '0')
	case a < 1e12 && a >= 1e-3:
		if short, ok := appendShort(dst, v, a); ok {
			return short
		}
	case a-a != 0:
		return append(dst, "null"...)
	case a < 1e-21 || a >= 1e21:
		return strconv.AppendFloat(dst, v, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// appendShort writes numbers with at most three digits after the point, which
// is what sensors send, several times faster than strconv. A decimal of at most
// 15 digits that reads back as v is the shortest there is, and it does read
// back if the one division, of exact numbers, gives v.
func appendShort(dst []byte, v, a float64) ([]byte, bool) {
	whole := uint64(a)
	if float64(whole) == a {
		return appendSigned(dst, v, whole), true
	}
	thousandths := uint64(float64(a*1000) + 0.5)
	if float64(thousandths)/1000 != a {
		return dst, false
	}
	dst = appendSigned(dst, v, thousandths/1000)
	rest := thousandths % 1000
	dst = append(dst, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst, true
}

func appendSigned(dst []byte, v float64, whole uint64) []byte {
	if v < 0 {
		dst = append(dst, '-')
	}
	return strconv.AppendUint(dst, whole, 10)
}

// AppendInt appends a whole number.
func AppendInt(dst []byte, v int64) []byte { return strconv.AppendInt(dst, v, 10) }

// AppendBool appends true or false.
func AppendBool(dst []byte, v bool) []byte { return strconv.AppendBool(dst, v) }

// AppendTime appends a moment as text: ISO 8601 in UTC, with milliseconds where
// they are not zero.
func AppendTime(dst []byte, t time.Time) []byte {
	dst = append(dst, '"')
	dst = fn.AppendTime(dst, t)
	return append(dst, '"')
}

// AppendDate appends a date as text: ISO 8601.
func AppendDate(dst []byte, d fn.Date) []byte {
	return append(fn.AppendDate(append(dst, '"'), d), '"')
}

// AppendTimeOfDay appends a time of day as text: ISO 8601, with seconds where there
// are any.
func AppendTimeOfDay(dst []byte, t fn.TimeOfDay) []byte {
	return append(fn.AppendTimeOfDay(append(dst, '"'), t), '"')
}

// AppendRaw appends a text that is JSON already.
func AppendRaw(dst []byte, text string) []byte {
	if text == "" {
		return AppendNull(dst)
	}
	return append(dst, text...)
}

// AppendNull appends null, for data that is missing.
func AppendNull(dst []byte) []byte { return append(dst, "null"...) }

// AppendName appends the name of an object's field and its colon, with a comma
// before it unless it is the first.
func AppendName(dst []byte, name string) []byte {
	if len(dst) > 0 && dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(AppendString(dst, name), ':')
}
