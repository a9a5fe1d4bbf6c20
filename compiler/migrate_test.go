package compiler

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const migrateHead = `
program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

mqtt home { url = "tcp://127.0.0.1:1" }

enum room { values = [kitchen, bath] }

mqtt_in tap {
  via   = home
  topic = "tap/{room}"
  keys  = { room = room }
  kind  = command
  text  = l
}
`

// TestStatesAreMigrated runs a program, and then a version of it in which the states are
// something else: what the first one kept is turned into that, of each key, and a later
// start of the second one reads its own. A state without a function begins anew.
func TestStatesAreMigrated(t *testing.T) {
	before := migrateHead + `
state starts {
  start = 0
  on    = { startup() = old + 1 }
}

state used {
  start = 0.l
  on = {
    tap       = old + it
    startup() = old + 1.5.l
  }
}

state lost {
  start = 0
  on    = { startup() = old + 1 }
}

state broken {
  start = 0
  on    = { startup() = old + 1 }
}

log told { show = "${starts} ${lost} ${sum_of(used)} ${broken}" }
`
	after := migrateHead + `
function starts_before {
  params = { old = int }
  result = { n = old, note = "kept" }
}

function broken_before {
  params = { old = int }
  result = { share = 10 / (old - 2), n = 0 }
}

function used_before {
  params = { was = l }
  result = { amount = was * 2, times = 1 }
}

state runs {
  renamed_from = "starts"
  migrate      = starts_before
  start        = { n = 0, note = "new" }
  on           = { startup() = with(old, { n = old.n + 1 }) }
}

state used {
  migrate = used_before
  start   = { amount = 0.m3, times = 0 }
  on = {
    tap       = with(old, { amount = old.amount + it })
    startup() = with(old, { times = old.times + 1 })
  }
}

state lost {
  start = off
  on    = { startup() = !old }
}

state broken {
  migrate = broken_before
  start   = { share = 1.5, n = 0 }
  on      = { startup() = with(old, { n = old.n + 1 }) }
}

log told { show = "${broken.n} ${runs.n} ${runs.note} ${lost} ${in(sum_of(used.amount), l)} ${sum_of(used.times)}" }
`
	w := newWorkspace(t)
	var programs []string
	for name, text := range map[string]string{"before": before, "after": after} {
		f := CheckText(name, map[string][]byte{name + ".hcl": []byte(text)})
		if f.Found.HasErrors() {
			t.Fatal(rendered(f))
		}
		programs = append(programs, w.add(t, f))
	}
	bin, dir := w.build(t), t.TempDir()
	if !strings.Contains(programs[0], "before") {
		programs[0], programs[1] = programs[1], programs[0]
	}
	for n, c := range []struct{ program, want string }{
		{programs[0], "1 1 3 l 1"},
		{programs[0], "2 2 6 l 2"},
		{programs[1], "1 3 kept true 12 4"},
		{programs[1], "2 4 kept false 12 6"},
	} {
		if got := toldOnce(t, filepath.Join(bin, c.program), dir); got != c.want {
			t.Fatalf("start %d told %q, want %q", n+1, got, c.want)
		}
	}
}

// toldOnce starts a program, waits for what its log "told" says, and stops it.
func toldOnce(t *testing.T, program, dir string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), playLimit)
	defer cancel()
	out := &spoken{word: "told: ", heard: make(chan string, 1)}
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "STATE_DIRECTORY="+dir)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	select {
	case said = <-out.heard:
	case <-ctx.Done():
	}
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil || said == "" {
		t.Fatalf("%v:\n%s", err, out.all)
	}
	return said
}

// spoken gives the first line of an output that has a word in it, what comes after that.
type spoken struct {
	word  string
	heard chan string
	all   string
	done  bool
}

func (s *spoken) Write(b []byte) (int, error) {
	s.all += string(b)
	_, rest, found := strings.Cut(s.all, s.word)
	if line, _, whole := strings.Cut(rest, "\n"); found && whole && !s.done {
		s.done = true
		s.heard <- line
	}
	return len(b), nil
}
