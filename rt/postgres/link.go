package postgres

import (
	"errors"
	"net"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
	"flowc/rt/postgres/dollar"
	"flowc/rt/wiresql"

	"github.com/jackc/pgx/v5/pgproto3"
)

// link is one connection; one goroutine uses it.
type link struct {
	// raw is the connection, which anyone may close; conn is the same with TLS around it.
	raw   net.Conn
	conn  net.Conn
	f     *pgproto3.Frontend
	clock flow.Clock
	// patience is how long nothing at all may come or go; moved counts what does.
	patience time.Duration
	moved    atomic.Uint64
	// text and oids are of the statement that the server has read last.
	text string
	oids []uint32
	// wanted are the types of the numbers in statements that take no bigint.
	wanted map[string][]uint32
	// pending counts the commands that are not answered.
	pending int
	// told is what the server has said about the end that it is to make of the connection.
	told *refusal
}

// messageBytes bounds what the server may send in one message: a row, above all.
const messageBytes = 4 << 20

func newLink(conn net.Conn, clock flow.Clock, patience time.Duration) *link {
	l := &link{raw: conn, conn: conn, clock: clock, patience: patience}
	l.f = pgproto3.NewFrontend(l, l)
	l.f.SetMaxBodyLen(messageBytes)
	return l
}

// pieceBytes is how much is written at once: a slow line shows that it moves.
const pieceBytes = 16 << 10

// Write counts what goes.
func (l *link) Write(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var k int
		k, err = l.conn.Write(p[n:min(len(p), n+pieceBytes)])
		n += k
		l.moved.Add(1)
	}
	return n, err
}

// Read counts what comes.
func (l *link) Read(p []byte) (int, error) {
	n, err := l.conn.Read(p)
	l.moved.Add(1)
	return n, err
}

// guard closes the connection when nothing has moved for as long as patience lasts. The
// function that it gives ends that.
func (l *link) guard() (end func()) {
	over := make(chan struct{})
	go func() {
		for {
			before := l.moved.Load()
			alarm := l.clock.NewTimer(l.patience)
			select {
			case <-over:
				alarm.Stop()
				return
			case <-alarm.C():
			}
			if l.moved.Load() == before {
				l.raw.Close()
				return
			}
		}
	}()
	return func() { close(over) }
}

func (l *link) flush() error {
	if err := l.f.Flush(); err != nil {
		return lost(err)
	}
	return nil
}

// receive is the next message, valid until the one after it.
func (l *link) receive() (pgproto3.BackendMessage, error) {
	m, err := l.f.Receive()
	var large *pgproto3.ExceededMaxBodyLenErr
	switch {
	case errors.As(err, &large):
		return nil, &oversized{}
	case err != nil:
		return nil, l.ended(lost(err))
	}
	l.farewell(m)
	return m, nil
}

// farewell keeps what the server says before it ends the connection: an error that is
// fatal, or the notice of a session that has to go for a crash of another one, or for a
// stop that does not wait.
func (l *link) farewell(m pgproto3.BackendMessage) {
	switch m := m.(type) {
	case *pgproto3.ErrorResponse:
		if m.Severity == "FATAL" || m.Severity == "PANIC" || m.SeverityUnlocalized == "FATAL" || m.SeverityUnlocalized == "PANIC" {
			l.told = refused(m)
		}
	case *pgproto3.NoticeResponse:
		if r := refused((*pgproto3.ErrorResponse)(m)); r.class("57P") {
			r.code = codeCrashed
			l.told = r
		}
	}
}

// ended adds to the end of a connection what the server has said about it.
func (l *link) ended(err error) error {
	var b *broken
	if l.told == nil || !errors.As(err, &b) || b == silent {
		return err
	}
	return &broken{why: b.why, told: l.told}
}

// oversized is the error that one row is larger than a program may hold.
type oversized struct{}

func (*oversized) Error() string { return "a row of the answer is larger than 4 MB" }

// queue prepares a statement for its way, with its parameters; describe asks for the
// types of its columns. At most limit rows come, 0 for all.
func (l *link) queue(sql string, args wiresql.Row, describe bool, limit uint32) {
	oids, formats, values := parameters(args)
	l.asWanted(sql, oids)
	if sql != l.text || !fits(l.oids, oids) {
		l.f.SendParse(&pgproto3.Parse{Query: dollar.Numbered(sql), ParameterOIDs: oids})
		l.text, l.oids = sql, oids
	}
	l.f.SendBind(&pgproto3.Bind{ParameterFormatCodes: formats, Parameters: values})
	if describe {
		l.f.SendDescribe(&pgproto3.Describe{ObjectType: 'P'})
	}
	l.f.SendExecute(&pgproto3.Execute{MaxRows: limit})
}

// command prepares a statement without parameters; it is its own end of what is asked.
func (l *link) command(sql string) {
	l.f.SendQuery(&pgproto3.Query{String: sql})
	l.text = "" // it takes the place of what was read before
	l.pending++
}

// settle sends what is queued and reads the answers to the commands in it.
func (l *link) settle() (tag string, err error) {
	if err := l.flush(); err != nil {
		return "", err
	}
	for ; l.pending > 0; l.pending-- {
		var e error
		if tag, e = l.answer(nil); e != nil {
			var r *refusal
			if !errors.As(e, &r) {
				return "", e
			}
			if err == nil {
				err = e
			}
		}
		if e := l.ready(); e != nil {
			return "", e
		}
	}
	return tag, err
}

// do carries out commands.
func (l *link) do(list ...string) error {
	for _, sql := range list {
		l.command(sql)
	}
	_, err := l.settle()
	return err
}

// ask carries out one statement, and hands each row of its answer to row.
func (l *link) ask(sql string, args wiresql.Row, row func(cells [][]byte)) error {
	l.queue(sql, args, false, 0)
	l.sync()
	if _, err := l.settle(); err != nil {
		return err
	}
	_, err := l.answer(func(_ []uint32, cells [][]byte) error {
		row(cells)
		return nil
	})
	var r *refusal
	if err == nil || errors.As(err, &r) {
		if e := l.ready(); e != nil {
			return e
		}
	}
	return err
}

// sync ends what is asked; after an error the server goes on behind it.
func (l *link) sync() { l.f.SendSync(&pgproto3.Sync{}) }

// answer reads what one statement gave, up to its end: each row is handed to take, which
// may end it all. tag is what was done: "INSERT 0 1".
func (l *link) answer(take func(types []uint32, cells [][]byte) error) (tag string, err error) {
	var types []uint32
	for {
		m, err := l.receive()
		if err != nil {
			return "", err
		}
		switch m := m.(type) {
		case *pgproto3.RowDescription:
			types = types[:0]
			for _, f := range m.Fields {
				types = append(types, f.DataTypeOID)
			}
		case *pgproto3.DataRow:
			if take == nil {
				continue
			}
			if err := take(types, m.Values); err != nil {
				return "", err
			}
		case *pgproto3.CommandComplete:
			return string(m.CommandTag), nil
		case *pgproto3.EmptyQueryResponse, *pgproto3.PortalSuspended:
			return "", nil
		case *pgproto3.ErrorResponse:
			l.text = "" // what was sent with it is not read
			return "", refused(m)
		case *pgproto3.ReadyForQuery:
			return "", &broken{why: "the server speaks out of turn"}
		}
	}
}

// ready reads up to where the server is ready for more, and tells of an error before
// that.
func (l *link) ready() (err error) {
	for {
		m, e := l.receive()
		if e != nil {
			return e
		}
		switch m := m.(type) {
		case *pgproto3.ErrorResponse:
			if l.text = ""; err == nil {
				err = refused(m)
			}
		case *pgproto3.ReadyForQuery:
			return err
		}
	}
}

// close says goodbye; the connection may be of no use any more.
func (l *link) close() {
	end := l.guard()
	defer end()
	if farewell, err := (&pgproto3.Terminate{}).Encode(nil); err == nil {
		l.conn.Write(farewell)
	}
	l.raw.Close()
}

// count is the number at the end of a tag such as INSERT 0 1.
func count(tag string) (n int64) {
	i := len(tag)
	for i > 0 && tag[i-1] >= '0' && tag[i-1] <= '9' {
		i--
	}
	for _, c := range tag[i:] {
		n = n*10 + int64(c-'0')
	}
	return n
}
