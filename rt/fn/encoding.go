package fn

import (
	"strings"
	"unicode/utf8"
)

// UrlEncode writes a text so that it can be a part of an address: all but letters
// from a to z, digits and - . _ ~ become % and two hexadecimal digits.
//
//	url_encode("a b/ü")  # "a%20b%2F%C3%BC"
//
//flow:func url_encode
func UrlEncode(s string) string {
	const digits = "0123456789ABCDEF"
	dst := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := s[i]; plainInURL(c) {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(dst)
}

func plainInURL(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// UrlDecode reads a part of an address: % and two hexadecimal digits are a byte. A
// plus stays a plus. It fails for a % without digits, and where the result is not
// text in UTF-8.
//
//	url_decode("a%20b%2f%C3%BC")  # "a b/ü"
//
//flow:func url_decode
func UrlDecode(s string) (string, error) {
	dst := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			dst = append(dst, s[i])
			continue
		}
		high, low := digitAt(s, i+1), digitAt(s, i+2)
		if high < 0 || low < 0 {
			return "", Failure(shorten(s) + " has a % without two hexadecimal digits after it")
		}
		dst = append(dst, byte(high<<4|low))
		i += 2
	}
	if !utf8.Valid(dst) {
		return "", Failure(shorten(s) + " does not stand for text in UTF-8")
	}
	return string(dst), nil
}

var htmlEscapes = [...]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;"}

// HtmlEscape writes a text so that a page shows it as it is: < > & and quotes are
// no markup in it.
//
//	html_escape("3 < 4 & 5")  # "3 &lt; 4 &amp; 5"
//
//flow:func html_escape
func HtmlEscape(s string) string {
	dst := make([]byte, 0, len(s))
	for i := range len(s) {
		if c := int(s[i]); c < len(htmlEscapes) && htmlEscapes[c] != "" {
			dst = append(dst, htmlEscapes[c]...)
		} else {
			dst = append(dst, s[i])
		}
	}
	return string(dst)
}

// Crc16Modbus is the checksum of a Modbus message, as a number; on the wire its
// low byte comes first.
//
//	hex(crc16_modbus(from_hex("01 03 00 00 00 0a")))  # "cdc5"
//
//flow:func crc16_modbus
func Crc16Modbus(data []byte) int64 {
	crc := uint16(0xFFFF)
	for _, b := range data {
		crc ^= uint16(b)
		for range 8 {
			odd := crc & 1
			crc >>= 1
			if odd == 1 {
				crc ^= 0xA001
			}
		}
	}
	return int64(crc)
}
