package compiler

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"flowc/lang/memory"
	"flowc/lang/rate"
)

// boundWithin is how many times the bound may be what a program that is full really has:
// rings grow in steps, and what an operator gives is counted where it goes too.
const boundWithin = 4

// memoryFlow keeps numbers, for each of 10 keys, and texts as large as a broker may send.
const memoryFlow = `mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in order {
  via      = home
  topic    = "orders/{shop}"
  kind     = command
  json     = { id = int, pieces = int, price = number }
  max_keys = 10
}

mqtt_in note {
  via   = home
  topic = "notes"
  kind  = command
}

late  = delay(order, 12.h)
span  = window(order, { every = 24.h, max_items = 1000, zone = "UTC" })
past  = history(latest(order.price, 0.5), 12.h)
mean  = average(latest(order.pieces, 0), 1.h)
notes = window(note, { count = 40 })

mqtt_out told {
  via   = home
  topic = "told/${late.shop}"
  send  = late.pieces
}

mqtt_out spans {
  via   = home
  topic = "spans/${span.shop}"
  send  = length(span.items)
}

mqtt_out pasts {
  via   = home
  topic = "pasts/${order.shop}"
  send  = { n = length(past), mean = mean }
  when  = order
}

mqtt_out many {
  via   = home
  topic = "many"
  send  = length(notes.items)
}
`

// memoryScript fills it: 1,000 orders for each of 10 shops, and 59 notes of 250 kB, the first 40 of which
// are given.
func memoryScript() string {
	var b strings.Builder
	for n := range 1000 {
		for shop := range 10 {
			fmt.Fprintf(&b, "pub orders/shop%d {\"id\": %d, \"pieces\": %d, \"price\": %d.5}\n", shop, n, n%7, n)
		}
		b.WriteString("advance 1ms\n")
	}
	for n := range 59 {
		fmt.Fprintf(&b, "pub notes %d %s\n", n, strings.Repeat("x", 250_000))
	}
	b.WriteString("advance 1s\n")
	return b.String()
}

var collected = regexp.MustCompile(`gc \d+ @.* (\d+)->(\d+)->(\d+) MB`)

// TestMemoryBound: what a program that is as full as it can be has after a collection
// is no more than flowc says, and not much less.
func TestMemoryBound(t *testing.T) {
	f := CheckText("full", map[string][]byte{"flow.hcl": []byte(memoryFlow)})
	if f.Found.HasErrors() {
		t.Fatalf("it does not check:\n%s", rendered(f))
	}
	w := newWorkspace(t)
	c := &runCase{name: "full", script: []byte(memoryScript()), env: []string{"GODEBUG=gctrace=1,gcstoptheworld=1", "GOGC=20"}}
	c.pkg = w.add(t, f)
	got := string(c.output(t, w.buildTogether(t)))
	most := 0.0
	for _, m := range collected.FindAllStringSubmatch(got, -1) {
		n, _ := strconv.ParseFloat(m[3], 64)
		most = max(most, n*1e6)
	}
	b := memory.Of(f.Typed.Things, f.Typed.Equations, rate.New(f.Typed.Things, f.Typed.Enums))
	// The queues to and from the broker are not full here: the rigs under faults fill them. The
	// simulator has the texts of what it shows on top of what the program keeps.
	bound := 0.0
	for _, p := range b.Parts {
		if p.Decl != nil && p.X == nil && strings.Contains(p.What, "messages that") {
			continue
		}
		bound += p.Bytes
		t.Logf("%8s  %s: %s", memory.Size(p.Bytes), p.Name(), p.Text())
	}
	t.Logf("bound %s, measured %s", memory.Size(bound), memory.Size(most))
	if most < 15e6 || strings.Contains(got, "? ") {
		t.Fatalf("it was not filled: %s", memory.Size(most))
	}
	if most > bound || bound > boundWithin*most {
		t.Errorf("it has %s, and flowc says at most %s", memory.Size(most), memory.Size(bound))
	}
}
