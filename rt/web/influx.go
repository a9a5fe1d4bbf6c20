package web

import (
	"errors"
	"net/http"
	"time"

	"flowc/rt/flow"
)

// Influx writes points to a database of time series: InfluxDB, VictoriaMetrics, or
// another one that takes line protocol. A point is a measurement with its tags (what it
// is about, always text), its fields (what was measured) and its moment. Points that
// come close together are sent together.
//
//	secret influx_token {}
//
//	http metrics {
//	  url = "http://127.0.0.1:8086"
//	}
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in soil {
//	  via   = home
//	  topic = "soil/{bed}"
//	  json  = { moisture = pct, battery = V }
//	}
//
//	influx_out keep_soil {
//	  via         = metrics
//	  token       = influx_token
//	  org         = "garden"
//	  bucket      = "garden"
//	  measurement = "soil"
//	  tags        = { bed = soil.bed }
//	  fields      = { moisture = soil.moisture, battery = soil.battery }
//	  time        = soil.time
//	}
//
// A quantity is a bare number in its own unit, `in(soil.temperature, C)` chooses one; a
// whole number is an integer, a switch a boolean, all else a text. Two points of one
// measurement with the same tags and the same `time` are one point to the database: the
// later one counts. So a message that is sent twice makes one point, if `time` is in the
// message; without `time` it is when the point was made.
//
//flow:kind influx_out
//flow:memory 17.MB points that wait for the server
//flow:confirms the database has answered that it took them
//flow:again 500
type Influx struct {
	// Via is the server.
	Via *Connection
	// Bucket is where the points go; with InfluxDB 1.8 the database, or
	// "database/policy".
	Bucket string
	// Org is the organisation that has the bucket.
	Org string `optional:"true"`
	// Token is what the server wants to see, sent as `Authorization: Token …`; another
	// login is that of the `http` thing.
	Token flow.Secret `optional:"true"`
	// Measurement is the name of what is measured.
	Measurement flow.Each[string]
	// Tags say what a point is about; an empty text is left out.
	Tags flow.Each[flow.Pairs] `optional:"true"`
	// Fields are what was measured. One that may be missing is left out where it is;
	// without any there is no point.
	Fields flow.Shot[flow.Pairs] `typed:"true" capacity:"1000/s"`
	// Time is the moment of the point.
	Time flow.Each[flow.Opt[time.Time]] `optional:"true"`
	// Precision is how fine moments are told apart.
	Precision Precision `default:"ms"`
	// Batch is how many points are sent at once at most.
	Batch int64 `default:"500" range:"1,5000"`
	// Every is how long a point waits for others at most.
	Every time.Duration `default:"200.ms"`
	// Timeout is how long one attempt may take.
	Timeout time.Duration `default:"10.s"`
	// Buffer lets points wait on the disk while the server is away, in their order and
	// through restarts: `buffer = { keep = 24.h }`.
	Buffer flow.Buffer

	// Sent happens when points were taken; it says how many.
	Sent flow.Event[int64] `rate:"shots"`
	// Failed happens when points are given up.
	Failed flow.Event[Failure] `rate:"shots"`

	line flow.Outside[*pointLine]
	// last is the last moment that was made up, in units of Precision.
	last int64
}

// Precision is a unit of moments.
type Precision string

// The units.
const (
	PrecisionS  Precision = "s"
	PrecisionMs Precision = "ms"
	PrecisionUs Precision = "us"
	PrecisionNs Precision = "ns"
)

// unit is how long it is.
func (p Precision) unit() time.Duration {
	switch p {
	case PrecisionS:
		return time.Second
	case PrecisionUs:
		return time.Microsecond
	case PrecisionNs:
		return time.Nanosecond
	}
	return time.Millisecond
}

// Start makes the address.
func (t *Influx) Start(h *flow.Host) error {
	switch {
	case t.Bucket == "":
		return errors.New("bucket: must not be empty")
	case t.Every <= 0:
		return errors.New("every: must be more than 0.s")
	case t.Timeout <= 0:
		return errors.New("timeout: must be more than 0.s")
	}
	query := flow.Pairs{{Name: "bucket", Value: t.Bucket}, {Name: "precision", Value: string(t.Precision)}}
	if t.Org != "" {
		query = append(query, flow.Pair{Name: "org", Value: t.Org})
	}
	url, err := address(t.Via.URL, "/api/v2/write", query)
	if err != nil {
		return err
	}
	client, err := clientOf(t.Via)
	if err != nil {
		return err
	}
	if controls(t.Token.Reveal()) {
		return errors.New("token: it holds a line break or another control character")
	}
	header := http.Header{"User-Agent": {agentName}, "Content-Type": {"text/plain; charset=utf-8"}}
	t.Via.dress(header)
	if t.Token != (flow.Secret{}) {
		header.Set("Authorization", "Token "+t.Token.Reveal())
	}
	l := newPointLine(h, client, url, header)
	l.timeout, l.batch, l.every, l.buffer = t.Timeout, int(t.Batch), t.Every, t.Buffer
	t.line.It = l
	h.Confined(t.confined)
	if t.Buffer == nil {
		return nil
	}
	return t.Buffer.Open(h, l, l.batch)
}

// answerMost bounds what a database may say about points.
const answerMost = 64 << 10

// Shoot files one point.
func (t *Influx) Shoot(h *flow.Host) {
	token := h.Begin()
	line, err := appendPoint(nil, t.Measurement.V, t.Tags.V, t.Fields.V)
	switch {
	case err != nil:
		t.line.It.fail(token, err.Error())
	case line == nil:
		h.End(token, flow.OutcomeDelivered) // there is nothing to tell
	case t.Buffer != nil:
		t.Buffer.Put(token, t.appendMoment(h, line))
	default:
		t.line.It.take(point{token: token, line: t.appendMoment(h, line)})
	}
}

// appendMoment ends a line with its moment. Without a clock that is right the database
// puts its own.
func (t *Influx) appendMoment(h *flow.Host, line []byte) []byte {
	unit := int64(t.Precision.unit())
	var moment int64
	switch {
	case t.Time.V.OK:
		moment = moments(t.Time.V.V, unit)
	case !h.Clock().Synced():
		return line
	default:
		moment = moments(h.Time(), unit)
		// Two points of one moment would be one to the database.
		if ahead := t.last - moment; ahead >= 0 && ahead < int64(time.Second)/unit+1 {
			moment = t.last + 1
		}
		t.last = moment
	}
	return append(append(line, ' '), flow.FormatInt(moment)...)
}

// moments counts the units since 1970, rounded down.
func moments(at time.Time, unit int64) int64 {
	if unit == int64(time.Second) {
		return at.Unix()
	}
	perSecond := int64(time.Second) / unit
	return at.Unix()*perSecond + int64(at.Nanosecond())/unit
}

// React hears of the end of a request, and of the time to make one.
func (t *Influx) React(h *flow.Host, w flow.Wake) {
	if t.Buffer != nil {
		t.Buffer.React(w)
	}
	l := t.line.It
	switch {
	case w.Why == flow.OnTimer && w.Timer == timerFlush, w.Why == flow.OnInput:
		l.flush()
	case w.Why == flow.OnTimer && w.Timer == timerAgain:
		l.calls.again()
	case w.Why == flow.OnDone:
		if l.leaving {
			l.flush()
		}
		if a, ok := l.calls.result(); ok {
			if over, told := l.heard(a); told {
				l.over = append(l.over, over)
			}
		}
		if len(l.over) > 0 {
			over := l.over[0]
			l.over = l.over[1:]
			t.tell(h, over)
		}
	}
}

// tell says what became of points.
func (t *Influx) tell(h *flow.Host, r pointsOver) {
	if r.failure == nil {
		t.Sent.Happen(h.Pass(), int64(r.count))
		return
	}
	if !t.Failed.Wired {
		h.Fault(r.failure.Message)
	}
	t.Failed.Happen(h.Pass(), *r.failure)
}

// Ails tells of points that cannot be sent now.
func (t *Influx) Ails() string {
	if t.line.It == nil {
		return ""
	}
	return t.line.It.calls.ails()
}

// Drained reports whether no point is left. Points that wait for a server that cannot be
// reached are left to their sources.
func (t *Influx) Drained(*flow.Host) bool {
	if t.Buffer != nil && !t.Buffer.Drained() {
		return false
	}
	return t.line.It.drained()
}

// Stop ends what is under way.
func (t *Influx) Stop(*flow.Host) {
	if t.line.It != nil {
		t.line.It.calls.run.end()
	}
	if t.Buffer != nil {
		t.Buffer.Close()
	}
}
