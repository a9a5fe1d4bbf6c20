package mqtt

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// maxTopic is what the two length bytes of a topic can tell, in bytes.
const maxTopic = 65535

// pattern is a topic filter as a flow writes it: "garden/{bed}/soil" subscribes
// to "garden/+/soil" and captures the second level.
type pattern struct {
	filter string
	levels []string
	// captured tells for each level whether its text is a capture.
	captured []bool
}

func parsePattern(text string) (pattern, error) {
	p := pattern{levels: strings.Split(text, "/")}
	if err := checkName(text); err != nil {
		return p, err
	}
	if p.levels[0] == "$share" {
		return p, errors.New("shared subscriptions are not supported yet")
	}
	p.captured = make([]bool, len(p.levels))
	for i, level := range p.levels {
		switch {
		case level == "+" || level == "#" && i == len(p.levels)-1:
		case len(level) > 2 && level[0] == '{' && strings.IndexByte(level, '}') == len(level)-1:
			p.levels[i], p.captured[i] = "+", true
		case level == "#":
			return p, errors.New("`#` may only be the last level of a topic")
		case strings.ContainsAny(level, "+#{}"):
			return p, errors.New("`+`, `#` or a capture in braces must be a whole level of a topic, not a part of \"" + level + "\"")
		}
	}
	p.filter = strings.Join(p.levels, "/")
	return p, nil
}

// match reports whether the topic fits the filter.
func (p *pattern) match(topic string) bool {
	wild := p.levels[0] == "+" || p.levels[0] == "#"
	if wild && strings.HasPrefix(topic, "$") {
		return false // the broker's own topics are never meant by a wildcard
	}
	for i, level := range p.levels {
		if level == "#" {
			return true
		}
		name, rest, more := strings.Cut(topic, "/")
		if level != "+" && level != name {
			return false
		}
		if !more {
			// "a/#" also means "a" itself.
			last := i == len(p.levels)-1
			return last || i == len(p.levels)-2 && p.levels[i+1] == "#"
		}
		topic = rest
	}
	return false
}

// captures appends the captured levels of a topic that fits to dst.
func (p *pattern) captures(topic string, dst []string) []string {
	for i := range p.levels {
		name, rest, _ := strings.Cut(topic, "/")
		if p.captured[i] {
			dst = append(dst, name)
		}
		topic = rest
	}
	return dst
}

// checkTopic says what keeps a topic from being published to.
func checkTopic(topic string) error {
	if err := checkName(topic); err != nil {
		return err
	}
	if strings.ContainsAny(topic, "+#") {
		return errors.New("the topic " + quote(topic) + " holds `+` or `#`, which only a subscription may")
	}
	return nil
}

func checkName(topic string) error {
	switch {
	case topic == "":
		return errors.New("the topic is empty")
	case len(topic) > maxTopic:
		return errors.New("the topic is longer than 65,535 bytes")
	case strings.IndexByte(topic, 0) >= 0:
		return errors.New("the topic holds a NUL character")
	case !utf8.ValidString(topic):
		return errors.New("the topic is not valid UTF-8")
	}
	return nil
}

// quote shows text that came from outside, in a bounded length.
func quote(text string) string {
	const most = 80
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return `"` + text + `"`
}
