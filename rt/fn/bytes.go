package fn

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"
)

// LengthBytes counts bytes.
//
//	length(to_bytes("é"))  # 2
//
//flow:func length
func LengthBytes(data []byte) int64 { return int64(len(data)) }

// IsEmptyBytes reports whether there are no bytes.
//
//	is_empty(to_bytes(""))  # true
//
//flow:func is_empty
func IsEmptyBytes(data []byte) bool { return len(data) == 0 }

// ToBytes is a text as bytes, in UTF-8.
//
//	hex(to_bytes("é"))  # "c3a9"
//
//flow:func to_bytes
func ToBytes(s string) []byte { return []byte(s) }

// FromBytes reads bytes as text in UTF-8. It fails if they are none.
//
//	from_bytes(from_hex("c3a9"))  # "é"
//
//flow:func from_bytes
func FromBytes(data []byte) (string, error) {
	if !utf8.Valid(data) {
		return "", Failure("the bytes are not text in UTF-8")
	}
	return string(data), nil
}

const hexDigits = "0123456789abcdef"

// Hex writes bytes as hexadecimal digits, two for each.
//
//	hex(to_bytes("Az"))  # "417a"
//
//flow:func hex
func Hex(data []byte) string {
	dst := make([]byte, 0, 2*len(data))
	for _, b := range data {
		dst = append(dst, hexDigits[b>>4], hexDigits[b&15])
	}
	return string(dst)
}

// HexInt writes a whole number in hexadecimal digits, with a minus before those of
// a negative one.
//
//	hex(255)                     # "ff"
//	pad_left(hex(10), 4, "0")    # "000a"
//
//flow:func hex
func HexInt(v int64) string { return strconv.FormatInt(v, 16) }

// FromHex reads bytes from hexadecimal digits, small or capital. Between bytes
// there may be spaces or colons. It fails for anything else.
//
//	hex(from_hex("DE:AD be ef"))  # "deadbeef"
//
//flow:func from_hex
func FromHex(s string) ([]byte, error) {
	data := make([]byte, 0, len(s)/2)
	for i := 0; i < len(s); {
		if len(data) > 0 && (s[i] == ' ' || s[i] == ':') {
			i++
		}
		high, low := digitAt(s, i), digitAt(s, i+1)
		if high < 0 || low < 0 {
			return nil, Failure(shorten(s) + " is not pairs of hexadecimal digits")
		}
		data = append(data, byte(high<<4|low))
		i += 2
	}
	return data, nil
}

// digitAt is the value of a hexadecimal digit, or -1.
func digitAt(s string, i int) int {
	if i >= len(s) {
		return -1
	}
	c := s[i]
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// Base64 writes bytes in base64, with = at the end.
//
//	base64(to_bytes("pi:raspberry"))  # "cGk6cmFzcGJlcnJ5"
//
//flow:func base64
func Base64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

// FromBase64 reads bytes from base64, in its usual alphabet or that for addresses
// (- and _), with or without = at the end. Line ends in it do not matter. It fails
// for anything else.
//
//	from_bytes(from_base64("cGk6cmFzcGJlcnJ5"))  # "pi:raspberry"
//
//flow:func from_base64
func FromBase64(s string) ([]byte, error) {
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(s, "-_") {
		encoding = base64.RawURLEncoding
	}
	text := strings.TrimRight(s, "\r\n")
	digits := strings.TrimRight(text, "=")
	if padding := len(text) - len(digits); padding == 0 || validPadding(digits, padding) {
		if data, err := encoding.Strict().DecodeString(digits); err == nil {
			return data, nil
		}
	}
	return nil, Failure(shorten(s) + " is not base64")
}

// validPadding reports whether so many = fill the digits up to a whole number of
// groups of four.
func validPadding(digits string, padding int) bool {
	n := len(digits) - strings.Count(digits, "\n") - strings.Count(digits, "\r")
	return padding <= 2 && (n+padding)%4 == 0
}

// FormatBytes writes bytes for people: two hexadecimal digits each, with spaces
// between them.
func FormatBytes(data []byte) string {
	dst := make([]byte, 0, 3*len(data))
	for n, b := range data {
		if n > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, hexDigits[b>>4], hexDigits[b&15])
	}
	return string(dst)
}
