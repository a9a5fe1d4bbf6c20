package web

import (
	"errors"
	"net/url"
	"strings"
)

func noQuery(string) (string, bool) { return "", false }

// queryOf is the query of a request, which is read once somebody asks for it. What cannot
// be read is not left out: a field with a default would then have that, and nobody would
// know.
func (v *visit) queryOf(text string) func(name string) (string, bool) {
	var query url.Values
	return func(name string) (string, bool) {
		if query == nil {
			query, v.misread = parseQuery(text)
		}
		list := query[name]
		if len(list) == 0 {
			return "", false
		}
		if len(list) > 1 && v.misread == nil {
			v.misread = errors.New("query." + name + ": it is there twice")
		}
		return list[0], true
	}
}

func parseQuery(text string) (url.Values, error) {
	query, err := url.ParseQuery(text)
	switch {
	case err == nil:
		return query, nil
	case strings.Contains(text, ";"):
		return query, errors.New("query: `;` does not part its fields, `&` does")
	}
	return query, errors.New("query: a `%` without its two digits")
}
