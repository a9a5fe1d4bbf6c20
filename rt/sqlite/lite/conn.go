// Package lite is SQLite as the runtime and the compiler use it: connections,
// prepared statements, what a column was declared as, and where in a statement an
// error is. It stands directly on modernc.org/sqlite/lib, SQLite translated to Go:
// that needs no C compiler for any target, and of the two packages with a surface in
// Go, database/sql does not tell where an error is (and adds half a megabyte), while
// zombiezen.com/go/sqlite does not tell how a column was declared.
package lite

import (
	"errors"
	"strconv"
	"time"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Conn is a connection to a database. One goroutine at a time may use it.
type Conn struct {
	tls *libc.TLS
	db  uintptr
	// slot is memory that SQLite writes a pointer to: two of them.
	slot uintptr
}

// Memory is the name of a database that is in memory and private to its connection.
const Memory = ":memory:"

const pointer = unsafe.Sizeof(uintptr(0))

// Open opens a file, and makes it if there is none.
func Open(file string) (*Conn, error) {
	c := &Conn{tls: libc.NewTLS()}
	c.slot = libc.Xmalloc(c.tls, libc.Tsize_t(2*pointer))
	if c.slot == 0 {
		return nil, errMemory
	}
	name, err := libc.CString(file)
	if err != nil {
		return nil, errMemory
	}
	defer libc.Xfree(c.tls, name)
	code := lib.Xsqlite3_open_v2(c.tls, name, c.slot, lib.SQLITE_OPEN_READWRITE|lib.SQLITE_OPEN_CREATE|lib.SQLITE_OPEN_NOMUTEX, 0)
	c.db = at(c.slot)
	if code != lib.SQLITE_OK {
		err := c.failure(code)
		c.Close()
		return nil, err
	}
	lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	c.strict(lib.SQLITE_DBCONFIG_DQS_DML)
	c.strict(lib.SQLITE_DBCONFIG_DQS_DDL)
	return c, nil
}

// strict takes a habit of old away: a name in quotation marks that nothing has would
// count as a text, and a misspelled column would never be found.
func (c *Conn) strict(option int32) {
	list := libc.NewVaList(int32(0), uintptr(0))
	if list == 0 {
		return
	}
	defer libc.Xfree(c.tls, list)
	lib.Xsqlite3_db_config(c.tls, c.db, option, list)
}

var errMemory = errors.New("there is no memory left")

// at is the pointer that stands at p, which is memory of SQLite's.
func at(p uintptr) uintptr { return **(**uintptr)(unsafe.Pointer(&p)) }

// Close ends the connection; its statements must be closed before.
func (c *Conn) Close() {
	if c.db != 0 {
		lib.Xsqlite3_close_v2(c.tls, c.db)
		c.db = 0
	}
	libc.Xfree(c.tls, c.slot)
	c.tls.Close()
}

// Busy lets statements wait so long for another process that has the file.
func (c *Conn) Busy(d time.Duration) {
	lib.Xsqlite3_busy_timeout(c.tls, c.db, int32(d.Milliseconds()))
}

// InTransaction reports whether a transaction is open: an error may have ended it.
func (c *Conn) InTransaction() bool { return lib.Xsqlite3_get_autocommit(c.tls, c.db) == 0 }

// Exec runs a statement that gives nothing, or nothing that matters.
func (c *Conn) Exec(sql string) error {
	s, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	defer s.Close()
	for {
		if row, err := s.Step(); err != nil || !row {
			return err
		}
	}
}

// Changes is how many rows the last statement changed.
func (c *Conn) Changes() int64 { return int64(lib.Xsqlite3_changes(c.tls, c.db)) }

// Error is what SQLite says.
type Error struct {
	// Code is the extended result code, Message SQLite's words.
	Code    int
	Message string
	// Offset is where in the statement, in bytes; -1 where that is not known.
	Offset int
}

// Error is SQLite's words.
func (e *Error) Error() string { return e.Message }

// Primary is the code without its extension.
func (e *Error) Primary() int { return e.Code & 0xff }

// Busy reports whether another process has the file.
func (e *Error) Busy() bool {
	return e.Primary() == lib.SQLITE_BUSY || e.Primary() == lib.SQLITE_LOCKED
}

// Passing reports whether the same may succeed later: the file is busy, the disk is
// full or cannot be written at the moment.
func (e *Error) Passing() bool {
	switch e.Primary() {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_NOMEM, lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY:
		return true
	}
	return false
}

// Codes of errors: the pages of a file are broken, or another process has it.
const (
	Corrupt  = lib.SQLITE_CORRUPT
	BusyCode = lib.SQLITE_BUSY
)

// Damaged reports whether the file is no database, or a broken one.
func (e *Error) Damaged() bool {
	return e.Primary() == lib.SQLITE_CORRUPT || e.Primary() == lib.SQLITE_NOTADB
}

// failure is the error of the last call.
func (c *Conn) failure(code int32) error {
	e := &Error{Code: int(code), Offset: -1}
	if c.db == 0 {
		e.Message = "SQLite error " + strconv.Itoa(int(code))
		return e
	}
	e.Message = libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db))
	if n := lib.Xsqlite3_error_offset(c.tls, c.db); n >= 0 {
		e.Offset = int(n)
	}
	return e
}

// copied is data in memory of SQLite's, which the garbage collector does not move; it
// is given back with Xfree. An empty text has an address too, since none is NULL.
func (c *Conn) copied(v []byte) uintptr {
	p := libc.Xmalloc(c.tls, libc.Tsize_t(len(v)+1))
	if p != 0 {
		copy(window(p, len(v)), v)
	}
	return p
}

// window is memory of SQLite's as Go sees it.
func window(p uintptr, size int) []byte { return unsafe.Slice(*(**byte)(unsafe.Pointer(&p)), size) }
