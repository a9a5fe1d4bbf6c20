package gobuild

import (
	"path"
	"strconv"
	"strings"
)

// OwnError says that the flow's own Go does not compile.
type OwnError struct {
	Flow string
	// Places are what Go's compiler says, in its order.
	Places []OwnPlace
	// Output is all that the go command said.
	Output string
}

// OwnPlace is one complaint of Go's compiler: a file ("go/kalman.go"), a line and a
// column that count from 1, and its words.
type OwnPlace struct {
	File      string
	Line, Col int
	Text      string
}

// Error is the first complaint, with its place.
func (e *OwnError) Error() string {
	p := e.Places[0]
	return p.File + ":" + strconv.Itoa(p.Line) + ": " + p.Text
}

// ownErrors are the lines of the go command that are about the flow's own Go. The
// generated files are right by themselves, so any such line is the reason.
func ownErrors(output string) []OwnPlace {
	var list []OwnPlace
	for line := range strings.Lines(output) {
		file, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		file = path.Clean(strings.ReplaceAll(file, "\\", "/"))
		if !ok || !strings.HasPrefix(file, ownFolder+"/") || !strings.HasSuffix(file, ".go") {
			continue
		}
		number, rest, _ := strings.Cut(rest, ":")
		column, text, ok := strings.Cut(rest, ":")
		p := OwnPlace{File: file}
		p.Line, _ = strconv.Atoi(number)
		if p.Col, _ = strconv.Atoi(column); p.Col == 0 || !ok {
			p.Col, text = 1, rest
		}
		if p.Line > 0 {
			p.Text = strings.TrimSpace(text)
			list = append(list, p)
		}
	}
	return list
}
