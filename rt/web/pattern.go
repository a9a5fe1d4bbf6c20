package web

import (
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"
)

// pattern is the path of a place: "/rooms/{room}/state" captures its second part.
type pattern struct {
	text  string
	parts []string
	// captured tells for each part whether it is a capture; below says that everything
	// under the path fits, too.
	captured []bool
	below    bool
}

func parsePattern(text string) (pattern, error) {
	p := pattern{text: text}
	parts, ok := split(text)
	if !ok || strings.ContainsAny(text, "?#") {
		return p, errors.New("a path begins with `/`, such as \"/rooms/{room}\"")
	}
	p.parts = parts
	for _, part := range parts {
		p.captured = append(p.captured, strings.HasPrefix(part, "{"))
	}
	return p, nil
}

// split takes a path to pieces, each without its percent signs. A path that climbs,
// holds what is no text, or is none, is refused.
func split(path string) (parts []string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/")
	if !ok {
		return nil, false
	}
	for _, part := range strings.Split(rest, "/") {
		text, err := url.PathUnescape(part)
		if err != nil || text == "." || text == ".." || strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
			return nil, false
		}
		parts = append(parts, text)
	}
	return parts, true
}

// everythingBelow lets everything under the path fit, too; "/ui" and "/ui/" are alike.
func (p *pattern) everythingBelow() {
	p.below = true
	if last := len(p.parts) - 1; p.parts[last] == "" {
		p.parts, p.captured = p.parts[:last], p.captured[:last]
	}
}

// before reports whether a path is more precise than another where both fit: one for the
// very path is, before one for all that is below, and of these the longer; else the first
// part that one says and the other captures counts.
func (p *pattern) before(o *pattern) bool {
	if p.below || o.below {
		return !p.below || o.below && len(p.parts) > len(o.parts)
	}
	for i, captured := range p.captured {
		if captured != o.captured[i] {
			return !captured
		}
	}
	return false
}

// match reports whether a path fits, and gives its captures.
func (p *pattern) match(parts []string) (captured []string, ok bool) {
	if len(parts) != len(p.parts) && !(p.below && len(parts) > len(p.parts)) {
		return nil, false
	}
	for i, part := range p.parts {
		switch {
		case p.captured[i] && parts[i] != "":
			captured = append(captured, parts[i])
		case p.captured[i] || part != parts[i]:
			return nil, false
		}
	}
	return captured, true
}
