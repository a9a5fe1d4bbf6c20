package compiler

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
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
// nothing came in for so long, it ends up knowing what it knows without the kill.
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
		want := known(string(c.output(t, program)))
		c.script = []byte(broken)
		if got := known(string(c.output(t, program))); got != want {
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
	both("advance 1h") // a step that begins when a late timer rings takes its whole time from then
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
