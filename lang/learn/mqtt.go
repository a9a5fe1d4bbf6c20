package learn

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"flowc/lang/syntax"
)

// Heard is what was heard of a broker.
type Heard struct {
	// URL and Filter are where and what was listened to; User is the name it was done under, "" without one.
	URL, Filter, User string
	Messages          []Message
	// For is how long it took.
	For time.Duration
}

// maxClusters bounds the blocks that are printed.
const maxClusters = 20

// FromMQTT learns `mqtt_in` blocks and their types.
func FromMQTT(h Heard, o Options) string {
	r := &report{known: o.Known, names: []string{"home"}, span: h.For}
	all := clusters(h.Filter, topicsOf(h.Messages))
	for n, c := range all {
		if n == maxClusters {
			fmt.Fprintf(&r.out, "# %d more sorts of topics; listen to fewer at once.\n", len(all)-n)
			break
		}
		r.cluster(c)
	}
	text := connection(h) + r.out.String()
	if nice, found := syntax.FormatFile("learned.hcl", []byte(text)); !found.HasErrors() {
		text = string(nice)
	}
	return text
}

func connection(h Heard) string {
	text := "mqtt home {\n  url = " + syntax.Quote(h.URL) + "\n"
	if h.User == "" {
		return text + "}\n\n"
	}
	return text + "  user = " + syntax.Quote(h.User) + "\n  password = home_password\n}\n\nsecret home_password {\n  env = \"HOME_PASSWORD\"\n}\n\n"
}

// report collects the text.
type report struct {
	known func(string) bool
	names []string
	span  time.Duration
	out   strings.Builder
}

// cluster writes the block for topics of a kind.
func (r *report) cluster(c *cluster) {
	pattern, captures := c.pattern()
	own, parent := c.subject()
	name := Identifier(own, "heard")
	if last := c.levels[len(c.levels)-1]; slices.Contains(r.names, name) && last != own && !c.captured[len(c.levels)-1] {
		name = Identifier(own+" "+last, "heard")
	}
	name = freeName(name, r.names)
	r.names = append(r.names, name)
	o := Options{Name: freeName(name+"_message", r.names), Known: r.known}
	for _, k := range captures {
		o.Taken = append(o.Taken, k.name)
	}
	b := c.payload.border(o, words(own), words(parent))
	r.out.WriteString(c.doc(captures))
	fmt.Fprintf(&r.out, "mqtt_in %s {\n  via = home\n  topic = %s\n", name, syntax.Quote(pattern))
	if b.setting != "" {
		fmt.Fprintf(&r.out, "  %s = %s%s\n", b.setting, b.text, remark(b.notes))
	} else if len(b.notes) > 0 {
		fmt.Fprintf(&r.out, "  # taken as text: %s\n", strings.Join(b.notes, "; "))
	}
	fmt.Fprintf(&r.out, "  %s\n}\n\n", c.stale(r.span))
	if b.block != "" {
		r.names = append(r.names, o.Name)
		r.out.WriteString(b.block + "\n")
	}
}

func remark(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return " # " + strings.Join(notes, "; ")
}

// generic are levels that do not tell what a message is about.
var generic = []string{"state", "status", "set", "get", "value", "json", "data", "raw", "sensor", "payload", "message", "messages", "event"}

// subject are the last level that tells what the messages are about, and the one before.
func (c *cluster) subject() (own, parent string) {
	var literal []string
	for i, level := range c.levels {
		if !c.captured[i] && level != "" {
			literal = append(literal, level)
		}
	}
	for n := len(literal) - 1; n > 0; n-- {
		if !slices.Contains(generic, strings.ToLower(literal[n])) {
			return literal[n], literal[n-1]
		}
	}
	if len(literal) == 0 {
		return "", ""
	}
	return literal[0], ""
}

// maxShown bounds the values of a capture that are listed.
const maxShown = 8

// doc is the comment above the block.
func (c *cluster) doc(captures []capture) string {
	n := 0
	for _, t := range c.topics {
		n += t.n
	}
	text := fmt.Sprintf("# %s on %s", counted(n, "message"), counted(len(c.topics), "topic"))
	for _, k := range captures {
		var shown []string
		for _, v := range k.values[:min(maxShown, len(k.values))] {
			if !printable(v) {
				v = shortText(v)
			}
			shown = append(shown, v)
		}
		if more := len(k.values) - len(shown); more > 0 {
			shown = append(shown, fmt.Sprintf("%d more", more))
		}
		text += "; " + k.name + ": " + strings.Join(shown, ", ")
	}
	return text + ".\n"
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// silences are what `stale` is rounded up to.
var silences = []struct {
	is   time.Duration
	text string
}{
	{time.Minute, "1.min"}, {2 * time.Minute, "2.min"}, {5 * time.Minute, "5.min"}, {10 * time.Minute, "10.min"},
	{15 * time.Minute, "15.min"}, {30 * time.Minute, "30.min"}, {time.Hour, "1.h"}, {2 * time.Hour, "2.h"}, {6 * time.Hour, "6.h"},
	{12 * time.Hour, "12.h"}, {24 * time.Hour, "24.h"},
}

// stale suggests how long silence may last: three times the longest that was heard.
func (c *cluster) stale(span time.Duration) string {
	var gap time.Duration
	twice := false
	for _, t := range c.topics {
		gap, twice = max(gap, t.gap), twice || t.live > 1
	}
	if !twice {
		return "# stale = … how long may silence last? No topic spoke twice in " + roundSpan(span) + "."
	}
	for _, s := range silences {
		if 3*gap <= s.is {
			return "stale = " + s.text + " # guessed: the longest silence was " + roundSpan(gap)
		}
	}
	return "stale = 3.d # guessed: the longest silence was " + roundSpan(gap)
}

func roundSpan(d time.Duration) string {
	switch {
	case d < time.Second:
		return "less than a second"
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", (d+time.Second-1)/time.Second)
	}
	return fmt.Sprintf("%d min", (d+time.Minute-1)/time.Minute)
}
