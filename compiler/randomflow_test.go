package compiler

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
)

// flowMaker writes random flows out of a handful of building blocks. Most of them
// check; those that do not are somebody else's to refuse.
type flowMaker struct {
	*rand.Rand
	out strings.Builder
	// equations are those made so far, by what they are; inline is each with every
	// name replaced by what it stands for.
	equations map[blockSort][]string
	inline    map[string]string
	n         int
}

// blockSort is what a building block needs and gives.
type blockSort struct {
	shape byte // 'n'umber, 's'witch: levels; 'e'vent or 'r'eading of a number
	keyed bool
}

const flowSources = `mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in u {
  via   = home
  topic = "u"
  text  = number
  stale = 1.min
}

mqtt_in z {
  via          = home
  topic        = "z/{bed}"
  text         = number
  stale        = 1.min
  forget_after = 5.min
  max_keys     = 3
}

mqtt_in c {
  via   = home
  topic = "c"
  text  = number
  kind  = command
}

mqtt_in k {
  via   = home
  topic = "k/{bed}"
  text  = number
  kind  = command
}

button door {
  pin = 17
}

contact window {
  pin = 5
}

`

// randomFlow is the text of one flow. For an equation x7 there is a y7, the same
// without names: whatever they mean, both must be the same at every moment.
func randomFlow(r *rand.Rand) string {
	m := &flowMaker{Rand: r, equations: map[blockSort][]string{}, inline: map[string]string{}}
	m.out.WriteString(flowSources)
	for range 6 + m.IntN(10) {
		s := blockSort{"nser"[m.IntN(4)], m.IntN(3) == 0}
		m.n++
		name := fmt.Sprintf("x%d", m.n)
		text := m.make(s, 3)
		if forms := circles[s.shape]; m.IntN(6) == 0 {
			text = strings.ReplaceAll(m.fill(forms[m.IntN(len(forms))], s.keyed, 1), "@", name)
			m.inline[name] = name // it has no end
		} else {
			m.inline[name] = m.expand(text)
		}
		if whole := m.inline[name]; whole != name && len(whole) < 600 && m.IntN(2) == 0 {
			fmt.Fprintf(&m.out, "y%d = %s\n", m.n, whole)
		}
		fmt.Fprintf(&m.out, "%s = %s\n", name, text)
		m.equations[s] = append(m.equations[s], name)
	}
	m.out.WriteString("\n")
	m.sinks()
	return m.out.String()
}

var equationName = regexp.MustCompile(`\bx\d+\b`)

func (m *flowMaker) expand(text string) string {
	return equationName.ReplaceAllStringFunc(text, func(name string) string { return "(" + m.inline[name] + ")" })
}

func (m *flowMaker) sinks() {
	for _, s := range []blockSort{{'n', false}, {'s', false}, {'e', false}, {'r', false}, {'n', true}, {'s', true}, {'e', true}, {'r', true}} {
		for _, name := range m.equations[s] {
			fmt.Fprintf(&m.out, "log log_%s {\n  show = %s\n}\n\n", name, name)
		}
	}
	fmt.Fprintf(&m.out, "relay pump {\n  pin    = 22\n  on     = %s\n  max_on = 30.s\n  rest   = %d.s\n  safe   = off\n}\n\n",
		m.make(blockSort{'s', false}, 2), m.IntN(20))
	fmt.Fprintf(&m.out, "mqtt_out told {\n  via   = home\n  topic = \"out\"\n  send  = %s\n}\n\n", m.make(blockSort{'e', m.IntN(2) == 0}, 2))
	fmt.Fprintf(&m.out, "mqtt_out both {\n  via   = home\n  topic = \"both\"\n  send  = { a = %s, b = %s }\n  when  = %s\n}\n",
		m.make(blockSort{'n', m.IntN(3) == 0}, 1), m.make(blockSort{'s', false}, 1), m.make(blockSort{'e', false}, 1))
}

// make writes an expression of a sort.
func (m *flowMaker) make(s blockSort, depth int) string {
	if list := m.equations[s]; len(list) > 0 && m.IntN(3) == 0 {
		return list[m.IntN(len(list))]
	}
	if depth == 0 {
		return m.leaf(s)
	}
	forms := blocks[s.shape]
	if !s.keyed && m.IntN(4) == 0 {
		forms = across[s.shape]
	}
	return m.fill(forms[m.IntN(len(forms))], s.keyed, depth-1)
}

func (m *flowMaker) leaf(s blockSort) string {
	list := map[blockSort][]string{
		{'n', false}: {"latest(u)", "1.5", "count(door.pressed)", "latest(c, 0)"},
		{'n', true}:  {"latest(z)", "count(k)", "latest(k, 1)"},
		{'s', false}: {"window.open", "door.down", "home.connected", "toggle(door.pressed)"},
		{'s', true}:  {"latest(z) > 2", "ready(z)"},
		{'e', false}: {"c", "at(door.pressed, 7)", "at(every(7.s), 1)"},
		{'e', true}:  {"k"},
		{'r', false}: {"u"},
		{'r', true}:  {"z"},
	}[s]
	return list[m.IntN(len(list))]
}

// fill replaces N, S, E and R by expressions of that shape, an n, s, e or r by an
// unkeyed one, K and L by keyed ones (a switch, a number), M by a keyed event, D by a
// duration and B by a key.
func (m *flowMaker) fill(form string, keyed bool, depth int) string {
	var b strings.Builder
	for i := 0; i < len(form); i++ {
		ch := form[i]
		if ch != '$' || form[i+1] == '{' {
			b.WriteByte(ch)
			continue
		}
		i++
		switch ch = form[i]; ch {
		case 'N', 'S', 'E', 'R':
			b.WriteString(m.make(blockSort{ch + 'a' - 'A', keyed}, depth))
		case 'n', 's', 'e', 'r':
			b.WriteString(m.make(blockSort{ch, false}, depth))
		case 'K':
			b.WriteString(m.make(blockSort{'s', true}, depth))
		case 'L':
			b.WriteString(m.make(blockSort{'n', true}, depth))
		case 'M':
			b.WriteString(m.make(blockSort{'e', true}, depth))
		case 'D':
			fmt.Fprintf(&b, "%d.s", 1+m.IntN(9))
		case 'B':
			fmt.Fprintf(&b, "%q", "abc"[m.IntN(3):][:1])
		}
	}
	return b.String()
}

// blocks are the forms of each shape; see fill.
var blocks = map[byte][]string{
	'n': {"($N + $n)", "($N - $N)", "($N * $n)", "($N / $n)", "($S ? $N : $n)", "try($N / $n, $n)", "previous($N, 0)", "count($E)", "latest($E, 0)",
		"latest($R)", "initially(latest($R), $n)", "sum($E)", "delay($N, $D)", "average($N, $D)", "previous($E, 1)", "(since($E) < $D ? $N : $n)"},
	's': {"($S && $s)", "($s || $S)", "!($S)", "($N > $n)", "toggle($E)", "latch($E, $e)", "pulse($E, $D)", "on_delay($S, $D)", "off_delay($S, $D)",
		"hysteresis($N, { on_above = 5, off_below = 1 })", "ready($N)", "ready($R)", "since($E) > $D", "delay($S, $D)", "try($S, $s)", "previous($S, off)",
		"($S == $s)"},
	'e': {"where($E, $s)", "where($E, $S)", "merge($E, $E)", "delay($E, $D)", "debounce($E, $D)", "throttle($E, $D)", "at($E, $N)", "($E + $n)", "changes($N)",
		"sample($N, $D)", "at(rises($S), $N)", "at(falls($S), 3)", "at(becomes($N, $n), 4)", "distinct($E)", "at(where($E, $S), $N / $n)"},
	'r': {"where($R, $s)", "where($R, $S)", "($R + $n)", "($R * $N)", "distinct($R)", "throttle($R, $D)", "average($R, 5)", "try($R / $n, $n)", "initially($R, $n)",
		"average($R, $D)", "($S ? $R : $n)"},
}

// circles are the forms of an equation, @, that is made of its own past.
var circles = map[byte][]string{
	'n': {"previous(@, 0) + $N", "$S ? previous(@, 0) + 1 : $n", "initially(delay(@, $D), 1) + $N"},
	's': {"previous(@, off) != $S", "$S && !initially(delay(@, $D), off)"},
	'e': {"merge($E, where(delay(@, $D), $S))", "at($E, previous(@, 0) + 1)", "where($E, $N > previous(@, 0))"},
	'r': {"($R + previous(@, 0)) / 2", "where($R, $N > previous(@, 0))"},
}

// across are the forms that drop the key.
var across = map[byte][]string{
	'n': {"lowest($L)", "highest($L)", "mean_of($L)", "count_of($K)", "($L)[$B]", "latest(merged($M), 0)"},
	's': {"any_of($K)", "all_of($K)", "ready(lowest($L))"},
	'e': {"merged($M)", "at(merged($M), count_of($K))"},
	'r': {"u", "z[$B]"},
}

// randomScript is what happens to a flow.
func randomScript(r *rand.Rand) string {
	var b strings.Builder
	for range 40 {
		switch r.IntN(12) {
		case 0, 1, 2:
			fmt.Fprintf(&b, "pub z/%s %d\n", "abcd"[r.IntN(4):][:1], r.IntN(9)-2)
		case 3, 4:
			fmt.Fprintf(&b, "pub u %d\n", r.IntN(9)-2)
		case 5:
			fmt.Fprintf(&b, "pub k/%s %d\n", "abcd"[r.IntN(4):][:1], r.IntN(9)-2)
		case 6:
			fmt.Fprintf(&b, "pub c %d\n", r.IntN(9)-2)
		case 7:
			fmt.Fprintf(&b, "%s\n", []string{"pub u wet", "pub z/a wet", "retained c 5", "retained u 4", "disconnect", "connect", "connect", "set window.pin 0", "set window.pin 1"}[r.IntN(9)])
		case 8:
			b.WriteString("press door\n")
		default:
			if r.IntN(4) == 0 {
				b.WriteString("show\n")
			}
			fmt.Fprintf(&b, "advance %s\n", []string{"1ms", "500ms", "1s", "3s", "7s", "1min", "6min"}[r.IntN(7)])
		}
	}
	b.WriteString("connect\nadvance 20s\nshow\ncounters\n")
	return b.String()
}
