package compiler

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var thingsTime = flag.Duration("things-time", 0, "how long TestRandomThings goes on, instead of a few flows")

// thingSources are what the declarations of a random flow are made of, beside
// flowSources.
const thingSources = `enum mode {
  values = [away, eco, comfort]
%s}

enum room { values = [kitchen, bath] }

mqtt_in m {
  via        = home
  topic      = "m/{bed}"
  json       = { v = number, at = epoch(s), mode = mode, note = optional(string), list = list(number) }
  event_time = at
  lateness   = 5.s
%s  stale      = 1.min
}

mqtt_in q {
  via   = home
  topic = "q/{room}"
  json  = { v = number, mode = optional(mode) }
  keys  = { room = room }
  stale = 1.min
%s}

mqtt_in o {
  via   = home
  topic = "o"
  text  = mode
  stale = never
}

sqlite db {
  file = "things.db"

  table rows {
    at   = time
    v    = number
    s    = optional(bool)
    name = optional(string)
  }
}

function twice {
  params = { a = number, b = bool }
  result = b ? a * 2 : a
}

`

// randomThings is a flow with declarations of many forms: what no equation is.
func randomThings(r *rand.Rand) string {
	m := &flowMaker{Rand: r, equations: map[blockSort][]string{}, inline: map[string]string{}}
	if m.IntN(2) == 0 {
		fmt.Fprintf(&m.out, "program {\n  edition = 1\n  persist = { file = \"state.db\", what = %s }\n}\n\n", m.one("all", "all", "marked"))
	}
	m.out.WriteString(flowSources)
	fmt.Fprintf(&m.out, thingSources, m.one("", "  renamed_from = { away = \"off\", eco = [\"night\", \"low\"] }\n"),
		m.one("", "  idle       = 10.s\n"), m.one("", "  max_rate = 5.Hz\n", "  max_rate = 10 / 1.min\n  on_full  = latest\n"))
	for range 2 + m.IntN(4) {
		s := blockSort{"nser"[m.IntN(4)], m.IntN(3) == 0}
		m.n++
		name := fmt.Sprintf("x%d", m.n)
		fmt.Fprintf(&m.out, "%s = %s\n", name, m.make(s, 2))
		m.equations[s] = append(m.equations[s], name)
	}
	m.out.WriteString("\n")
	for range 3 + m.IntN(5) {
		m.n++
		form := things[m.IntN(len(things))]
		text := m.fill(form[m.IntN(len(form))], m.IntN(3) == 0, 1)
		m.out.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(m.n)) + "\n\n")
	}
	for n := range m.n { // in their order: the same seed is the same flow
		for _, list := range m.equations {
			if name := fmt.Sprintf("x%d", n+1); slices.Contains(list, name) {
				fmt.Fprintf(&m.out, "log log_%s { show = %s }\n", name, name)
			}
		}
	}
	return m.out.String()
}

func (m *flowMaker) one(list ...string) string { return list[m.IntN(len(list))] }

// things are the forms of declarations, by what they are; see fill. # is a number of
// their own.
var things = [][]string{
	{ // states
		"state st# {\n  start = 1.5\n  on = {\n    $E = old + it\n    after($D) = 0.5\n  }\n}\nlog lst# { show = st# }",
		"state st# {\n  start = off\n  on = {\n    $E = !old\n    rises($S) = $S\n  }\n}\nlog lst# { show = st# }",
		"state st# {\n  type    = mode\n  start   = eco\n  on = {\n    $E = it > 2 ? mode.away : old\n    after($D) = mode.eco\n  }\n}\nlog lst# { show = match(st#, { away = $N, eco = $n, comfort = 3 }) }",
		"state st# {\n  start = { n = 0.5, on = off, list = [1.5], m = mode.eco }\n  on = {\n    $E = with(old, { n = it, list = [it, old.n] })\n    $e = with(old, { on = $S, m = mode.away })\n  }\n}\nlog lst# { show = st#.n + 1 }\nlog mst# { show = st#.m }",
		"state st# {\n  start = mode.eco\n  on = { q.v = q.v > $n ? mode.away : old }\n}\nlog lst# { show = st# }",
		"function was# {\n  params = { old = number }\n  result = { n = old, m = mode.eco }\n}\nstate st# {\n  migrate = was#\n  start   = { n = 1.5, m = mode.away }\n  on      = { $E = with(old, { n = it }) }\n}\nlog lst# { show = st#.m }",
	},
	{ // sequences
		"sequence sq# {\n  start = $E\n  step one { for = $D }\n  step two { until = $S }\n}\nlog msq# { show = sq#.one.active }\nlog lsq2# { show = sq#.finished }",
		"sequence sq# {\n  start  = rises($S)\n  cancel = $s\n  again  = restart\n  step one { for = $D }\n  step two { for = $D }\n}\nlog lsq# { show = sq#.running }\nlog msq# { show = sq#.two.active }",
		"sequence sq# {\n  start = $M\n  again = queue\n  step one { for = $D }\n}\nlog lsq# { show = any_of(sq#.running) }",
	},
	{ // windows
		"wi# = window(m.v, { every = 1.min })\nlog lwi# { show = \"${show(mean(wi#.items), \"none\")} ${wi#.start}\" }",
		"wi# = window(m, { size = 2.min, every = 1.min })\nlog lwi# { show = length(wi#.items) }",
		"wi# = window(m.mode, { gap = $D })\nlog lwi# { show = wi#.items }",
		"wi# = window(where(m.v, m.v > $n), { count = 3 })\nlog lwi# { show = sum(wi#.items) }",
		"wi# = window($E, { every = $D, max_items = 10 })\nlog lwi# { show = length(wi#.items) }",
		"wi# = window($R, { count = 2 })\nlog lwi# { show = wi#.end }",
		"wi# = window(m[\"a\"].v, { every = 1.min })\nlog lwi# { show = wi#.items }",
		"wi# = history($N, $D)\nlog lwi# { show = wi# }",
	},
	{ // the web
		"http_call hc# {\n  url    = \"https://example.org/${$N}\"\n  when   = $E\n  method = post\n  body   = { v = $N, s = $S, m = mode.eco }\n  json   = { x = number, y = optional(mode) }\n}\nlog lhc# { show = hc#.x + 1 }\nlog mhc# { show = hc#.failed.message }",
		"http_call hc# {\n  url      = \"https://example.org/\"\n  when     = $E\n  method   = post\n  body     = { v = $N }\n  delivery = best_effort\n}\nlog lhc# { show = hc# }",
		"http_call hc# {\n  url    = \"https://example.org/\"\n  method = post\n  body   = { v = $E }\n  buffer = { keep = 1.h, on = disk }\n}",
		"http_get hg# {\n  url   = \"https://example.org/\"\n  every = 30.s\n  json  = { x = number, m = mode }\n}\nlog lhg# { show = hg#.x > $N }",
		"route ro# {\n  post     = \"/ro#/{name}\"\n  body     = { v = number, m = optional(mode, eco) }\n  reply    = { a = $n + ro#.body.v, name = ro#.name, m = ro#.body.m }\n  max_rate = 5.Hz\n}\nlog lro# { show = ro#.body.v }",
		"route ro# {\n  get   = \"/ro#\"\n  reply = \"${$n}\"\n}",
	},
	{ // databases
		"sql_insert in# {\n  into = db.rows\n  row  = { at = now(), v = $E, s = $S, name = null }\n}",
		"sql_insert in# {\n  into     = db.rows\n  row      = { at = m.at, v = m.v, s = on, name = m.note }\n  delivery = best_effort\n}",
		"sql_query qu# {\n  from   = db\n  when   = $e\n  sql    = \"SELECT count(*) AS n, avg(v) AS mean FROM rows WHERE v > ${$n}\"\n  row    = { n = int, mean = optional(number) }\n  expect = one\n}\nlog lqu# { show = \"${qu#.n} ${show(qu#.mean, \"none\")}\" }",
		"sql_query qu# {\n  from = db\n  when = every(1.min)\n  sql  = \"SELECT at, v, name FROM rows\"\n  expect = many\n}\nlog lqu# { show = length(qu#) }",
		"sql_exec ex# {\n  from = db\n  when = $e\n  sql  = \"DELETE FROM rows WHERE v < ${$n}\"\n}",
	},
	{ // buffers and deliveries
		"mqtt_out bo# {\n  via    = home\n  topic  = \"bo#\"\n  send   = $E\n  buffer = { keep = 1.h, on = disk }\n}",
		"mqtt_out bo# {\n  via    = home\n  topic  = \"bo#\"\n  send   = { v = $N, m = m.mode }\n  when   = m\n  buffer = { keep = 1.h, on = disk, when = always, on_full = drop_oldest }\n}",
		"mqtt_out bo# {\n  via      = home\n  topic    = \"bo#\"\n  send     = m\n  delivery = at_least_once\n}",
		"mqtt_out bo# {\n  via      = home\n  topic    = \"bo#\"\n  send     = $E\n  delivery = best_effort\n}",
	},
	{ // calls and choices
		"fx# = twice($N, $S)\nlog lfx# { show = fx# }",
		"ma# = match(o, { away = $n, eco = $n, comfort = $n })\nlog lma# { show = ma# }",
		"ma# = match(default(q.mode, eco), { away = $n, eco = 2, else = 3 })\nlog lma# { show = ma# }",
		"ch# = choose({\n  $S   = $N\n  $s   = 2\n  else = $n\n})\nlog lch# { show = ch# }",
		"li# = [for v in m.list : v * 1.5 if v > 1]\nlog lli# { show = li# }",
		"ou# = outliers($N, 2, $D)\nlog lou# { show = ou# }",
		"ou# = outliers($R, 2)\nlog lou# { show = ou# }",
		"la# = latest(o, eco)\nlog lla# { show = la# == mode.eco }",
		"pr# = previous(latest(q.mode), null)\nlog lpr# { show = pr# }",
		"relay pu# {\n  pin    = 22\n  on     = $s\n  max_on = 30.s\n  safe   = off\n}\nlog lpu# { show = pu#.wanted }",
		"mqtt_switch ms# {\n  via         = home\n  topic       = \"ms#/set\"\n  state_topic = \"ms#/is\"\n  on          = $s\n  safe        = off\n  stale       = 1.min\n}\nlog lms# { show = ms#.state }",
		"mqtt_level ml# {\n  via   = home\n  topic = \"ml#/set\"\n  level = $s ? 80.pct : 10.pct\n  safe  = 0.pct\n}",
	},
}

// TestRandomThings: flows with declarations of many forms. What checks, compiles, and is
// formatted. Some do not check: what the parts have in common is left to chance.
func TestRandomThings(t *testing.T) {
	importAll(t)
	begun, checked := time.Now(), 0
	wrong := map[string]int{}
	for n := uint64(0); n < 60 || time.Since(begun) < *thingsTime; n++ {
		seed := *propertySeed + n
		text := randomThings(rand.New(rand.NewPCG(seed, 1)))
		f := CheckText("things", map[string][]byte{"things.hcl": []byte(text)})
		if f.Typed == nil {
			for _, d := range f.Found {
				if d.Code[0] == 'E' {
					wrong[d.Code+" "+d.Summary]++
				}
			}
			continue
		}
		checked++
		m, err := f.Generate()
		if err == nil {
			err = typeCheck(m)
		}
		if err != nil {
			t.Errorf("seed %d: %v\n%s", seed, err, text)
			if t.Failed() && n > 2000 {
				break
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d of the flows check; of the others: %v", checked, wrong)
	}
	t.Logf("%d flows check and compile; of the others: %v", checked, wrong)
}
