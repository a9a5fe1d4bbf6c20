package postgres

import (
	"errors"
	"slices"

	"flowc/rt/postgres/dollar"
	"flowc/rt/rows"

	"github.com/jackc/pgx/v5/pgproto3"
)

// A whole number is sent as a bigint and another one as double precision, so that none is
// cut off. A function that takes an integer or a numeric has no form for these:
// repeat('x', ${n}), round(${x}, 1), a date + ${n}. Where the server knows no such function
// it is asked which numbers it wants there, and they are sent as that.

// untried reports whether the server is to be asked which numbers a statement wants.
func (l *link) untried(b *blamed) bool {
	var r *refusal
	_, tried := l.wanted[b.job.SQL]
	return !tried && !b.job.Adds && errors.As(b.err, &r) && r.code == codeNoFunction
}

// reread asks for it, and reports whether the statement is worth another attempt. What the
// server cannot tell is tried as the types that most functions have.
func (l *link) reread(j *rows.Job) (again bool, err error) {
	oids, _, _ := parameters(j.Args)
	if l.wanted == nil {
		l.wanted = map[string][]uint32{}
	}
	l.wanted[j.SQL] = nil
	for _, try := range []struct{ whole, part uint32 }{{0, 0}, {oidInt4, oidNumeric}} {
		types, err := l.describe(j.SQL, replaced(oids, try.whole, try.part))
		var r *refusal
		switch {
		case errors.As(err, &r):
		case err != nil:
			return false, err
		case numbers(oids, types):
			l.wanted[j.SQL] = types
			return true, nil
		}
	}
	return false, nil
}

// replaced are types with others in the place of those of numbers.
func replaced(oids []uint32, whole, part uint32) []uint32 {
	list := slices.Clone(oids)
	for i, oid := range list {
		switch oid {
		case oidInt8:
			list[i] = whole
		case oidFloat8:
			list[i] = part
		}
	}
	return list
}

// numbers reports whether what the server wants for numbers are numbers: it would take
// them for texts elsewhere.
func numbers(oids, wanted []uint32) bool {
	for i, oid := range oids {
		if i >= len(wanted) || (oid == oidInt8 || oid == oidFloat8) && !isNumber(wanted[i]) {
			return false
		}
	}
	return true
}

func isNumber(oid uint32) bool {
	return slices.Contains([]uint32{oidInt2, oidInt4, oidInt8, oidFloat4, oidFloat8, oidNumeric}, oid)
}

// describe is of which types the server takes the parameters of a statement to be; 0
// leaves one open.
func (l *link) describe(sql string, oids []uint32) (types []uint32, err error) {
	l.f.SendParse(&pgproto3.Parse{Query: dollar.Numbered(sql), ParameterOIDs: oids})
	l.f.SendDescribe(&pgproto3.Describe{ObjectType: 'S'})
	l.text = ""
	l.sync()
	if _, err := l.settle(); err != nil {
		return nil, err
	}
	for {
		m, e := l.receive()
		if e != nil {
			return nil, e
		}
		switch m := m.(type) {
		case *pgproto3.ParameterDescription:
			types = slices.Clone(m.ParameterOIDs)
		case *pgproto3.ErrorResponse:
			err = refused(m)
		case *pgproto3.ReadyForQuery:
			return types, err
		}
	}
}

// asWanted gives numbers the types that the server wants for them.
func (l *link) asWanted(sql string, oids []uint32) {
	for i, oid := range l.wanted[sql] {
		if i < len(oids) && isNumber(oid) && (oids[i] == oidInt8 || oids[i] == oidFloat8) {
			oids[i] = oid
		}
	}
}
