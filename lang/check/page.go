package check

import (
	"strings"
)

// page follows the markup that an author wrote, to know where data would stand.
type page struct {
	place pagePlace
	// tag is the element whose tag is open, or whose text is no markup; attr the
	// attribute whose value is open, quote its quotation mark.
	tag, attr string
	quote     byte
	// begun says that something stands in the value before the data.
	begun bool
}

type pagePlace int

const (
	pageText pagePlace = iota
	pageTag
	pageValue
	pageComment
	pageRaw
)

// rawElements hold what is no markup.
var rawElements = []string{"script", "style", "textarea", "title", "iframe", "noscript"}

// read goes on through what the author wrote.
func (p *page) read(s string) {
	for s != "" {
		switch p.place {
		case pageText:
			s = p.text(s)
		case pageComment:
			s = p.until(s, "-->", pageText)
		case pageRaw:
			s = p.until(strings.ToLower(s), "</"+p.tag, pageTag)
		case pageTag:
			s = p.inside(s)
		case pageValue:
			s = p.value(s)
		}
	}
}

func (p *page) text(s string) string {
	i := strings.IndexByte(s, '<')
	switch {
	case i < 0:
		return ""
	case strings.HasPrefix(s[i:], "<!--"):
		p.place = pageComment
		return s[i+4:]
	}
	s = strings.TrimPrefix(s[i+1:], "/")
	n := 0
	for n < len(s) && isTagLetter(s[n]) {
		n++
	}
	p.tag, p.place, p.attr = strings.ToLower(s[:n]), pageTag, ""
	if strings.HasPrefix(s, "!") { // a doctype
		p.tag = "!"
	}
	return s[n:]
}

func isTagLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-'
}

func (p *page) until(s, end string, next pagePlace) string {
	_, rest, found := strings.Cut(s, end)
	if !found {
		return ""
	}
	p.place = next
	if next == pageTag {
		p.tag = ""
	}
	return rest
}

// inside reads on inside a tag, up to its end or to the value of an attribute.
func (p *page) inside(s string) string {
	switch c := s[0]; {
	case c == '>':
		p.place, p.attr = pageText, ""
		for _, raw := range rawElements {
			if p.tag == raw {
				p.place = pageRaw
			}
		}
	case c == '"' || c == '\'':
		p.place, p.quote, p.begun = pageValue, c, false
	case c == '=' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/':
	default:
		n := strings.IndexAny(s, "= \t\r\n>/\"'")
		if n < 0 {
			n = len(s)
		}
		p.attr = strings.ToLower(s[:n])
		return s[n:]
	}
	return s[1:]
}

func (p *page) value(s string) string {
	i := strings.IndexByte(s, p.quote)
	if i < 0 {
		p.begun = p.begun || strings.TrimSpace(s) != ""
		return ""
	}
	p.place = pageTag
	return s[i+1:]
}

// data passes over what data puts in.
func (p *page) data() { p.begun = true }

// unsafe says why no escaping makes data safe at this place; "" where it does.
func (p *page) unsafe() string {
	switch p.place {
	case pageComment:
		return "inside a comment"
	case pageRaw:
		return "inside <" + p.tag + ">"
	case pageTag:
		return "inside a tag, without quotation marks around it"
	case pageValue:
		switch {
		case strings.HasPrefix(p.attr, "on") || p.attr == "style" || p.attr == "srcdoc":
			return "in `" + p.attr + "`, where it would be code"
		case !p.begun && isLink(p.attr):
			return "at the beginning of `" + p.attr + "`, where it would decide where the link goes"
		}
	}
	return ""
}

// inLink reports whether the place is inside an address, where data is one piece of
// its path or query.
func (p *page) inLink() bool { return p.place == pageValue && isLink(p.attr) }

func isLink(attr string) bool {
	switch attr {
	case "href", "src", "action", "formaction":
		return true
	}
	return false
}
