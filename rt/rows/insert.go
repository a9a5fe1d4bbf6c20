package rows

import (
	"strings"

	"flowc/rt/flow"
)

// Insert adds a row to a table. Rows that come while the disk is busy with others are
// committed together; each is safe, whatever happens to the power, when `sent` happens.
//
//	sqlite history {
//	  file = "history.db"
//
//	  table weather {
//	    at   = time
//	    temp = C
//	  }
//	}
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in probe {
//	  via   = home
//	  topic = "probe"
//	  json  = { temperature = F }
//	}
//
//	sql_insert log_weather {
//	  into = history.weather
//	  row  = { at = probe.time, temp = probe.temperature }
//	}
//
// A quantity is stored in the unit of its column, here °C.
//
// A sender that was not told that its message arrived sends it again, and after a crash
// or a lost connection there would be two rows of one message. With `dedupe_key` there is
// one for each key, whatever is repeated: the key is stored together with the row, and
// what repeats it counts as delivered.
//
//	http_server api {
//	  listen = "127.0.0.1:8080"
//	}
//
//	route order {
//	  via   = api
//	  post  = "/orders"
//	  body  = { id = string, pieces = int }
//	  reply = "taken"
//	}
//
//	sqlite shop {
//	  file = "shop.db"
//
//	  table orders {
//	    id     = string
//	    pieces = int
//	  }
//	}
//
//	sql_insert keep_order {
//	  into       = shop.orders
//	  row        = { id = order.body.id, pieces = order.body.pieces }
//	  dedupe_key = order.body.id
//	}
//
// Who sends must choose the key, and send the same one with each repetition; the moment
// at which a message arrives is none, since it is another each time.
//
//flow:kind sql_insert
//flow:confirms its row is committed
//flow:again 256
//flow:stores
type Insert struct {
	// Into is the table: the name of the database, a dot, the name of the table.
	Into Database `table:"row"`
	// Row is the row: a record with the columns of the table. Columns of type optional
	// may be left out.
	Row flow.Shot[flow.Row] `capacity:"20/s" far:"1000/s" wears:"1/s"`
	// DedupeKey tells one row from another: a text that its sender repeats with it,
	// `"${probe.place} ${probe.number}"` where one is not enough. A row whose key is
	// missing or empty is added each time. Another sql_insert has keys of its own, and so
	// has this one under another name.
	DedupeKey flow.Each[flow.Opt[string]] `optional:"true" once:"true"`
	// DedupeLast is how many keys are remembered, 100,000 without it; a repetition that
	// comes after so many others makes a second row. A key takes 100 to 200 bytes of the
	// file.
	DedupeLast flow.Opt[int64] `range:"1,10000000"`

	// Buffer lets rows wait on the disk while a server is away, in their order and
	// through restarts: `buffer = { keep = 24.h }`. A database that is a file has no use
	// for one. After a crash the last rows may come twice; with `dedupe_key` they do not.
	Buffer flow.Buffer

	// Sent happens when the row is committed; for a repetition too, since it is there.
	Sent flow.Event[flow.Unit] `rate:"shots"`
	// Failed happens when a row is given up. A file that is busy, or a disk that is
	// full, is tried again instead.
	Failed flow.Event[Failure] `rate:"shots"`

	Name flow.TableName

	end flow.Outside[*desk]
	sql string
}

// Start makes the statement.
func (t *Insert) Start(h *flow.Host) error {
	t.sql = InsertText(layout(t.Into, string(t.Name)))
	line := t.Into.Line()
	t.end.It = line.open(h)
	h.Confined(t.confined)
	if t.Buffer == nil {
		return nil
	}
	line.hear.add(func() { h.Done(0) })
	return t.Buffer.Open(h, t, together)
}

// InsertText is INSERT INTO "weather" ("at", "temp") VALUES (?1, ?2).
func InsertText(table flow.Table) string {
	var names, places []string
	for n, c := range table.Columns {
		names = append(names, Quoted(c.Name))
		places = append(places, "?"+flow.FormatInt(int64(n+1)))
	}
	return "INSERT INTO " + Quoted(table.Name) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"
}

func layout(d Database, name string) flow.Table {
	for _, table := range d.Tables() {
		if table.Name == name {
			return table
		}
	}
	return flow.Table{}
}

// Quoted is a name as SQL has it.
func Quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// dedupeLast is how many keys are remembered where the flow does not say.
const dedupeLast = 100_000

// job is a row on its way; an empty key tells it from none.
func (t *Insert) job(sql string, args []byte, key string) *Job {
	j := &Job{SQL: sql, Args: args, What: "INSERT INTO " + string(t.Name), Writes: true, Adds: true}
	if key != "" {
		j.Once = &Once{Thing: t.end.It.h.Name(), Key: key, Last: t.DedupeLast.Or(dedupeLast)}
	}
	return j
}

// Shoot files one row.
func (t *Insert) Shoot(h *flow.Host) {
	j := t.job(t.sql, t.Row.V, t.DedupeKey.V.Or(""))
	j.Token = h.Begin()
	if t.Buffer != nil {
		t.Buffer.Put(j.Token, j.pack())
		return
	}
	t.end.It.send(j)
}

// React hears of the end of a row.
func (t *Insert) React(h *flow.Host, w flow.Wake) {
	if t.Buffer != nil {
		t.Buffer.React(w)
	}
	j := t.end.It.result(w)
	if j == nil {
		return
	}
	t.finish(h, j)
	if j.Failure == "" {
		t.Sent.Happen(h.Pass(), flow.Unit{})
		return
	}
	if !t.Failed.Wired {
		h.Fault(j.Failure)
	}
	t.Failed.Happen(h.Pass(), j.told(h))
}

// Drained reports whether no row is left that a stop would lose; the database tells of
// its own.
func (t *Insert) Drained(*flow.Host) bool { return t.Buffer == nil || t.Buffer.Drained() }

// Stop closes nothing but the buffer: the file is the database's.
func (t *Insert) Stop(*flow.Host) {
	t.end.It.close()
	if t.Buffer != nil {
		t.Buffer.Close()
	}
}
