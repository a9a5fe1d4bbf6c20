package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"flowc/lang/diag"
)

func codes(found diag.List) string {
	var list []string
	for _, d := range found {
		list = append(list, d.Code)
	}
	return strings.Join(list, " ")
}

func TestTopicsMeet(t *testing.T) {
	for _, c := range []struct {
		topic, filter string // `*` in a topic is a part known only at run time
		want          bool
	}{
		{"a/b", "a/b", true},
		{"a/b", "a/c", false},
		{"a/b", "a/+", true},
		{"a/b", "a/{x}", true},
		{"a/b", "+/+", true},
		{"a/b", "+", false},
		{"a/b", "a/b/c", false},
		{"a/b/c", "a/b", false},
		{"a/b", "a/#", true},
		{"a", "a/#", true},
		{"b", "a/#", false},
		{"a/b/c", "#", true},
		{"a//c", "a/+/c", true},
		{"a/*", "a/b", true},
		{"a/*", "b/+", false},
		{"a/*/c", "a/b/d", false},
		{"a/x-*", "a/x-1", true},
		{"a/x-*", "a/y-1", false},
		{"a/*-x", "a/1-x", true},
		{"a/*-x", "a/1-y", false},
		{"*/*", "a/b", true},
		{"a*b*c/d", "aXbYc/d", true},
		{"a*b*c/d", "aXcYb/d", false},
		{"$SYS/a", "+/a", false},
		{"$SYS/a", "#", false},
		{"$SYS/a", "$SYS/#", true},
		{"a/$b", "a/+", true},
	} {
		topic := levels(strings.Split(strings.ReplaceAll(c.topic, "*", anyText), "/"))
		if got := topicsMeet(topic, filterOf(c.filter)); got != c.want {
			t.Errorf("topic %s, filter %s: %v, want %v", c.topic, c.filter, got, c.want)
		}
	}
	if !topicsMeet(levels{"#"}, filterOf("a/b/c")) {
		t.Error("an unknown topic may be any")
	}
}

func TestHeaderIsWhole(t *testing.T) {
	seen := map[int64]bool{}
	for position := int64(1); position <= lastPosition; position++ {
		gpio, ok := header[position]
		if ok == (supply[position] != "") {
			t.Errorf("position %d must be a GPIO or a supply", position)
		}
		if !ok {
			continue
		}
		if seen[gpio] || gpio < firstGPIO || gpio > lastGPIO {
			t.Errorf("position %d: GPIO %d is there twice or not at all", position, gpio)
		}
		seen[gpio] = true
	}
	if len(seen) != lastGPIO-firstGPIO+1 {
		t.Errorf("%d GPIOs on the header", len(seen))
	}
	for _, b := range buses {
		for _, p := range b.pins {
			if !seen[p.n] {
				t.Errorf("%s uses GPIO %d", b.name, p.n)
			}
		}
	}
}

// mended makes all edits that were offered.
func mended(src string, found diag.List) string {
	var edits []diag.Edit
	for _, d := range found {
		edits = append(edits, d.Fix...)
	}
	slices.SortFunc(edits, func(a, b diag.Edit) int { return b.Range.Start.Byte - a.Range.Start.Byte })
	for _, e := range edits {
		src = src[:e.Range.Start.Byte] + e.Text + src[e.Range.End.Byte:]
	}
	return src
}

func TestFixesMend(t *testing.T) {
	for name, c := range map[string]struct{ src, before string }{
		"stray": {"W0602", `
pump well {
  pin    = 22
  on     = toggle(start.pressed)
  max_on = 10.min
  safe   = off
}
rest = 30.min

button start {
  pin = 17
}
`},
		"literal secret": {"E1002", `
mqtt home {
  url      = "mqtts://broker"
  password = "hunter2"
}

mqtt_out hello {
  via   = home
  topic = "hello"
  send  = "hello"
  when  = startup()
}
`},
		"literal secret in an address": {"E1002", `
mqtt home {
  url = "mqtts://garden:hunter2@broker"
}

mqtt_out hello {
  via   = home
  topic = "hello"
  send  = "hello"
  when  = startup()
}
`},
	} {
		t.Run(name, func(t *testing.T) {
			_, found, sources := checkText(c.before)
			if codes(found) != c.src {
				t.Fatalf("found:\n%s", render(t, found, sources))
			}
			after := mended(c.before, found)
			p, found, sources := checkText(after)
			if p == nil || len(found) > 0 {
				t.Errorf("mended to\n%s\nfound:\n%s", after, render(t, found, sources))
			}
		})
	}
}

// TestLongCircle: a circle of many equations ends, and is told once.
func TestLongCircle(t *testing.T) {
	const n = 300
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "e%d = !e%d\n", i, (i+1)%n)
	}
	b.WriteString("led lamp {\n  pin = 4\n  on  = e7\n}\n")
	_, found, _ := checkText(b.String())
	if codes(found) != "E0601" {
		t.Errorf("found %s", codes(found))
	}
	if len(found) == 1 && len(found[0].Related) != n {
		t.Errorf("%d hops are shown besides the last", len(found[0].Related))
	}
}

// TestDenseCircle: everything follows everything.
func TestDenseCircle(t *testing.T) {
	const n = 40
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "e%d = ", i)
		for j := range n {
			if j != i {
				fmt.Fprintf(&b, "e%d && ", j)
			}
		}
		b.WriteString("on\n")
	}
	_, found, _ := checkText(b.String())
	if codes(found) != "E0601" {
		t.Errorf("found %s", codes(found))
	}
}
