package web_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// points is a database that reads what comes as strictly as can be.
type points struct {
	mu     sync.Mutex
	status int
	// refuses is a text for which a whole request is refused.
	refuses  string
	list     []dataPoint
	requests []int
	problems []string
	header   http.Header
	query    string
	wait     string
}

func (d *points) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.header, d.query = q.Header, q.URL.Path+"?"+q.URL.RawQuery
	list, err := parseLines(string(body))
	switch {
	case err != nil:
		d.problems = append(d.problems, err.Error())
		w.WriteHeader(http.StatusBadRequest)
		return
	case d.status == hangsUp:
		panic(http.ErrAbortHandler)
	case d.status != 0:
		w.Header().Set("Retry-After", d.wait)
		w.WriteHeader(d.status)
		return
	case d.refuses != "" && strings.Contains(string(body), d.refuses):
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	d.list, d.requests = append(d.list, list...), append(d.requests, len(list))
	w.WriteHeader(http.StatusNoContent)
}

// hangsUp is a status for no answer at all, after which an attempt is made for ever.
const hangsUp = -1

func (d *points) set(status int, refuses string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.status, d.refuses = status, refuses
}

// taken is what was taken so far, a copy.
func (d *points) taken() *points {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &points{list: slices.Clone(d.list), requests: slices.Clone(d.requests), problems: slices.Clone(d.problems), header: d.header, query: d.query}
}

// writing is a flow with one influx_out.
func writing(t testing.TB, d *points) (*rig, *web.Influx) {
	r := newRig(t)
	home := &web.Connection{URL: serve(t, d.ServeHTTP)}
	w := &web.Influx{Via: home, Bucket: "garden", Org: "my home", Token: flow.NewSecret("hush"), Precision: web.PrecisionMs,
		Batch: 3, Every: time.Second, Timeout: 10 * time.Second}
	r.add("home", home)
	r.add("keep", w)
	r.step = func() {
		if w.Sent.Happened(r.engine.Pass) {
			r.saw("sent " + strconv.FormatInt(w.Sent.V, 10))
		}
	}
	return r, w
}

// point lets the flow make a point.
func (r *rig) point(w *web.Influx, measurement string, tags, fields flow.Pairs) {
	r.at(func() {
		w.Measurement.V, w.Tags.V, w.Fields.V = measurement, tags, fields
		w.Shoot(r.engine.Hosts[1])
	})
	r.engine.Hosts[1].Done(0)
}

func number(name, value string) flow.Pairs {
	return flow.Pairs{{Name: name, Value: value, As: flow.AsNumber}}
}

// TestPointsComeTogether holds that points wait for others, but not for long, and what
// the server is shown.
func TestPointsComeTogether(t *testing.T) {
	d := &points{}
	r, w := writing(t, d)
	r.run()
	for n := range 5 {
		r.point(w, "soil", nil, number("moisture", strconv.Itoa(n)))
	}
	r.sees("sent 3")
	r.clock.Advance(2 * time.Second)
	r.sees("sent 2")
	d = d.taken()
	if got := fmt.Sprint(d.requests, d.problems); got != "[3 2] []" {
		t.Error(got)
	}
	if got := d.header.Get("Authorization") + " " + d.query; got != "Token hush /api/v2/write?bucket=garden&precision=ms&org=my+home" {
		t.Error(got)
	}
	seen := map[int64]bool{}
	for _, p := range d.list {
		seen[p.moment] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d moments of 5 points: the database would keep only those", len(seen))
	}
}

// TestPointsWaitForServer holds that a server that is busy gets them later, in order.
func TestPointsWaitForServer(t *testing.T) {
	d := &points{status: http.StatusServiceUnavailable, wait: "1"}
	r, w := writing(t, d)
	r.run()
	for n := range 7 {
		r.point(w, "soil", nil, number("n", strconv.Itoa(n)))
	}
	r.until("an answer", func() bool { return d.taken().header != nil })
	d.set(hangsUp, "")
	r.until("the log to tell", func() bool {
		r.steps()
		return strings.Contains(r.logged(), "cannot be sent: the server hung up; it is tried again")
	})
	if got := r.ails(w); got != "the server hung up; it is tried again" {
		t.Errorf("the health page says %q", got)
	}
	d.set(0, "")
	r.until("all points", func() bool {
		r.steps()
		return len(d.taken().list) >= 7
	})
	r.until("the end of it in the log", func() bool { return strings.Contains(r.logged(), "the server answers again") })
	if got := r.ails(w); got != "" {
		t.Errorf("the health page still says %q", got)
	}
	for n, p := range d.taken().list {
		if p.fields["n"] != float64(n) {
			t.Errorf("point %d is %v", n, p.fields)
		}
	}
}

// TestOnePointRefused holds that a point which the database refuses takes no other with it.
func TestOnePointRefused(t *testing.T) {
	d := &points{refuses: "666"}
	r, w := writing(t, d)
	w.Batch = 8
	r.run()
	for _, n := range []string{"1", "2", "3", "666", "5", "6", "7", "8"} {
		r.point(w, "soil", nil, number("n", n))
	}
	r.until("seven points", func() bool {
		return len(d.taken().list) == 7
	})
	r.fails("keep: the server answers 422")
}

// TestPointsThatCannotBe holds that what line protocol cannot write is a fault of that
// point alone, and that a point of nothing is none.
func TestPointsThatCannotBe(t *testing.T) {
	d := &points{}
	r, w := writing(t, d)
	r.run()
	text := flow.Pairs{{Name: "n", Value: "x"}}
	for _, c := range []struct {
		measurement  string
		tags, fields flow.Pairs
		want         string
	}{
		{"", nil, text, "the measurement is empty"},
		{"_internal", nil, text, "begins with `_`"},
		{"a\nb", nil, text, "control character"},
		{"a", flow.Pairs{{Name: "path", Value: `C:\`}}, text, "ends with a backslash"},
		{"a", flow.Pairs{{Name: "time", Value: "1"}}, text, "another name"},
		{"a", nil, flow.Pairs{{Name: "n", Value: strings.Repeat("x", 70_000)}}, "longer than 64 KB"},
		{"a", nil, flow.Pairs{{Name: "n", Value: "\xff"}}, "no valid text"},
	} {
		r.point(w, c.measurement, c.tags, c.fields)
		r.fails(c.want)
	}
	r.point(w, "a", nil, flow.Pairs{{Name: "n", As: flow.AsMissing}})
	r.point(w, "good", nil, text)
	r.clock.Advance(2 * time.Second)
	r.sees("sent 1")
	d = d.taken()
	if len(d.list) != 1 || d.list[0].measurement != "good" || len(d.problems) > 0 {
		t.Errorf("%v %v", d.list, d.problems)
	}
}

// FuzzPoint holds that what is written is read back as it was, by a parser that knows
// nothing of the writer; what cannot be written is refused.
func FuzzPoint(f *testing.F) {
	f.Add("soil", "bed", "north wall", "note", `say "hi"\`, int64(5))
	f.Add("a, b", "a=b", `c\,d`, "e f", "\n", int64(-1))
	f.Add(`a\ b`, `\=`, `\\x`, `x\y`, `\"`, int64(0))
	f.Add("#a", "é", ",", "=", "", int64(1)<<62)
	f.Fuzz(func(t *testing.T, measurement, tag, value, field, text string, n int64) {
		tags := flow.Pairs{{Name: tag, Value: value}}
		fields := flow.Pairs{{Name: field, Value: text}, {Name: "whole", Value: strconv.FormatInt(n, 10), As: flow.AsInt}, {Name: "on", Value: "true", As: flow.AsBool}}
		if field == "whole" || field == "on" {
			return
		}
		line, err := web.AppendPoint(measurement, tags, fields)
		if err != nil {
			return
		}
		list, err := parseLines(string(line) + "\n")
		if err != nil || len(list) != 1 {
			t.Fatalf("%q: %v", line, err)
		}
		p := list[0]
		wantTags := map[string]string{tag: value}
		if value == "" {
			wantTags = map[string]string{}
		}
		wantFields := map[string]any{field: text, "whole": n, "on": true}
		if p.measurement != measurement || !maps.Equal(p.tags, wantTags) || !maps.Equal(p.fields, wantFields) {
			t.Errorf("%q is read as %v", line, p)
		}
	})
}
