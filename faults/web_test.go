package faults

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// TestKillWeb kills a program that tells a web server and a database of messages, each with
// a buffer, while these are away, stall, hang up, and answer 500, 503, 429 and 400. What they
// take they get all of, in order; what they refuse for good is a dead letter.
func TestKillWeb(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "web.hcl"), 5, 100)
	webRig(r)
	r.report()
}

const (
	webRate = 150
	// pointsAtOnce is how many points go in one request.
	pointsAtOnce = 50
)

func webRig(r *run) {
	source := newWitness(r.t, nil)
	source.OnPublish(func(witness.Message) {})
	server := startWebServer(r.t, r.seed)
	away := startProxy(r.t, server.listener.Addr().String(), r.seed)
	dir := r.t.TempDir()
	env := []string{"FLOW_SOURCE=" + source.URL(), "FLOW_SERVER=http://" + away.listener.Addr().String(), "STATE_DIRECTORY=" + dir}
	var p *process
	begin := func() {
		before := len(source.Subscribes())
		p = start(r.t, r.program, env...)
		if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > before }) {
			r.t.Fatalf("no subscription:\n%s", p.log)
		}
	}
	began := time.Now()
	begin()
	text := strconv.Quote(webText)
	stream := startLoadOf(source, webRate, 1, func(id int) (string, string) {
		return "in/item", `{"id":` + strconv.Itoa(id) + `,"at":` + strconv.Itoa(momentOf(id)) + `,"text":` + text + `}`
	})
	away.storm()
	for range r.rounds {
		if r.random.IntN(3) == 0 {
			away.leave()
		}
		r.pass(r.within(2 * time.Second))
		if p.ended() {
			r.wrong("the program ended by itself:\n%s", p.log)
		}
		p.kill()
		r.complain(p)
		if r.random.IntN(2) == 0 {
			away.come()
		}
		begin()
	}
	away.come()
	away.quiet()
	r.pass(time.Second)
	total := stream.end()
	server.quiet()
	owed := func(l *ledger) []int { return slices.DeleteFunc(l.missing(total), never) }
	for len(owed(server.calls))+len(owed(server.points)) > 0 && min(server.calls.silence(), server.points.silence()) < r.patience {
		source.Wait(20*time.Millisecond, func() bool { return false })
	}
	if !source.Wait(r.patience, func() bool { return source.Unconfirmed("web-in") == 0 }) {
		r.wrong("%d messages are not acknowledged:\n%s", source.Unconfirmed("web-in"), p.log)
	}
	p.terminate(termLimit)
	r.complain(p, source)
	_, ended := deeds(away)
	at := map[string]int{}
	for name, l := range map[string]*ledger{"calls": server.calls, "points": server.points} {
		if lost := owed(l); len(lost) > 0 {
			r.wrong("%d of %d %s are lost: %s", len(lost), total, name, some(lost))
		}
		again, late := l.doubled()
		if late > 0 {
			r.wrong("%d %s came first after a later one", late, name)
		}
		// A request may be repeated after a cut, and where its answer was lost. After a kill
		// what one of them has and the other has not comes again for both, from the source.
		request := 1
		if name == "points" {
			request = pointsAtOnce
		}
		if most := (window+2*request)*r.rounds + request*(ended+server.did["stalled"]) + server.lost[name]; again > most {
			r.wrong("%d %s came again, more than %d", again, name, most)
		}
		at[name] = again
	}
	for _, problem := range server.problems {
		r.wrong("%s", problem)
	}
	r.letters(dir, total)
	r.figures = fmt.Sprintf("%d messages in %.0f s, 0 lost, %v came again; the server %v", total, time.Since(began).Seconds(), at, server.did)
}

var letterOf = regexp.MustCompile(`(?s)^#\d+  \S+ \S+  (\w+): the server answers 400\n.*?(?:"id":| id=)(\d+)`)

// letters holds that each message that is refused for good is a dead letter of both, and
// nothing else is.
func (r *run) letters(dir string, total int) {
	r.t.Helper()
	list, err := r.deadLetters(dir)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, list)
	}
	found := map[string]*ledger{"tell": newLedger(), "keep": newLedger()}
	for letter := range strings.SplitSeq("\n"+string(list), "\n#") {
		f := letterOf.FindStringSubmatch("#" + letter)
		if f == nil {
			if strings.TrimSpace(letter) != "" {
				r.wrong("an unexpected dead letter: %.200s", letter)
			}
			continue
		}
		id, _ := strconv.Atoi(f[2])
		if !never(id) {
			r.wrong("%s: %d is a dead letter", f[1], id)
		}
		found[f[1]].mark(id)
	}
	for name, l := range found {
		for _, id := range l.missing(total) {
			if never(id) {
				r.wrong("%s: %d was refused, and is no dead letter", name, id)
			}
		}
		// One comes again where a kill kept its source from hearing of it.
		if again, _ := l.doubled(); again > r.rounds {
			r.wrong("%s: %d dead letters are there twice", name, again)
		}
	}
}

// deadLetters is the list that the program gives of those in a folder.
func (r *run) deadLetters(dir string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, r.program, "dead-letters", "list")
	c.Env = append(os.Environ(), "STATE_DIRECTORY="+dir)
	return c.CombinedOutput()
}
