package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

func unitNames() []string {
	var names []string
	for _, u := range unit.All() {
		names = append(names, u.Name)
	}
	for _, u := range unit.Durations() {
		names = append(names, u.Name)
	}
	return names
}

// errUnknownUnit is `5.kgs`.
func (c *checker) errUnknownUnit(r rangeT, name string, _ *hclsyntax.LiteralValueExpr) *diag.Diagnostic {
	if strings.Contains(name, "-") {
		return nil // told when the names were read
	}
	f := finding("E0302", "There is no such unit", r, fmt.Sprintf("no unit is called `%s`", name))
	if name == "" {
		f.Subject.Label = "a unit is needed here"
	}
	c.suggestUnit(f, name, r)
	if f.Hint == "" {
		f.Hint = "`flowc doc units` lists all units."
	}
	return f
}

// suggestUnit finds the unit that was probably meant.
func (c *checker) suggestUnit(f *diag.Diagnostic, name string, r rangeT) {
	if u := unit.Suggest(name); u != "" {
		f.Hint = fmt.Sprintf("did you mean `%s`?", u)
		replace(f, r, u)
		return
	}
	if len(name) > 1 {
		didYouMean(f, name, unitNames(), r)
	}
}

// errUnits is two measured things that meet and do not match, or one and a bare
// number. verb is what is done with them: compare, add, divide.
func (c *checker) errUnits(l, r typed.Expr, _ rangeT, verb string) *diag.Diagnostic {
	culprit, other := l, r
	if (isLiteral(r) || !isLiteral(l)) && !isMetres(l, r) {
		culprit, other = r, l
	}
	tc, to := culprit.Base().Type, other.Base().Type
	f := finding("E0301", "These units don't match", culprit.Base().Range, "this is "+tc.Say())
	if isPointAndStep(tc, to) {
		return pointAndStep(f, culprit, other, c)
	}
	if to.Origin.Range.Filename != "" && !overlaps(to.Origin.Range, other.Base().Range) {
		origin(f, other)
	} else {
		also(f, other.Base().Range, "this is "+to.Say())
	}
	if !overlaps(tc.Origin.Range, culprit.Base().Range) {
		origin(f, culprit)
	}
	switch verb {
	case "compare":
		f.Why = "Only what measures the same thing can be compared."
	case "add":
		f.Why = "Only what measures the same thing can be added or subtracted."
	case "divide":
		f.Why = "A remainder needs two of a kind."
		if n := unitNameOf(to); n != "" && tc.Is(types.Int, types.Number) && !remains(to) {
			f.Hint = fmt.Sprintf("to get the plain number: `in(%s, %s)`.", other.Base().Text, n)
			replace(f, other.Base().Range, fmt.Sprintf("in(%s, %s)", other.Base().Text, n))
			return f
		}
		if !remains(to) {
			return f
		}
	}
	c.hintUnit(f, culprit, to)
	return f
}

// remains reports whether a type has remainders: numbers have, and quantities that are
// no points of a scale.
func remains(t *types.Type) bool {
	return t.Is(types.Int, types.Number) || t.Kind == types.Quantity && !t.Unit.Point
}

// isMetres reports whether x is a literal in metres that meets a duration: a slip
// for minutes.
func isMetres(x, other typed.Expr) bool {
	t := x.Base().Type
	return isLiteral(x) && t.Kind == types.Quantity && t.Unit.Name == "m" && other.Base().Type.Kind == types.Duration
}

func isLiteral(x typed.Expr) bool {
	_, ok := x.(*typed.Const)
	return ok
}

func isPointAndStep(a, b *types.Type) bool {
	return a.Kind == types.Quantity && b.Kind == types.Quantity && a.Unit.Dim == b.Unit.Dim && a.Unit.Point != b.Unit.Point
}

// pointAndStep is a temperature against a difference of temperatures.
func pointAndStep(f *diag.Diagnostic, culprit, other typed.Expr, c *checker) *diag.Diagnostic {
	f.Subject.Label = culprit.Base().Type.Say()
	also(f, other.Base().Range, other.Base().Type.Say())
	step := other
	if !culprit.Base().Type.Unit.Point {
		step = culprit
	}
	if b, ok := step.(*typed.Binary); ok && b.Op == "-" {
		f.Why = "Subtracting two temperatures gives a difference in kelvin."
		if k, ok := literalOf(b.R); ok {
			u := k.Type.Unit.StepUnit()
			f.Hint = fmt.Sprintf("to move a temperature down by a step subtract a step: `… - %s.%s`.", fmtNumber(k.V), u.Name)
			replace(f, k.Range, fmt.Sprintf("%s.%s", fmtNumber(k.V), u.Name))
		}
		return f
	}
	f.Why = "A temperature is a point on a scale; a difference between two is a step."
	if k, ok := literalOf(culprit); ok {
		name := other.Base().Type.Unit.Name
		f.Hint = fmt.Sprintf("did you mean `%s.%s`?", fmtNumber(k.V), name)
		replace(f, k.Range, fmt.Sprintf("%s.%s", fmtNumber(k.V), name))
	}
	return f
}

// literalOf is a constant that is written here.
func literalOf(x typed.Expr) (*typed.Const, bool) {
	if v, ok := x.(*typed.Convert); ok {
		x = v.X
	}
	k, ok := x.(*typed.Const)
	return k, ok
}

func fmtNumber(v any) string {
	if f, ok := v.(float64); ok {
		return unit.Format(f, "")
	}
	return fmt.Sprint(v)
}

// hintUnit says how a measured thing or a bare number becomes what is wanted.
func (c *checker) hintUnit(f *diag.Diagnostic, x typed.Expr, want *types.Type) {
	t, text := x.Base().Type, x.Base().Text
	k, literal := x.(*typed.Const)
	bare := t.Kind == types.Int || t.Kind == types.Number
	name := unitNameOf(want)
	switch {
	case bare && literal && name == "B" && t.Kind == types.Int && rounder(text) != "":
		f.Hint = fmt.Sprintf("did you mean `%s`?", rounder(text))
		replace(f, x.Base().Range, rounder(text))
	case bare && literal && name != "" && looksNumeric(text):
		f.Hint = fmt.Sprintf("did you mean `%s.%s`?", text, name)
		replace(f, x.Base().Range, text+"."+name)
	case bare && name != "":
		f.Hint = fmt.Sprintf("to give a number its unit: `as(%s, %s)`.", text, name)
	case literal && name != "" && (t.Kind == types.Quantity || t.Kind == types.Duration) && numberPart(text) != "":
		if t.Kind == types.Quantity && t.Unit.Name == "m" && want.Kind == types.Duration {
			f.Why = "`m` is a metre; a minute is `min`."
			name = "min"
		}
		f.Hint = fmt.Sprintf("did you mean `%s.%s`?", numberPart(text), name)
		replace(f, x.Base().Range, numberPart(text)+"."+name)
	case want.Kind == types.Int || want.Kind == types.Number:
		if n := unitNameOf(t); n != "" {
			f.Hint = fmt.Sprintf("to get the plain number: `in(%s, %s)`.", text, n)
		}
	}
	_ = k
}

// rounder writes a number of bytes with the unit in which it has the fewest digits, ""
// where that is the byte itself.
func rounder(text string) string {
	for _, u := range []struct{ zeros, name string }{{"000000", "MB"}, {"000", "kB"}} {
		if n, ok := strings.CutSuffix(text, u.zeros); ok && n != "" && looksNumeric(n) {
			return n + "." + u.name
		}
	}
	return ""
}

// numberPart is the number of a literal with a unit: `18` of `18.C`.
func numberPart(text string) string {
	n := strings.LastIndex(text, ".")
	if n <= 0 || !looksNumeric(text[:n]) {
		return ""
	}
	return text[:n]
}

func unitNameOf(t *types.Type) string {
	switch t.Kind {
	case types.Quantity:
		return t.Unit.Name
	case types.Duration:
		return "s"
	case types.Optional:
		return unitNameOf(t.Elem)
	}
	return ""
}

// errUnitOf is a measured thing where another is needed: a setting, an argument.
func (c *checker) errUnitOf(x typed.Expr, want *types.Type, label string, r rangeT) *diag.Diagnostic {
	f := finding("E0301", "These units don't match", x.Base().Range, "this is "+x.Base().Type.Say())
	if isPointAndStep(x.Base().Type, want) {
		f.Why = "A temperature is a point on a scale; a difference between two is a step."
	}
	also(f, r, fmt.Sprintf("%s takes %s", label, want.Say()))
	if r.Filename == "" {
		f.Why = fmt.Sprintf("%s takes %s.", upperFirst(label), want.Say())
	}
	origin(f, x)
	c.hintUnit(f, x, want)
	return f
}

// errOptionType is an option that does not measure what it is compared with.
func (c *checker) errOptionType(k call, a *catalog.Arg, x typed.Expr, want *types.Type, by typed.Expr) *diag.Diagnostic {
	if by == nil || !unitsDiffer(x.Base().Type, want) {
		return c.errWrongType(x, want, "`"+a.Name+"`", rangeT{})
	}
	f := finding("E0301", "These units don't match", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, by)
	if len(f.Related) == 0 {
		also(f, by.Base().Range, "this is "+by.Base().Type.Say())
	}
	f.Why = fmt.Sprintf("`%s` is compared with `%s`, so both must measure the same thing.", a.Name, by.Base().Text)
	c.hintUnit(f, x, want)
	return f
}

// errPoints is arithmetic of temperatures that has no meaning.
func errPoints(r rangeT, op string, l, rx typed.Expr, c *checker) *diag.Diagnostic {
	f := finding("E0303", "Temperatures are points on a scale", r, "")
	if op == "+" {
		f.Subject.Label = "two points cannot be added"
		f.Why = "20 °C and 5 °C together are not 25 °C. A step can be added to a point, and steps are in K."
		if k, ok := literalOf(rx); ok && k.Type.Unit.Point {
			u := k.Type.Unit.StepUnit().Name
			f.Hint = fmt.Sprintf("to raise it by a step: `… + %s.%s`.", fmtNumber(k.V), u)
			replace(f, k.Range, fmt.Sprintf("%s.%s", fmtNumber(k.V), u))
		} else {
			f.Hint = "for the middle of two temperatures: `mean([a, b])`."
		}
	} else {
		f.Subject.Label = "a point cannot be taken from a step"
		f.Why = "A step (K) minus a temperature has no meaning; a temperature minus a step has."
	}
	origin(f, l)
	origin(f, rx)
	return f
}

func errPointProduct(r rangeT, op string, x typed.Expr, c *checker) *diag.Diagnostic {
	f := finding("E0303", "Temperatures are points on a scale", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "Twice 10 °C is not 20 °C: in Fahrenheit it would be another temperature. Only steps (K) can be multiplied or divided."
	if op == "*" {
		f.Hint = "for a scaled reading, calibrate its distance from a fixed point: `0.C + (t - 0.C) * 1.02`."
	}
	origin(f, x)
	return f
}

func errMinusPoint(x typed.Expr) *diag.Diagnostic {
	f := finding("E0303", "Temperatures are points on a scale", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "The opposite of a point has no meaning. A minus directly before a number belongs to it: `-5.C`."
	origin(f, x)
	return f
}

func errPercent(r rangeT, op string, x typed.Expr, c *checker) *diag.Diagnostic {
	f := finding("E0301", "A percentage is not a fraction", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "50 % times 10 W would be 500 %W. A share of something is a plain number between 0 and 1."
	f.Hint = fmt.Sprintf("make a fraction of it: `ratio(%s)`.", x.Base().Text)
	replace(f, x.Base().Range, fmt.Sprintf("ratio(%s)", x.Base().Text))
	origin(f, x)
	return f
}

func (c *checker) errInUnit(x typed.Expr, t *types.Type, r rangeT) *diag.Diagnostic {
	from := x.Base().Type
	if from.Kind == types.Quantity || from.Kind == types.Duration {
		f := finding("E0301", "These units don't match", r, "this unit is for "+t.Say())
		also(f, x.Base().Range, "this is "+from.Say())
		origin(f, x)
		f.Why = "A quantity can be told in any unit that measures the same thing."
		return f
	}
	f := finding("E0202", "This has no unit", x.Base().Range, "this is "+from.Say())
	f.Why = "`in` takes a quantity and gives its plain number."
	if from.Kind == types.Int || from.Kind == types.Number {
		f.Hint = fmt.Sprintf("to give a number its unit: `as(%s, %s)`.", x.Base().Text, unitNameOf(t))
	}
	return f
}

func (c *checker) errAsNumber(x typed.Expr, t *types.Type) *diag.Diagnostic {
	f := finding("E0202", "This has a unit already", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "`as` puts a unit on a plain number."
	if x.Base().Type.Kind == types.Quantity && types.Alike(x.Base().Type, t) {
		f.Hint = "no conversion is needed: flowc converts units wherever they meet."
	} else if x.Base().Type.Kind != types.Quantity && x.Base().Type.Kind != types.Duration {
		f.Summary = "A number is needed here"
	}
	origin(f, x)
	return f
}

// errResultUnit is a unit for the result of an operator that measures something else.
func errResultUnit(k call, x *typed.OpCall, made, wanted *types.Type) *diag.Diagnostic {
	f := finding("E0301", "These units don't match", wanted.Origin.Range, "this would be "+wanted.Say())
	of := x.Args[0].Base()
	also(f, of.Range, "this is "+of.Type.Say())
	f.Why = fmt.Sprintf("`%s` of that is %s.", k.name, made.Say())
	f.Hint = "leave the unit out, or name one that measures the same."
	switch {
	case made.Kind == types.Quantity && made.Unit.Name == "":
		f.Hint = "leave the unit out: no unit has a name for this."
	case made.Kind == types.Quantity:
		f.Hint = fmt.Sprintf("leave the unit out, or name one that measures the same: `%s`.", unitNameOf(made))
	}
	return f
}
