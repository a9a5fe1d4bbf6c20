package faults

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	mqtt "flowc/rt/mqtt/witness"
	"flowc/rt/postgres/witness"
)

// pgServer starts a PostgreSQL server; without one installed the test is skipped, but
// fails in CI.
func pgServer(t testing.TB) *witness.Server { return pgServerWith(t) }

// pgServerWith starts one with settings of its own.
func pgServerWith(t testing.TB, options ...string) *witness.Server {
	t.Helper()
	s, err := witness.New(nil, options...)
	if errors.Is(err, witness.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// pgRig is a program that keeps rows in a server.
type pgRig struct {
	r *run
	s *witness.Server
	b *mqtt.Broker
	// state is where the program keeps what it keeps.
	state string
}

func newPGRig(r *run) *pgRig {
	return &pgRig{r: r, s: pgServer(r.t), b: newWitness(r.t, nil), state: r.t.TempDir()}
}

func (g *pgRig) start(env ...string) *process {
	return start(g.r.t, g.r.program, append([]string{"FLOW_SOURCE=" + g.b.URL(), "FLOW_WHERE=" + g.s.URL(), "DB_PASSWORD=" + witness.Password, "STATE_DIRECTORY=" + g.state}, env...)...)
}

// listening waits for the program's subscription.
func (g *pgRig) listening(p *process) {
	g.r.t.Helper()
	if !g.b.Wait(patience, func() bool { return g.b.Connected() == 1 && len(g.b.Subscribes()) > 0 }) {
		g.r.t.Fatalf("the program does not listen:\n%s", p.log)
	}
}

// wait waits until a statement gives something.
func (g *pgRig) wait(p *process, sql, want string) {
	g.r.t.Helper()
	var got string
	var err error
	for deadline := time.Now().Add(2 * patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got, err = g.s.SQL(sql); err == nil && got == want {
			return
		}
	}
	g.r.t.Fatalf("%s: %s (%v), want %s\n%s", sql, got, err, want, p.log)
}

// says waits until the program has logged something.
func says(t testing.TB, p *process, text string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(p.log.String(), text) {
			return
		}
	}
	t.Fatalf("it does not say %q:\n%s", text, p.log)
}

// sent are the payloads on a topic, of which it waits for n.
func (g *pgRig) sent(topic string, n int) (list []string) {
	g.r.t.Helper()
	g.b.Wait(patience, func() bool {
		list = nil
		for _, m := range g.b.Messages() {
			if m.Topic == topic {
				list = append(list, m.Payload)
			}
		}
		return len(list) >= n
	})
	if len(list) < n {
		g.r.t.Fatalf("%d messages on %s, want %d", len(list), topic, n)
	}
	return list
}

// TestPostgres is what a program with a PostgreSQL server does, each against the real one.
func TestPostgres(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "postgres.hcl"), 1, 1)
	g := newPGRig(r)
	p := g.start()
	g.listening(p)
	t.Run("types", func(t *testing.T) { g.types(t, p) })
	t.Run("own words", func(t *testing.T) { g.ownWords(t, p) })
	t.Run("slow", func(t *testing.T) { g.slow(t, p) })
	t.Run("hostile", func(t *testing.T) { g.hostile(t, p) })
	t.Run("refused", func(t *testing.T) { g.refused(t, p) })
	t.Run("locked", func(t *testing.T) { g.locked(t, p) })
	t.Run("dropped", func(t *testing.T) { g.dropped(t, p) })
	t.Run("deadly", func(t *testing.T) { g.deadly(t, p) })
	p.terminate(termLimit)
	if s := p.trouble(); s != "" {
		t.Error(s)
	}
	t.Run("check", func(t *testing.T) { g.check(t) })
	t.Run("login", func(t *testing.T) { g.login(t) })
	t.Run("other table", func(t *testing.T) { g.otherTable(t) })
}

// types holds that each type of a column comes back as it was sent, and that a parameter
// of each is equal to what is stored.
func (g *pgRig) types(t *testing.T, p *process) {
	shape := `{"at":1790000000123456,"heat":-40,"whole":9007199254740993,"part":0.1,"open":true,"text":"grün 'x' \\ ?1 $1","raw":"AAECJ1z/",` +
		`"how":"high","day":"2028-02-29","clock":"23:59:58","took":1.5,"rest":{"b":[1,2.50,null],"a":"z"}}`
	least := `{"at":-62135596800000000,"heat":0,"whole":-9223372036854775808,"part":-1e-300,"open":false,"text":"","raw":"",` +
		`"how":"low","day":"0001-01-01","clock":"00:00","took":0,"rest":null,"maybe":7}`
	for _, s := range []string{shape, shape, least, least} {
		g.b.Publish("in/shape", s, 1, false)
	}
	told := g.sent("out/shapes", 4)
	if got := g.sent("out/found", 4); !slices.Equal(got[:4], []string{"1", "2", "1", "2"}) {
		t.Errorf("found again: %v\n%s", got, p.log)
	}
	first := `{"at":"0001-01-01T00:00:00Z","heat":-17.77777777777778,"whole":-9223372036854775808,"part":-1e-300,"open":false,"text":"","raw":"",` +
		`"how":"low","day":"0001-01-01","clock":"00:00","took":0,"rest":null,"maybe":7}`
	last := `{"at":"2026-09-21T14:13:20.123Z","heat":-40,"whole":9007199254740993,"part":0.1,"open":true,"text":"grün 'x' \\ ?1 $1","raw":"AAECJ1z/",` +
		`"how":"high","day":"2028-02-29","clock":"23:59:58","took":90,"rest":{"a": "z", "b": [1, 2.50, null]}}`
	if want := "[" + strings.Join([]string{first, first, last, last}, ",") + "]"; told[3] != want {
		t.Errorf("got  %s\nwant %s", told[3], want)
	}
	stored, err := g.s.SQL(`SELECT at, heat, whole, part, open, raw, how, day, clock, took, rest, maybe, pg_typeof(at), pg_typeof(rest) FROM shapes ORDER BY at DESC LIMIT 1`)
	if want := `2026-09-21 14:13:20.123456+00|-40|9007199254740993|0.1|t|\x000102275cff|high|2028-02-29|23:59:58|90|{"a": "z", "b": [1, 2.50, null]}||timestamp with time zone|jsonb`; err != nil || stored != want {
		t.Errorf("got  %s (%v)\nwant %s", stored, err, want)
	}
}

// ownWords holds that statements which only the server reads work, that one which it does
// not take is told at the start, and that an answer of another type is a fault.
func (g *pgRig) ownWords(t *testing.T, p *process) {
	says(t, p, "the database does not take the statement of `wrong`: function date_trunk(unknown, timestamp with time zone) does not exist")
	if got := g.sent("out/wrong", 1)[0]; !strings.Contains(got, "date_trunk") {
		t.Error(got)
	}
	if got, want := g.sent("out/misread", 1)[0], "the answer does not fit: n: expected a whole number, found \"seven\" (declared at postgres.hcl:184)"; got != want {
		t.Error(got)
	}
	if got := g.sent("out/enclosed", 1)[0]; got != `{"first":-40,"second":7}` {
		t.Error(got)
	}
}

// slow holds that a query which takes too long is given up and holds up no row for longer.
func (g *pgRig) slow(t *testing.T, p *process) {
	g.b.Publish("in/item", `{"id":900,"text":"sleep"}`, 1, false)
	if got := g.sent("out/slow", 1); !strings.Contains(got[len(got)-1], "did not finish it in time") {
		t.Error(got)
	}
	g.wait(p, "SELECT text FROM items WHERE id = 900", "sleep")
}

// hostile holds that what a payload says stays data.
func (g *pgRig) hostile(t *testing.T, p *process) {
	text := `'); DROP TABLE items; -- $1 ?2 \`
	payload, _ := json.Marshal(map[string]any{"id": 1001, "text": text})
	g.b.Publish("in/item", string(payload), 1, false)
	g.wait(p, "SELECT text FROM items WHERE id = 1001", text)
}

// refused holds that a row which the server does not take is told, and takes no other
// with it.
func (g *pgRig) refused(t *testing.T, p *process) {
	if _, err := g.s.SQL("ALTER TABLE items ADD CHECK (text <> 'bad')"); err != nil {
		t.Fatal(err)
	}
	for n, text := range []string{"good", "bad", "good", `nul \u0000`, "good"} {
		g.b.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"%s"}`, 2000+n, text), 1, false)
	}
	g.wait(p, "SELECT string_agg(id::text, ',' ORDER BY id) FROM items WHERE id >= 2000", "2000,2002,2004")
	told := strings.Join(g.sent("out/refused", 2), "\n")
	if !strings.Contains(told, "violates check constraint") || !strings.Contains(told, "0x00") {
		t.Error(told)
	}
	if !g.b.Wait(patience, func() bool { return g.b.Unconfirmed("rows-in") == 0 }) {
		t.Errorf("%d messages are not acknowledged", g.b.Unconfirmed("rows-in"))
	}
}

// locked holds that a table which somebody else locks is waited for: nothing is
// acknowledged before it is free, nothing is lost, and the program says what it waits for.
func (g *pgRig) locked(t *testing.T, p *process) {
	over := make(chan error, 1)
	go func() {
		_, err := g.s.SQL("BEGIN; LOCK TABLE items; SELECT pg_sleep(600); COMMIT") // until it is ended below
		over <- err
	}()
	const holder = "FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted"
	g.wait(p, "SELECT count(*) "+holder, "1")
	g.b.Publish("in/item", `{"id":3000,"text":"late"}`, 1, false)
	says(t, p, "somebody else keeps a table locked")
	if g.b.Unconfirmed("rows-in") != 1 {
		t.Error("a row that is not there is acknowledged")
	}
	if _, err := g.s.SQL("SELECT pg_terminate_backend(pid) " + holder); err != nil {
		t.Fatal(err)
	}
	select {
	case <-over:
	case <-time.After(patience):
		t.Fatal("the lock is not given up")
	}
	g.wait(p, "SELECT text FROM items WHERE id = 3000", "late")
	says(t, p, "the database can be written again")
}

// dropped holds that a table which is taken away is made again: a row is not to blame.
func (g *pgRig) dropped(t *testing.T, p *process) {
	if _, err := g.s.SQL("DROP TABLE items"); err != nil {
		t.Fatal(err)
	}
	g.b.Publish("in/item", `{"id":4000,"text":"anew"}`, 1, false)
	g.wait(p, "SELECT id FROM items", "4000")
}

// deadlyRows lets a row whose text is `end` end its session, and one whose text is
// `crash` the whole server.
func (g *pgRig) deadlyRows() {
	g.r.t.Helper()
	if _, err := g.s.SQL(`CREATE TABLE scratch (x text);
CREATE FUNCTION deadly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.text = 'end' THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); END IF;
  IF NEW.text = 'crash' THEN EXECUTE 'COPY scratch FROM PROGRAM ''kill -9 $PPID'''; END IF;
  RETURN NEW; END $$;
CREATE TRIGGER deadly BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION deadly()`); err != nil {
		g.r.t.Fatal(err)
	}
}

// deadlyWhy is what is told of a job that is given up for the end of its connections.
const deadlyWhy = "it was sent alone 5 times, and each time the server ended the connection"

// deadly holds that a row or a query which is the end of its connection each time is
// given up in the end, and that what came before and after it is there.
func (g *pgRig) deadly(t *testing.T, p *process) {
	g.deadlyRows()
	told, left := len(g.sent("out/refused", 2)), len(g.sent("out/left", 1))
	for n, text := range []string{"good", "end", "good", "leave", "good", "crash", "good"} {
		g.b.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"%s"}`, 5000+n, text), 1, false)
	}
	g.wait(p, "SELECT string_agg(id::text, ',' ORDER BY id) FROM items WHERE id >= 5000", "5000,5002,5003,5004,5006")
	for _, got := range append(g.sent("out/refused", told+2)[told:], g.sent("out/left", left+1)[left:]...) {
		if got != deadlyWhy {
			t.Errorf("got %q", got)
		}
	}
	if !g.b.Wait(patience, func() bool { return g.b.Unconfirmed("rows-in") == 0 }) {
		t.Errorf("%d messages are not acknowledged", g.b.Unconfirmed("rows-in"))
	}
}

// TestPostgresDeadLetter holds that a row which is the end of its connection each time is
// a dead letter where there is a buffer, and holds up nothing.
func TestPostgresDeadLetter(t *testing.T) {
	beside(t)
	r := newRun(t, bufferedRows.build(t), 1, 1)
	pgDeadlyRig(r)
	r.report()
}

func pgDeadlyRig(r *run) {
	g := newPGRig(r)
	p := g.start()
	g.listening(p)
	g.wait(p, "SELECT count(*) FROM pg_class WHERE relname = 'items'", "1")
	g.deadlyRows()
	for n, text := range []string{"good", "end", "good", "crash", "good"} {
		g.b.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"%s"}`, n, text), 1, false)
	}
	got := ""
	for deadline := time.Now().Add(r.patience); got != "0,2,4" && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		got, _ = g.s.SQL("SELECT string_agg(id::text, ',' ORDER BY id) FROM items")
	}
	if got != "0,2,4" {
		r.wrong("rows %s, want 0,2,4:\n%s", got, p.log)
	}
	p.terminate(termLimit)
	list, err := r.deadLetters(g.state)
	if n := strings.Count(string(list), deadlyWhy); err != nil || n != 2 {
		r.wrong("%v, %d of 2 dead letters:\n%s", err, n, list)
	}
}

// check holds that a program can be tried out beforehand, and leaves nothing behind.
func (g *pgRig) check(t *testing.T) {
	before, _ := g.s.SQL("SELECT count(*) FROM pg_class")
	for _, c := range []struct{ password, want string }{
		{witness.Password, `postgres "store"` + "\n"},
		{"wrong", `postgres "store": the database does not accept the user and the password` + "\n"},
	} {
		p := startArgs(t, g.r.program, []string{"--check"}, "FLOW_SOURCE="+g.b.URL(), "FLOW_WHERE="+g.s.URL(), "DB_PASSWORD="+c.password)
		says(t, p, c.want)
		if !p.ends(patience) {
			t.Errorf("--check does not end:\n%s", p.log)
		}
	}
	if after, err := g.s.SQL("SELECT count(*) FROM pg_class"); err != nil || after != before {
		t.Errorf("%s tables and the like, %s before (%v)", after, before, err)
	}
}

// login holds what a program says that is not let in, and that it does not say with what
// it tried.
func (g *pgRig) login(t *testing.T) {
	for _, c := range []struct{ env, want string }{
		{"DB_PASSWORD=wrong horse", "the database does not accept the user and the password"},
		{"FLOW_WHERE=" + strings.Replace(g.s.URL(), witness.Database, "nowhere", 1), "the server has no such database"},
		{"FLOW_WHERE=postgres://127.0.0.1:1/house", "the server cannot be reached (connection refused)"},
		{"FLOW_WHERE=postgres://127.0.0.1/house?sslmode=prefer", "sslmode is disable or verify-full here"},
	} {
		p := g.start(c.env)
		says(t, p, c.want)
		if text := p.log.String(); strings.Contains(text, "wrong horse") || strings.Contains(text, "nowhere") || strings.Contains(text, witness.Password) {
			t.Errorf("it tells too much:\n%s", text)
		}
		p.kill()
	}
}

// otherTable holds that a table which holds something else is not written to.
func (g *pgRig) otherTable(t *testing.T) {
	if _, err := g.s.SQL("UPDATE flowc_columns SET type = 'F' WHERE column_name = 'heat'"); err != nil {
		t.Fatal(err)
	}
	p := g.start()
	says(t, p, "the table `shapes` holds `heat` as F, and the flow declares C: what is there would be misread; give the new column another name")
	p.terminate(termLimit)
}

// TestKillPostgres kills a program that keeps messages in a server, and stops and kills
// the server, while a broker sends again what was not confirmed: each message makes one
// row, and what was acknowledged is there.
func TestKillPostgres(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "pgrows.hcl"), 6, 100)
	pgKillRig(r)
	r.report()
}

// slowCommits makes most of the time of a transaction that of its commit, so that this is
// where kills meet it.
func (g *pgRig) slowCommits() {
	g.r.t.Helper()
	if _, err := g.s.SQL(`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.0005); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON items DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slowly()`); err != nil {
		g.r.t.Fatal(err)
	}
}

// bufferedRows is a program whose rows wait on the disk.
var bufferedRows = source{flow: "pgrows.hcl", set: map[string]string{
	`dedupe_key = "${item.id}"`: "dedupe_key = \"${item.id}\"\n  buffer     = { keep = 24.h }",
}}

// TestKillPostgresBuffer does the same to a program with a buffer, while the server is away
// for longer: the messages are acknowledged meanwhile, and each makes one row in the end.
func TestKillPostgresBuffer(t *testing.T) {
	beside(t)
	r := newRun(t, bufferedRows.build(t), 3, 60)
	pgBufferRig(r)
	r.report()
}

func pgKillRig(r *run) { pgRounds(r, 300*time.Millisecond) }

func pgBufferRig(r *run) { pgRounds(r, 4*time.Second) }

// pgRounds breaks the program or the server in turn; the server stays away for up to
// away.
func pgRounds(r *run, away time.Duration) {
	g := newPGRig(r)
	p := g.start()
	g.listening(p)
	g.wait(p, "SELECT count(*) FROM pg_class WHERE relname = 'items'", "1")
	g.slowCommits()
	stream := startLoad(g.b, 800, 40, 1)
	began := time.Now()
	for round := range r.rounds {
		time.Sleep(r.within(700 * time.Millisecond))
		if s := p.trouble(); s != "" {
			r.wrong("%s", s)
		}
		switch round % 3 {
		case 0:
			p.kill()
			p = g.start()
		case 1:
			g.s.Kill()
		case 2:
			g.s.Stop()
		}
		if round%3 != 0 {
			time.Sleep(r.within(away))
			if err := g.s.Start(); err != nil {
				r.t.Fatal(err)
			}
		}
	}
	total := stream.end()
	if !g.b.Wait(r.patience, func() bool { return g.b.Unconfirmed("rows-in") == 0 }) {
		r.wrong("%d messages are not acknowledged:\n%s", g.b.Unconfirmed("rows-in"), p.log)
	}
	// what a buffer took over is still on its way
	want := strings.Join([]string{strconv.Itoa(total), strconv.Itoa(total), "0", strconv.Itoa(total - 1)}, "|")
	got, before, err := "", "", error(nil)
	for deadline := time.Now().Add(r.patience); got != want && !p.ended() && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		got, err = g.s.SQL("SELECT count(*), count(DISTINCT id), coalesce(min(id), -1), coalesce(max(id), -1) FROM items")
		if got != before {
			before, deadline = got, time.Now().Add(r.patience)
		}
	}
	p.terminate(termLimit)
	if err != nil || got != want {
		r.wrong("rows: %s (%v), want %s", got, err, want)
	}
	r.figures = fmt.Sprintf("%d messages in %.0f s, one row each", total, time.Since(began).Seconds())
}
