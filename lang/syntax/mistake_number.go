package syntax

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findNumberMistake finds units without their dot, times of day, and addresses without quotes.
func findNumberMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if m.word(i).is(hclsyntax.TokenDot) {
		return m.pointFirst(i)
	}
	if !m.word(i).is(hclsyntax.TokenNumberLit) {
		return nil, 0
	}
	switch {
	case m.isClock(i):
		return m.clock(i)
	case m.isHex(i):
		return m.quoteIt(i, i+1, "Addresses go in quotes", "this is no number")
	case m.types(i, hclsyntax.TokenNumberLit, hclsyntax.TokenIdent):
		return m.unit(i)
	case m.types(i, hclsyntax.TokenNumberLit, hclsyntax.TokenPercent) && !startsOperand(m.word(i+2).Type) && !m.word(i+2).is(hclsyntax.TokenMinus):
		return m.dottedUnit(i, i+1, "pct"), i + 2
	}
	return m.degrees(i)
}

// isClock tells 07:00 from the two branches of a condition.
func (m *mistakeScan) isClock(i int) bool {
	if !m.types(i, hclsyntax.TokenNumberLit, hclsyntax.TokenColon, hclsyntax.TokenNumberLit) || !m.adjacent(i, 3) {
		return false
	}
	if len(m.word(i).Bytes) > 2 || len(m.word(i+2).Bytes) != 2 {
		return false
	}
	for k := m.word(i).first; k < i; k++ {
		if m.word(k).is(hclsyntax.TokenQuestion) {
			return false
		}
	}
	return true
}

func (m *mistakeScan) clock(i int) (*diag.Diagnostic, int) {
	last := i + 2
	if m.types(last, hclsyntax.TokenNumberLit, hclsyntax.TokenColon, hclsyntax.TokenNumberLit) && m.adjacent(last, 3) {
		last += 2
	}
	return m.quoteIt(i, last, "Times of day go in quotes", "a time of day is written as text")
}

func (m *mistakeScan) quoteIt(i, j int, summary, label string) (*diag.Diagnostic, int) {
	quoted := `"` + m.text(i, j) + `"`
	d := syntaxError(summary, m.between(i, j), label)
	d.Hint = fmt.Sprintf("write `%s`.", quoted)
	d.Fix = m.replace(i, j, quoted)
	return d, j + 1
}

var hexDigits = regexp.MustCompile(`^[xX][0-9a-fA-F]+$`)

func (m *mistakeScan) isHex(i int) bool {
	return m.word(i).text() == "0" && m.word(i+1).is(hclsyntax.TokenIdent) && m.adjacent(i, 2) &&
		hexDigits.Match(m.word(i+1).Bytes)
}

// unitWords are what people write for units that have a shorter name here.
var unitWords = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "millis": "ms",
	"mins": "min", "minute": "min", "minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
	"day": "d", "days": "d", "percent": "pct",
	"degC": "C", "degF": "F", "celsius": "C", "fahrenheit": "F",
	"volt": "V", "volts": "V", "watt": "W", "watts": "W", "kwh": "kWh", "kw": "kW", "kmh": "km_h", "kph": "km_h",
}

// unit finds `30s` and `5 min`. A word after a number that begins another setting, or belongs to a
// comprehension, is no unit.
func (m *mistakeScan) unit(i int) (*diag.Diagnostic, int) {
	w := m.word(i + 1)
	if m.word(i + 2).is(hclsyntax.TokenEqual) {
		return m.secondSetting(i + 1)
	}
	name := w.text()
	switch name {
	case "if", "for", "in", "and", "or", "is", "to", "then", "else", "mod":
		return nil, 0
	}
	last := i + 1
	if m.types(i+1, hclsyntax.TokenIdent, hclsyntax.TokenSlash, hclsyntax.TokenIdent) && m.adjacent(i+1, 3) {
		name, last = name+"_"+m.word(i+3).text(), i+3
	}
	if parted.MatchString(m.text(i, last)) {
		return m.number(i, last, strings.ReplaceAll(m.text(i, last), "_", ""), "digits stand together")
	}
	if known, ok := unitWords[name]; ok {
		name = known
	}
	return m.dottedUnit(i, last, name), last + 1
}

// parted is a number with its digits in groups.
var parted = regexp.MustCompile(`^[0-9]+(_[0-9]+)+$`)

// number tells of a number that is written in another way here.
func (m *mistakeScan) number(i, last int, better, label string) (*diag.Diagnostic, int) {
	d := syntaxError("This number is written differently", m.between(i, last), label)
	d.Hint = fmt.Sprintf("write `%s`.", better)
	d.Fix = m.replace(i, last, better)
	return d, last + 1
}

// pointFirst finds `.5`.
func (m *mistakeScan) pointFirst(i int) (*diag.Diagnostic, int) {
	if !m.types(i, hclsyntax.TokenDot, hclsyntax.TokenNumberLit) || !m.adjacent(i, 2) || endsOperand(m.word(i-1).Type) {
		return nil, 0
	}
	return m.number(i, i+1, "0"+m.text(i, i+1), "a digit stands before the point")
}

func (m *mistakeScan) dottedUnit(i, last int, unit string) *diag.Diagnostic {
	better := m.word(i).text() + "." + unit
	d := syntaxError("A unit needs a dot", m.between(i, last), "a number and its unit are joined by a dot")
	d.Hint = fmt.Sprintf("did you mean `%s`?", better)
	if unit == "m" {
		d.Hint = fmt.Sprintf("did you mean `%s.min` (minutes) or `%s.m` (metres)?", m.word(i).text(), m.word(i).text())
		return d
	}
	d.Fix = m.replace(i, last, better)
	return d
}

// degrees finds `21°C`, `21.°C` and `30°`.
func (m *mistakeScan) degrees(i int) (*diag.Diagnostic, int) {
	k := i + 1
	if m.word(k).is(hclsyntax.TokenDot) {
		k++
	}
	if !m.word(k).is(hclsyntax.TokenInvalid) || strings.TrimSpace(m.word(k).text()) != "°" {
		return nil, 0
	}
	unit := "deg"
	if next := m.word(k + 1); next.is(hclsyntax.TokenIdent) && m.word(k).touches(next) {
		unit = next.text()
		k++
	}
	d := m.dottedUnit(i, k, unit)
	d.Summary = "Units have no special signs"
	d.Subject.Label = "there is no `°` in the name of a unit"
	return d, k + 1
}

// secondSetting finds two settings on one line.
func (m *mistakeScan) secondSetting(i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	if w.place != inBody {
		return nil, 0
	}
	d := syntaxError("A line break is missing", w.Range, "a new setting begins here")
	d.Hint = "each setting stands on a line of its own."
	return d, i + 2
}
