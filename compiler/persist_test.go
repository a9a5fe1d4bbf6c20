package compiler

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRestartChangesNothing plays random timelines twice: as they are, and with the program
// ended and started again at random moments. With its memory kept it does the same, but for
// what is of the moment only: events that were shown, the connection that is made anew, and
// faults that are told once, which each run tells once.
func TestRestartChangesNothing(t *testing.T) {
	c := readCase(t, "../testdata/run/persist_restart.txtar")
	f := CheckText(c.name, c.flow)
	if f.Found.HasErrors() {
		t.Fatal(rendered(f))
	}
	w := newWorkspace(t)
	c.pkg = w.add(t, f)
	program := w.buildTogether(t)
	for seed := range int64(40) {
		plain, broken := randomTimeline(rand.New(rand.NewSource(seed)))
		c.script = []byte(plain)
		want := lasting(string(c.output(t, program)))
		c.script = []byte(broken)
		if got := lasting(string(c.output(t, program))); got != want {
			t.Fatalf("seed %d: after the restarts of\n%s\nit prints\n%s\nand without them\n%s", seed, broken, got, want)
		}
	}
}

// randomTimeline is a script, without and with restarts.
func randomTimeline(r *rand.Rand) (plain, broken string) {
	both := func(line string) {
		plain += line + "\n"
		broken += line + "\n"
	}
	for range 40 {
		switch r.Intn(6) {
		case 0:
			both("press door")
		case 1:
			both("press panel")
		case 2:
			bed := []string{"beans", "herbs", "peas"}[r.Intn(3)]
			both(fmt.Sprintf("pub garden/%s/soil {\"moisture\": %d}", bed, r.Intn(60)))
		default:
			both(fmt.Sprintf("advance %ds", 1+r.Intn(1800)))
		}
		both("advance 1s")
		if r.Intn(4) == 0 {
			broken += "restart\n"
		}
	}
	both("show")
	return plain, broken
}

// TestKillKeepsWhatIsAMinuteOld kills the program at random moments too, and leaves it off
// for a while. What happened in the last minute before may be lost with the power; where
// nothing came in for so long, it says what it says without the kill: the same lines at
// the same moments while it runs, and in the place of what it would have said while it
// was off, each of these once and everything as it would be by then.
func TestKillKeepsWhatIsAMinuteOld(t *testing.T) {
	c := readCase(t, "../testdata/run/persist_restart.txtar")
	f := CheckText(c.name, c.flow)
	if f.Found.HasErrors() {
		t.Fatal(rendered(f))
	}
	w := newWorkspace(t)
	c.pkg = w.add(t, f)
	program := w.buildTogether(t)
	for seed := range int64(40) {
		plain, broken := randomKills(rand.New(rand.NewSource(seed)))
		c.script = []byte(plain)
		want := string(c.output(t, program))
		c.script = []byte(broken)
		got := string(c.output(t, program))
		if what := apart(got, want); what != "" {
			t.Fatalf("seed %d: %s\nwith the kills\n%s\nand without them\n%s", seed, what, got, want)
		}
		if got, want := known(got), known(want); got != want {
			t.Fatalf("seed %d: after\n%s\nit knows\n%s\nand without the kills\n%s", seed, broken, got, want)
		}
	}
}

// randomKills is a script, without and with kills and the time that the program is off.
func randomKills(r *rand.Rand) (plain, broken string) {
	both := func(line string) {
		plain += line + "\n"
		broken += line + "\n"
	}
	for range 30 {
		switch r.Intn(4) {
		case 0:
			both("press door")
		case 1:
			both("press panel")
		default:
			bed := []string{"beans", "herbs", "peas"}[r.Intn(3)]
			both(fmt.Sprintf("pub garden/%s/soil {\"moisture\": %d}", bed, r.Intn(60)))
		}
		both(fmt.Sprintf("advance %ds", 61+r.Intn(900)))
		if off := r.Intn(1200); r.Intn(3) == 0 {
			plain += fmt.Sprintf("advance %ds\n", off)
			broken += fmt.Sprintf("kill %ds\n", off)
		}
	}
	both("show")
	return plain, broken
}

// known are the lines of the last `show`, but for what is of the moment only, and for
// actuators, whose rest begins anew when the power comes back.
func known(output string) string {
	_, table, _ := strings.Cut(output, "> show\n")
	var lines []string
	for line := range strings.Lines(table) {
		name, _, _ := strings.Cut(line, " ")
		if name != "late" && !strings.HasSuffix(name, ".pressed") && !strings.HasPrefix(name, "pump.") && !strings.HasPrefix(line, "stopped,") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// lasting are the lines of an output that a restart must not change.
func lasting(output string) string {
	var lines []string
	for line := range strings.Lines(output) {
		switch {
		case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "stopped,"):
		case strings.Contains(line, " → –"), strings.Contains(line, "home.connected"):
		case strings.Contains(line, ".pressed"), strings.HasPrefix(line, "late "):
		case strings.Contains(line, " fault ") && strings.Contains(line, "not ready:"):
		default:
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

// apart says where the output of a program that was killed and off for a while differs
// from that of one that ran through, "" where it does in nothing but what it may.
func apart(got, want string) string {
	g, w := segments(got), segments(want)
	if len(g) != len(w) {
		return fmt.Sprintf("%d lines of the script were played, and %d", len(g), len(w))
	}
	is, ought := map[string]string{}, map[string]string{}
	for n := range g {
		g[n].settle(is)
		w[n].settle(ought)
		if strings.HasPrefix(g[n].command, "> kill") {
			again := g[n-1].lastMinute()
			w[n].lines = w[n].once()
			g[n].lines = slices.DeleteFunc(g[n].once(), func(text string) bool {
				return slices.Contains(again, text) && !slices.Contains(w[n].lines, text)
			})
		}
		if got, want := strings.Join(g[n].lines, "\n"), strings.Join(w[n].lines, "\n"); got != want {
			return fmt.Sprintf("%s says\n%s\nand ought to say\n%s", g[n].command, got, want)
		}
		for name, v := range ought {
			now, moved := is[name]
			if !moved {
				now = "off" // a step that is passed over is not told of
			}
			if now != v {
				return fmt.Sprintf("after %s `%s` is %s and ought to be %s", g[n].command, name, now, v)
			}
		}
	}
	return ""
}

// segment is what a program said to one line of a script.
type segment struct {
	command string
	lines   []string
	// end is the time since noon when the line of the script was over.
	end time.Duration
}

// segments are the lines of an output that a kill must not change, by the lines of the
// script. What is of the moment only is left out, and so is the pump, whose rest begins
// anew when the power comes back.
func segments(output string) []segment {
	list := []segment{{}}
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "> show"):
			return list
		case strings.HasPrefix(line, "> "):
			list = append(list, segment{command: line, end: list[len(list)-1].end + lasts(line)})
		case lasting(line+"\n") == "", strings.Contains(line, " pump."), strings.Contains(line, `relay "pump"`), strings.Contains(line, "  happens"):
		default:
			last := &list[len(list)-1]
			last.lines = append(last.lines, line)
		}
	}
	return list
}

// settle notes what each wire is after the lines.
func (s *segment) settle(is map[string]string) {
	for _, line := range s.lines {
		if said(line) {
			continue
		}
		_, change, _ := strings.Cut(line, " ")
		name, v, _ := strings.Cut(change, "  ")
		if _, now, moved := strings.Cut(v, " → "); moved {
			v = now
		}
		is[name] = v
	}
}

// once are the lines of a time in which the program was off, at no moment and each once:
// late timers ring when it is back, and ticks that were missed are merged. What wires are
// then is another matter.
func (s *segment) once() []string {
	var list []string
	for _, line := range s.lines {
		_, text, _ := strings.Cut(line, " ")
		if said(line) && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	slices.Sort(list)
	return list
}

// said reports whether a line is what the program told somebody.
func said(line string) bool {
	_, text, _ := strings.Cut(line, " ")
	return strings.HasPrefix(text, "info ") || strings.HasPrefix(text, "fault ") || strings.HasPrefix(text, "sent ")
}

// lasts is how long a line of a script takes.
func lasts(command string) time.Duration {
	words := strings.Fields(command)
	if words[1] == "press" {
		return 100 * time.Millisecond
	}
	d, err := time.ParseDuration(words[len(words)-1])
	if err != nil {
		return 0
	}
	return d
}

// lastMinute are the lines that were said in the last minute before the end: a program
// that is killed then may not have stored that, and says them again.
func (s *segment) lastMinute() (list []string) {
	for _, line := range s.lines {
		stamp, text, _ := strings.Cut(line, " ")
		at, err := time.Parse("15:04:05.000", stamp)
		if err != nil {
			continue
		}
		since := s.end + 12*time.Hour - at.Sub(at.Truncate(24*time.Hour))
		if said(line) && since%(24*time.Hour) <= time.Minute {
			list = append(list, text)
		}
	}
	return list
}
