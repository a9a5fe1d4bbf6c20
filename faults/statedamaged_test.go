package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestStateDamaged damages what a program remembers in many ways while it is away. It starts,
// goes on with what is whole or begins anew, says so, and remembers from then on.
func TestStateDamaged(t *testing.T) {
	beside(t)
	r := newRun(t, buildHasty(t), 10, 300)
	stateDamagedRig(r)
	r.report()
}

// counts starts the program that counts, waits until it does, and gives its first number (-1: none)
// and its last; it ends as a service manager ends it.
func (r *run) counts(folder string) (first, last int, log string) {
	p := start(r.t, r.program, "STATE_DIRECTORY="+folder)
	first = -1
	for began := time.Now(); first < 0 && !p.ended() && time.Since(began) < r.patience; time.Sleep(time.Millisecond) {
		if m := counted.FindStringSubmatch(p.log.String()); m != nil {
			first = said([]byte(m[0]))
		}
	}
	p.terminate(termLimit)
	r.complain(p)
	return first, said([]byte(p.log.String())), p.log.String()
}

func stateDamagedRig(r *run) {
	folder := r.t.TempDir()
	_, was, log := r.counts(folder)
	for began := time.Now(); was < 50 && time.Since(began) < r.patience; {
		_, was, log = r.counts(folder)
	}
	made, err := os.ReadFile(filepath.Join(folder, "state.db"))
	if err != nil || was == 0 {
		r.t.Fatalf("nothing is remembered: %v\n%s", err, log)
	}
	whole, kept, anew := 0, 0, 0
	for round := range r.rounds {
		folder := r.t.TempDir()
		name := filepath.Join(folder, "state.db")
		write(r.t, name, damage(r, made))
		if err := os.Chmod(name, 0o600); err != nil {
			r.t.Fatal(err)
		}
		first, last, log := r.counts(folder)
		told := strings.Contains(log, "is damaged")
		switch {
		case first < 0:
			r.wrong("round %d: it does not start:\n%s", round, log)
		case !told && first <= was:
			r.wrong("round %d: it goes on at %d and not behind %d, without a word:\n%.300s", round, first, was, log)
		case !told:
			whole++
		case first > 0:
			kept++
		default:
			anew++
		}
		if _, err := os.Stat(name + ".damaged"); told != (err == nil) {
			r.wrong("round %d: the damaged file: %v\n%.300s", round, err, log)
		}
		if next, _, log := r.counts(folder); next != last+1 || strings.Contains(log, "damaged") {
			r.wrong("round %d: it was at %d and goes on at %d:\n%.300s", round, last, next, log)
		}
	}
	if kept+anew == 0 {
		r.wrong("no file was damaged enough to be noticed")
	}
	if kept == 0 {
		r.wrong("it never goes on with what is whole")
	}
	r.figures = fmt.Sprintf("%d files were whole all the same, %d were told and went on, %d told and begun anew", whole, kept, anew)
}
