package lite

import (
	"errors"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement.
type Stmt struct {
	c *Conn
	p uintptr
	// Tail is what stands behind the statement in the text.
	Tail string
}

// Prepare reads the first statement of a text. An empty text gives a statement that
// does nothing.
func (c *Conn) Prepare(sql string) (*Stmt, error) {
	for i := range len(sql) {
		if sql[i] == 0 {
			return nil, errors.New("the statement holds NUL")
		}
	}
	text, err := libc.CString(sql)
	if err != nil {
		return nil, errMemory
	}
	defer libc.Xfree(c.tls, text)
	code := lib.Xsqlite3_prepare_v2(c.tls, c.db, text, int32(len(sql)+1), c.slot, c.slot+pointer)
	if code != lib.SQLITE_OK {
		return nil, c.failure(code)
	}
	tail := int(at(c.slot+pointer) - text)
	return &Stmt{c: c, p: at(c.slot), Tail: sql[min(tail, len(sql)):]}, nil
}

// Close ends the statement.
func (s *Stmt) Close() {
	lib.Xsqlite3_finalize(s.c.tls, s.p)
	s.p = 0
}

// Reset makes the statement ready to run again, without parameters.
func (s *Stmt) Reset() {
	lib.Xsqlite3_reset(s.c.tls, s.p)
	lib.Xsqlite3_clear_bindings(s.c.tls, s.p)
}

// Step goes on to the next row, if there is one.
func (s *Stmt) Step() (row bool, err error) {
	switch code := lib.Xsqlite3_step(s.c.tls, s.p); code {
	case lib.SQLITE_ROW:
		return true, nil
	case lib.SQLITE_DONE, lib.SQLITE_OK:
		return false, nil
	default:
		return false, s.c.failure(code)
	}
}

// ReadOnly reports whether the statement changes nothing.
func (s *Stmt) ReadOnly() bool { return lib.Xsqlite3_stmt_readonly(s.c.tls, s.p) != 0 }

// Params is how many parameters it has, `?1` and so on.
func (s *Stmt) Params() int { return int(lib.Xsqlite3_bind_parameter_count(s.c.tls, s.p)) }

// BindInt gives parameter n, from 1, a whole number.
func (s *Stmt) BindInt(n int, v int64) error {
	return s.bound(lib.Xsqlite3_bind_int64(s.c.tls, s.p, int32(n), v))
}

// BindFloat gives parameter n a number; one that is not finite is stored as NULL.
func (s *Stmt) BindFloat(n int, v float64) error {
	return s.bound(lib.Xsqlite3_bind_double(s.c.tls, s.p, int32(n), v))
}

// BindNull gives parameter n nothing.
func (s *Stmt) BindNull(n int) error {
	return s.bound(lib.Xsqlite3_bind_null(s.c.tls, s.p, int32(n)))
}

// BindText gives parameter n a text; SQLite makes its own copy.
func (s *Stmt) BindText(n int, v []byte) error {
	p := s.c.copied(v)
	if p == 0 {
		return errMemory
	}
	defer libc.Xfree(s.c.tls, p)
	return s.bound(lib.Xsqlite3_bind_text(s.c.tls, s.p, int32(n), p, int32(len(v)), lib.SQLITE_TRANSIENT))
}

// BindBlob gives parameter n bytes; SQLite makes its own copy.
func (s *Stmt) BindBlob(n int, v []byte) error {
	p := s.c.copied(v)
	if p == 0 {
		return errMemory
	}
	defer libc.Xfree(s.c.tls, p)
	return s.bound(lib.Xsqlite3_bind_blob(s.c.tls, s.p, int32(n), p, int32(len(v)), lib.SQLITE_TRANSIENT))
}

func (s *Stmt) bound(code int32) error {
	if code != lib.SQLITE_OK {
		return s.c.failure(code)
	}
	return nil
}

// Columns is how many columns a row has.
func (s *Stmt) Columns() int { return int(lib.Xsqlite3_column_count(s.c.tls, s.p)) }

// Name is the name of column n, from 0.
func (s *Stmt) Name(n int) string {
	return libc.GoString(lib.Xsqlite3_column_name(s.c.tls, s.p, int32(n)))
}

// Declared is the type that column n was declared with where it is one of a table,
// passed through unchanged; "" where it is computed.
func (s *Stmt) Declared(n int) string {
	return libc.GoString(lib.Xsqlite3_column_decltype(s.c.tls, s.p, int32(n)))
}

// Table is the table that column n comes from, "" where it is computed.
func (s *Stmt) Table(n int) string {
	return libc.GoString(lib.Xsqlite3_column_table_name(s.c.tls, s.p, int32(n)))
}

// Sort is what a cell of a row holds.
type Sort int

// The sorts.
const (
	Int   Sort = lib.SQLITE_INTEGER
	Float Sort = lib.SQLITE_FLOAT
	Text  Sort = lib.SQLITE_TEXT
	Blob  Sort = lib.SQLITE_BLOB
	Null  Sort = lib.SQLITE_NULL
)

// Sort is what column n of the row holds.
func (s *Stmt) Sort(n int) Sort { return Sort(lib.Xsqlite3_column_type(s.c.tls, s.p, int32(n))) }

// Int is column n as a whole number.
func (s *Stmt) Int(n int) int64 { return lib.Xsqlite3_column_int64(s.c.tls, s.p, int32(n)) }

// Float is column n as a number.
func (s *Stmt) Float(n int) float64 { return lib.Xsqlite3_column_double(s.c.tls, s.p, int32(n)) }

// Bytes is column n as a text or bytes, valid until the next call about the
// statement.
func (s *Stmt) Bytes(n int) []byte {
	p := lib.Xsqlite3_column_blob(s.c.tls, s.p, int32(n))
	size := lib.Xsqlite3_column_bytes(s.c.tls, s.p, int32(n))
	if p == 0 || size == 0 {
		return nil
	}
	return window(p, int(size))
}
