package faults

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"flowc/rt/postgres/witness"

	"github.com/jackc/pgx/v5/pgproto3"
)

// BenchmarkPostgres counts rows that a PostgreSQL server has committed and synced: by a
// whole program, from the MQTT message to its acknowledgement, and by a loop written by
// hand on the same socket, which sends a commit with each row, or 256 rows with one
// commit in one go. It needs Debian's package postgresql. Run it with
//
//	go test ./faults -run '^$' -bench Postgres -benchtime 200000x
func BenchmarkPostgres(b *testing.B) {
	s := pgServerWith(b, "fsync=on")
	b.Run("program", func(b *testing.B) { pgByProgram(b, s, 500) })
	b.Run("program, a row for each message", func(b *testing.B) { pgByProgram(b, s, 1) })
	for _, together := range []int{1, 256} {
		b.Run(fmt.Sprintf("by hand, %d together", together), func(b *testing.B) { pgByHand(b, s, together) })
	}
}

// pgByProgram lets a program add b.N rows, so many for each message.
func pgByProgram(b *testing.B, s *witness.Server, perMessage int) {
	program := source{flow: "manyrows.hcl", set: map[string]string{
		"sqlite store {\n  file = \"rows.db\"\n": "postgres store {\n  url  = where\n  user = \"flow\"\n",
		"setting source {":                       "setting where {\n  type = string\n}\n\nsetting source {",
	}}.build(b)
	pgEmpty(b, s)
	w := newWitness(b, nil)
	p := start(b, program, "FLOW_SOURCE="+w.URL(), "FLOW_WHERE="+s.Socket(), "STATE_DIRECTORY="+b.TempDir())
	if !w.Wait(patience, func() bool { return w.Connected() == 1 && len(w.Subscribes()) > 0 }) {
		b.Fatalf("the program does not listen:\n%s", p.log)
	}
	b.ResetTimer()
	for n := 0; n < b.N; n += perMessage {
		w.Publish("in/batch", `{"items":[`+numbers(n, min(perMessage, b.N-n))+`]}`, 1, false)
	}
	if !w.Wait(10*patience, func() bool { return w.Routed("in/batch") > 0 && w.Unconfirmed("many-in") == 0 }) {
		b.Fatalf("not all is acknowledged:\n%s", p.log)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	p.terminate(termLimit)
	if got, err := s.SQL("SELECT count(DISTINCT id) FROM items"); err != nil || got != strconv.Itoa(b.N) {
		b.Fatalf("%s rows of %d (%v)", got, b.N, err)
	}
}

func pgEmpty(b *testing.B, s *witness.Server) {
	b.Helper()
	if _, err := s.SQL("DROP TABLE IF EXISTS items, flowc_columns; CHECKPOINT"); err != nil {
		b.Fatal(err)
	}
}

// pgByHand adds b.N rows with a statement that the server has read once, so many for
// each commit; what belongs to one commit goes out together.
func pgByHand(b *testing.B, s *witness.Server, together int) {
	pgEmpty(b, s)
	if _, err := s.SQL("CREATE TABLE items (at timestamptz, id bigint, temp double precision)"); err != nil {
		b.Fatal(err)
	}
	var d net.Dialer
	conn, err := d.DialContext(context.Background(), "unix", fmt.Sprintf("%s/.s.PGSQL.%d", s.Dir, s.Port))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	f := pgproto3.NewFrontend(conn, conn)
	f.Send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: map[string]string{"user": witness.User, "database": witness.Database}})
	pgReady(b, f, 1)
	f.SendParse(&pgproto3.Parse{Name: "add", Query: "INSERT INTO items (at, id, temp) VALUES ($1, $2, $3)"})
	f.SendSync(&pgproto3.Sync{})
	pgReady(b, f, 1)
	b.ResetTimer()
	for n := 0; n < b.N; n += together {
		parts := 1
		if together > 1 { // a statement outside of a transaction is one by itself
			f.SendQuery(&pgproto3.Query{String: "BEGIN"})
			parts = 3
		}
		for i := range min(together, b.N-n) {
			f.SendBind(&pgproto3.Bind{PreparedStatement: "add", Parameters: [][]byte{
				time.Now().UTC().AppendFormat(nil, "2006-01-02 15:04:05.999999Z07"), strconv.AppendInt(nil, int64(n+i), 10), []byte("20.5"),
			}})
			f.SendExecute(&pgproto3.Execute{})
		}
		f.SendSync(&pgproto3.Sync{})
		if together > 1 {
			f.SendQuery(&pgproto3.Query{String: "COMMIT"})
		}
		pgReady(b, f, parts)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	if got, err := s.SQL("SELECT count(DISTINCT id) FROM items"); err != nil || got != strconv.Itoa(b.N) {
		b.Fatalf("%s rows of %d (%v)", got, b.N, err)
	}
}

// pgReady sends what is queued and reads until the server was ready so many times.
func pgReady(b *testing.B, f *pgproto3.Frontend, times int) {
	b.Helper()
	if err := f.Flush(); err != nil {
		b.Fatal(err)
	}
	for times > 0 {
		m, err := f.Receive()
		if err != nil {
			b.Fatal(err)
		}
		switch m := m.(type) {
		case *pgproto3.ErrorResponse:
			b.Fatal(m.Message)
		case *pgproto3.ReadyForQuery:
			times--
		}
	}
}
