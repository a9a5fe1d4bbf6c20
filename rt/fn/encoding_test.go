package fn

import (
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEncoding(t *testing.T) {
	check(t, []call{
		{"url", UrlEncode("a b/ü+~"), "a%20b%2F%C3%BC%2B~"},
		{"url decode", try(UrlDecode("a%20b%2f%C3%BC+")), "a b/ü+"},
		{"url decode half", try(UrlDecode("50%")), `error: "50%" has a % without two hexadecimal digits after it`},
		{"url decode other", try(UrlDecode("%zz")), `error: "%zz" has a % without two hexadecimal digits after it`},
		{"url decode bytes", try(UrlDecode("%ff")), `error: "%ff" does not stand for text in UTF-8`},
		{"html", HtmlEscape(`<a href="x">Tom & 'Anna'</a>`), "&lt;a href=&#34;x&#34;&gt;Tom &amp; &#39;Anna&#39;&lt;/a&gt;"},
		{"html plain", HtmlEscape("größer"), "größer"},
		{"crc16", Crc16Modbus([]byte("123456789")), int64(0x4B37)},
		{"crc16 of nothing", Crc16Modbus(nil), int64(0xFFFF)},
	})
}

// Encoded text comes back, holds nothing that has a meaning in an address or a
// page, and is what the standard library makes of it.
func FuzzEncoding(f *testing.F) {
	f.Add("a b/ü%41&<script>\"'\x00")
	f.Add("%C3%BC+")
	f.Fuzz(func(t *testing.T, s string) {
		encoded := UrlEncode(s)
		if strings.ContainsAny(encoded, " /?#&=+<>\"'\x00") {
			t.Errorf("url_encode(%q) = %q", s, encoded)
		}
		if back, err := url.PathUnescape(encoded); err != nil || back != s {
			t.Errorf("%q reads back as %q, %v", encoded, back, err)
		}
		if back, err := UrlDecode(encoded); utf8.ValidString(s) && (err != nil || back != s) {
			t.Errorf("url_decode(%q) = %q, %v", encoded, back, err)
		}
		if got, err := UrlDecode(s); err == nil {
			if want, err := url.PathUnescape(s); err != nil || got != want {
				t.Errorf("url_decode(%q) = %q, not %q, %v", s, got, want, err)
			}
		}
		if got := HtmlEscape(s); got != html.EscapeString(s) {
			t.Errorf("html_escape(%q) = %q", s, got)
		}
	})
}
