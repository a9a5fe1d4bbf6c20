package flow

import "errors"

// URLPart writes data into one place of a URL: everything but letters, digits and
// `-_.~` is percent-encoded. A part that is `.` or `..` would climb out of the path
// that the author meant, and an empty one would leave it.
func URLPart(s string) (string, error) {
	switch s {
	case "":
		return "", errors.New("url: a part of it is empty")
	case ".", "..":
		return "", errors.New("url: the data \"" + s + "\" has a meaning in a path")
	}
	const hex = "0123456789ABCDEF"
	var dst []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '-' || c == '_' || c == '.' || c == '~' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(dst), nil
}
