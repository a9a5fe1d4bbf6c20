package wirejson

import (
	"bytes"
	"strings"
)

// Choice reads a text that is one of the members of an enumeration and gives
// that member, without copying. Any other text is an error that lists them.
func (s *Scanner) Choice(members ...string) string {
	text := s.Bytes()
	if s.err != nil {
		return ""
	}
	for _, m := range members {
		if string(text) == m {
			return m
		}
	}
	s.Reject(OneOf(members))
	return ""
}

// ParseChoice reads a message that is a member of an enumeration in plain text,
// with or without spaces around it.
func ParseChoice(text []byte, members ...string) (string, error) {
	text = bytes.TrimSpace(text)
	for _, m := range members {
		if string(text) == m {
			return m, nil
		}
	}
	return "", &Error{Want: OneOf(members), Found: Quoted(text)}
}

// Tag looks into the object that comes next for the text that tells which case of
// a union it is, and gives that member; nothing is consumed. The object may have
// its fields in any order.
func (s *Scanner) Tag(name string, members ...string) string {
	if s.peek() != '{' {
		s.mismatch("an object")
		return ""
	}
	pos, depth, seen := s.pos, s.depth, s.seen.n
	tag, found := "", false
	for o := s.Object(); !found && s.Next(&o); {
		if found = string(s.Key()) == name; found {
			tag = s.Choice(members...)
		} else {
			s.Skip()
		}
	}
	if !found && s.err == nil {
		s.missing(name)
	}
	if s.err == nil {
		s.pos, s.depth, s.seen.n = pos, depth, seen
	}
	return tag
}

// OnlyTag reads over the object that comes next, which has no field but the one
// that tells which case of a union it is.
func (s *Scanner) OnlyTag(name string) {
	for o := s.Object(); s.Next(&o); {
		if string(s.Key()) != name {
			s.Unexpected(&o)
			return
		}
		s.Once(&o, 0)
		s.Skip()
	}
}

// OneOf lists what a text may be, for an error.
//
//go:noinline
func OneOf(members []string) string {
	const most = 12
	list := strings.Join(members[:min(len(members), most)], ", ")
	if len(members) > most {
		list += ", …"
	}
	if len(members) == 1 {
		return list
	}
	return "one of " + list
}
