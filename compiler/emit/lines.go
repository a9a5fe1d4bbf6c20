package emit

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
)

func posText(pos typed.Pos) string { return oneLine(pos.File) + ":" + strconv.Itoa(pos.Line) }

// oneLine keeps text of the flow inside a comment: a line break would end it, and
// NUL and byte order marks are not Go.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfeff || r == utf8.RuneError {
			return ' '
		}
		return r
	}, text)
}

// shortened cuts text that is longer than most characters.
func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-3]) + "…"
	}
	return text
}

// lineAt is the directive that makes what follows belong to a place of the flow:
// a panic, a profile and a compile error then name the flow's file.
func lineAt(pos typed.Pos) jen.Code {
	if pos.Line == 0 {
		return jen.Null()
	}
	return jen.Comment("//line " + oneLine(pos.File) + ":" + strconv.Itoa(pos.Line) + ":" + strconv.Itoa(max(pos.Col, 1)))
}

// lineBack is the directive that returns to the generated file; settleLines puts
// in the number of the line.
const lineBack = "//line generated:1"

// settleLines makes every lineBack name its file and the line below itself.
func settleLines(name string, src []byte) []byte {
	lines := bytes.Split(src, []byte("\n"))
	for i, l := range lines {
		if bytes.Equal(bytes.TrimSpace(l), []byte(lineBack)) {
			lines[i] = []byte("//line " + name + ":" + strconv.Itoa(i+2))
		}
	}
	return bytes.Join(lines, []byte("\n"))
}
