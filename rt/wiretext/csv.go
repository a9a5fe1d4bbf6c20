package wiretext

import (
	"bytes"

	"flowc/rt/wirejson"
)

// CSV begins a message of lines with columns. Texts may stand in quotation marks,
// and must where a separator, a quotation mark (written twice) or a line break is
// part of them. Lines end with LF or CR LF.
func (r *Reader) CSV(data []byte, separator byte) {
	r.begin(data)
	r.separator = separator
}

// Exactly makes more columns than that an error.
func (r *Reader) Exactly(columns int) { r.most = columns }

// Header reads the first line, which names the columns: those of the names that it
// has, in any order, are the declared ones. Others are ignored, or after Exactly an
// error; so is a name that is there twice.
func (r *Reader) Header(names ...string) {
	most := r.most
	r.most = 0
	if !r.next() {
		r.fail(&wirejson.Error{Want: "the names of the columns", Found: "nothing"})
		return
	}
	columns := make([]int, len(names))
	for n := range columns {
		columns[n] = -1
	}
	for place, c := range r.cells {
		n := indexOf(names, c.trimmed())
		switch {
		case n < 0 && most > 0:
			r.name = wirejson.Harmless(string(c.trimmed()))
			r.problem("no such column is expected")
			return
		case n < 0:
		case columns[n] >= 0:
			r.name, r.at = names[n], n+1
			r.problem("is there twice")
			return
		default:
			columns[n] = place
		}
	}
	r.columns = columns
	if most > 0 {
		r.most = len(r.cells)
	}
}

func indexOf(names []string, text []byte) int {
	for n, name := range names {
		if name == string(text) {
			return n
		}
	}
	return -1
}

// split reads the cells of the line that begins here.
func (r *Reader) split() {
	for {
		if len(r.cells) == maxCells {
			r.problem("the line has more than 1000 columns")
			return
		}
		more, ok := r.column()
		if !ok {
			return
		}
		if r.most > 0 && len(r.cells) > r.most {
			r.problem("there are more columns than are expected")
			return
		}
		if !more {
			return
		}
	}
}

// column reads one cell; more says that another follows on the line.
func (r *Reader) column() (more, ok bool) {
	if len(r.data) > 0 && r.data[0] == '"' {
		return r.quotedColumn()
	}
	end := bytes.IndexAny(r.data, string([]byte{r.separator, '\n'}))
	if end < 0 {
		end = len(r.data)
	}
	text := r.data[:end]
	if bytes.IndexByte(text, '"') >= 0 {
		r.problem("a text with a quotation mark in it must begin with one")
		return false, false
	}
	rest := r.data[end:]
	more = len(rest) > 0 && rest[0] == r.separator
	if !more {
		text = bytes.TrimSuffix(text, []byte("\r"))
	}
	r.cells = append(r.cells, cell{text: text})
	r.data = rest[min(1, len(rest)):]
	return more, true
}

// quotedColumn reads a cell in quotation marks.
func (r *Reader) quotedColumn() (more, ok bool) {
	text, rest, ok := unquote(r.data[1:])
	if !ok {
		r.problem("a text in quotation marks has no end")
		return false, false
	}
	r.cells = append(r.cells, cell{text: text, quoted: true})
	if bytes.HasPrefix(rest, []byte("\r\n")) {
		rest = rest[1:]
	}
	if len(rest) > 0 && rest[0] != r.separator && rest[0] != '\n' {
		r.problem("something stands behind a quotation mark")
		return false, false
	}
	more = len(rest) > 0 && rest[0] == r.separator
	r.data = rest[min(1, len(rest)):]
	return more, true
}

// unquote reads up to the closing quotation mark; one written twice stands for
// itself.
func unquote(data []byte) (text, rest []byte, ok bool) {
	end := bytes.IndexByte(data, '"')
	if end >= 0 && (end+1 == len(data) || data[end+1] != '"') {
		return data[:end], data[end+1:], true
	}
	for end >= 0 {
		text = append(text, data[:end]...)
		data = data[end+1:]
		if len(data) == 0 || data[0] != '"' {
			return text, data, true
		}
		text = append(text, '"')
		data = data[1:]
		end = bytes.IndexByte(data, '"')
	}
	return nil, nil, false
}
