package postgres

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// The numbers of PostgreSQL's types (pg_type.dat).
const (
	oidBool        = 16
	oidBytea       = 17
	oidInt8        = 20
	oidInt2        = 21
	oidInt4        = 23
	oidOID         = 26
	oidFloat4      = 700
	oidFloat8      = 701
	oidTimestampTZ = 1184
	oidNumeric     = 1700
)

// momentForm is a moment as PostgreSQL reads and writes it in UTC.
const momentForm = "2006-01-02 15:04:05.999999Z07"

// parameters are the cells of a row as they are sent: text, but bytes as they are. Of a
// text the server finds the type out: it may be that of a date as well.
func parameters(args wiresql.Row) (oids []uint32, formats []int16, values [][]byte) {
	for {
		c, rest, ok := wiresql.Take(args)
		if !ok {
			return oids, formats, values
		}
		args = rest
		oid, format, value := parameter(c)
		oids, formats, values = append(oids, oid), append(formats, format), append(values, value)
	}
}

func parameter(c wiresql.Cell) (oid uint32, format int16, value []byte) {
	switch c.Sort {
	case wiresql.Int:
		return oidInt8, 0, strconv.AppendInt(nil, c.Int, 10)
	case wiresql.Float:
		return oidFloat8, 0, strconv.AppendFloat(nil, c.Float, 'g', -1, 64)
	case wiresql.Bool:
		return oidBool, 0, strconv.AppendBool(nil, c.Int == 1)
	case wiresql.Time:
		return oidTimestampTZ, 0, time.UnixMicro(c.Int).UTC().AppendFormat(nil, momentForm)
	case wiresql.Text:
		return 0, 0, append([]byte{}, c.Data...) // an empty text is no NULL
	case wiresql.Bytes:
		return oidBytea, 1, append([]byte{}, c.Data...)
	}
	return 0, 0, nil
}

// fits reports whether a statement that was read with some types takes parameters of
// others: one that is missing now is of any type.
func fits(have, want []uint32) bool {
	if len(have) != len(want) {
		return false
	}
	for i := range want {
		if have[i] != want[i] && want[i] != 0 {
			return false
		}
	}
	return true
}

// taken adds a row of an answer to a job.
func taken(j *rows.Job) func(types []uint32, cells [][]byte) error {
	return func(types []uint32, cells [][]byte) error {
		if err := j.Row(); err != nil {
			return err
		}
		for n, cell := range cells {
			if n < len(types) {
				j.Rows = appendCell(j.Rows, types[n], cell)
			}
		}
		return nil
	}
}

// appendCell adds a cell as the server writes it; what is of a type that a flow knows
// nothing of stays a text.
func appendCell(dst wiresql.Row, oid uint32, cell []byte) wiresql.Row {
	if cell == nil {
		return wiresql.AppendNull(dst)
	}
	text := string(cell)
	switch oid {
	case oidBool:
		return wiresql.AppendBool(dst, text == "t")
	case oidInt2, oidInt4, oidInt8, oidOID:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return wiresql.AppendInt(dst, n)
		}
	case oidNumeric:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return wiresql.AppendInt(dst, n)
		}
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return wiresql.AppendFloat(dst, v)
		}
	case oidFloat4, oidFloat8:
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return wiresql.AppendFloat(dst, v)
		}
	case oidTimestampTZ:
		if t, err := time.Parse(momentForm, text); err == nil {
			return wiresql.AppendMicros(dst, t.UnixMicro())
		}
	case oidBytea:
		if digits, ok := strings.CutPrefix(text, `\x`); ok {
			if b, err := hex.DecodeString(digits); err == nil {
				return wiresql.AppendBytes(dst, b)
			}
		}
	}
	return wiresql.AppendText(dst, text)
}
