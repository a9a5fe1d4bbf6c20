package compiler

import (
	"path/filepath"
	"strings"
	"testing"
)

const membersHead = `
program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

mqtt home { url = "tcp://127.0.0.1:1" }

mqtt_in tap {
  via   = home
  topic = "tap/{room}"
  keys  = { room = room }
  kind  = command
  text  = mode
}
`

const membersStates = `
state heating {
  start = eco
  type  = mode
  on    = { startup() = old }
}

state pair {
  start = { m = mode.eco, was = [mode.eco], n = 0 }
  on    = { startup() = with(old, { n = old.n + 1 }) }
}

state used {
  start = 0
  on = {
    tap       = 0
    startup() = old + 1
  }
}
`

// TestMembersAreRenamed runs a program, and then a version of it in which members of
// enumerations have other names: states, the data of operators and keys are taken over. A
// member that is gone makes its state, or its key, begin anew.
func TestMembersAreRenamed(t *testing.T) {
	before := membersHead + `
enum mode { values = [off, night, eco, gone] }
enum room { values = [kitchen, bath, shed] }
` + strings.NewReplacer("startup() = old }", "startup() = mode.off }", "with(old, {", "with(old, { m = mode.night, was = [mode.night, mode.off],").Replace(membersStates) + `
state lost {
  start = mode.eco
  on    = { startup() = mode.gone }
}

last = latest(at(startup(), mode.off), mode.eco)

log told { show = "${heating} ${pair.m} ${show(pair.was[0], "none")} ${pair.n} ${sum_of(used)} ${lost} ${last}" }
`
	after := membersHead + `
enum mode {
  values       = [away, low, eco]
  renamed_from = { away = "off", low = "night" }
}

enum room {
  values       = [kitchen, bathroom]
  renamed_from = { bathroom = ["bath", "toilet"] }
}
` + membersStates + `
state lost {
  start = mode.low
  on    = { tap = it }
}

last = latest(tap["kitchen"], mode.eco)

log told { show = "${heating} ${pair.m} ${show(pair.was[0], "none")} ${pair.n} ${used["bathroom"]} ${sum_of(used)} ${lost} ${last}" }
`
	w := newWorkspace(t)
	programs := map[string]string{}
	for name, text := range map[string]string{"before": before, "after": after} {
		f := CheckText(name, map[string][]byte{name + ".hcl": []byte(text)})
		if f.Found.HasErrors() {
			t.Fatal(rendered(f))
		}
		programs[name] = w.add(t, f)
	}
	bin, dir := w.build(t), t.TempDir()
	for n, c := range []struct{ program, want string }{
		{"before", "off night night 1 3 gone off"},
		{"before", "off night night 2 6 gone off"},
		{"after", "away low low 3 3 6 low away"},
		{"after", "away low low 4 4 8 low away"},
	} {
		if got := toldOnce(t, filepath.Join(bin, programs[c.program]), dir); got != c.want {
			t.Fatalf("start %d told %q, want %q", n+1, got, c.want)
		}
	}
}
