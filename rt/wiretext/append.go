package wiretext

import (
	"encoding/base64"
	"strings"

	"flowc/rt/fn"
)

// AppendText appends a text as a column of CSV: in quotation marks where it would
// be read as something else without.
func AppendText(dst []byte, text string, separator byte) []byte {
	if text == "" || !strings.ContainsAny(text, "\"\r\n"+string(rune(separator))) && text == strings.TrimSpace(text) {
		if text == "" {
			return append(dst, '"', '"')
		}
		return append(dst, text...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(text, `"`, `""`)...)
	return append(dst, '"')
}

// AppendBase64 appends bytes in base64.
func AppendBase64(dst, data []byte) []byte { return base64.StdEncoding.AppendEncode(dst, data) }

// AppendQuery appends a name and its text to the query of an address, name=text,
// with an ampersand before it unless it is the first. What has a meaning there is
// percent-encoded.
func AppendQuery(dst []byte, name, text string) []byte {
	if len(dst) > 0 {
		dst = append(dst, '&')
	}
	dst = append(dst, fn.UrlEncode(name)...)
	dst = append(dst, '=')
	return append(dst, fn.UrlEncode(text)...)
}

// Word is the word of a switch: off and on.
func Word(v bool, off, on string) string {
	if v {
		return on
	}
	return off
}
