package sim

import (
	"net/url"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
	"flowc/rt/sim/report"
)

// The statuses that the player itself knows: nothing is there, and the first of those
// that refuse.
const (
	notFound     = 404
	firstRefusal = 400
)

// Request is what a client asks of a route, and what it expects of the reply.
type Request struct {
	Method, Path string
	Query        []QueryField
	Body         []byte
	// Status is that of the reply; 0: any that is no refusal.
	Status int64
	// Within is how long the client waits: 0 is the instant of the request, with what
	// it does at once.
	Within time.Duration
	Reply  Sent
}

// QueryField is a field behind the `?`.
type QueryField struct{ Name, Text string }

// PathPart is a text as a part of a path.
func PathPart(text string) string { return url.PathEscape(text) }

// replied is what the client got.
type replied struct {
	status int
	body   string
}

// Request asks, waits for the reply and holds it against what is expected.
func (t *T) Request(r Request) {
	target := r.Path
	if len(r.Query) > 0 {
		q := url.Values{}
		for _, f := range r.Query {
			q.Set(f.Name, f.Text)
		}
		target += "?" + q.Encode()
	}
	var got *replied
	problem := outside.Ask(r.Method, target, string(r.Body), func(status int, body string) { got = &replied{status, body} })
	switch {
	case strings.HasPrefix(problem, "nothing answers"):
		got = &replied{notFound, problem}
	case problem != "":
		t.fail(&report.Failure{Summary: problem})
	}
	t.settle()
	for end := t.clock.Mono() + r.Within; got == nil && t.clock.Mono() < end; {
		next := end
		if due, ok := t.engine.NextIn(); ok {
			next = min(next, t.clock.Mono()+due)
		}
		t.until(next)
	}
	if got == nil {
		t.fail(&report.Failure{Summary: "there is no reply yet", Wires: r.Reply.Wires, Notes: []string{"say how long the client waits: within = 5.s"}})
	}
	t.judge(r, got)
}

// judge holds a reply against what is expected.
func (t *T) judge(r Request, got *replied) {
	status := "with status " + flow.FormatInt(int64(got.status))
	f := &report.Failure{Wires: r.Reply.Wires, Notes: []string{"replied " + flow.FormatInt(int64(got.status)) + "  " + oneLine(strings.TrimSuffix(got.body, "\n"))}}
	switch {
	case r.Status == 0 && got.status >= firstRefusal:
		f.Summary = "the request was refused " + status
	case r.Status != 0 && int64(got.status) != r.Status:
		f.Summary = "the reply came " + status + ", not " + flow.FormatInt(r.Status)
	case !r.Reply.fits(publication{payload: got.body}):
		f.Summary = "the reply is not this"
		f.Actual = []report.Actual{{Of: "text", Text: got.body}}
	default:
		return
	}
	t.fail(f)
}
