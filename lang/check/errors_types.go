package check

import (
	"fmt"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errWrongType is a value where another sort of value is needed. r is where that
// is said.
func (c *checker) errWrongType(x typed.Expr, want *types.Type, label string, r rangeT) *diag.Diagnostic {
	t := x.Base().Type
	if t.Kind != types.Optional {
		want = elemOrSelf(want) // that it may be missing is not what does not fit
	}
	switch {
	case t.Kind == types.Secret:
		return errSecretHere(x, fmt.Sprintf("and given to %s here, which is no secret", label))
	case unitsDiffer(t, want):
		return c.errUnitOf(x, want, label, r)
	}
	if k, ok := dateText(x, want); ok {
		return errDateText(k, elemOrSelf(want))
	}
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+t.Say())
	also(f, r, fmt.Sprintf("%s takes %s", label, want.Say()))
	origin(f, x)
	if r.Filename == "" {
		f.Why = fmt.Sprintf("%s takes %s.", upperFirst(label), want.Say())
	}
	tellDifference(f, t, want)
	if label != "`listen`" || !portAlone(f, x) {
		c.hintConversion(f, x, want)
	}
	return f
}

// unitsDiffer reports whether measured things meet that measure something else,
// or a measured thing meets a bare number.
func unitsDiffer(a, b *types.Type) bool {
	measured := func(t *types.Type) bool { return t.Kind == types.Quantity || t.Kind == types.Duration }
	bare := func(t *types.Type) bool { return t.Kind == types.Int || t.Kind == types.Number }
	return measured(a) && (measured(b) || bare(b)) || measured(b) && bare(a)
}

// hintConversion says how to get from what was found to what is wanted.
func (c *checker) hintConversion(f *diag.Diagnostic, x typed.Expr, want *types.Type) {
	t, text := x.Base().Type, x.Base().Text
	r := x.Base().Range
	switch {
	case t.Kind == types.Secret:
	case want.Kind == types.Record && retryRecord(f, x, want):
	case t.Kind == types.Nothing && want.Kind != types.Nothing && x.Base().Shape == types.Event:
		f.Hint = fmt.Sprintf("let it say what something is at that moment: `at(%s, …)`, with a value that is %s.", text, want.Say())
	case elemOrSelf(want).Kind == types.String && t.Kind != types.Nothing && t.Kind != types.Record && t.Kind != types.List && t.Kind != types.Map:
		f.Hint = fmt.Sprintf("to make it a text: `\"${%s}\"`.", text)
		if isLiteral(x) && looksNumeric(text) {
			f.Hint = fmt.Sprintf("to make it a text: `\"%s\"`.", text)
			replace(f, r, `"`+text+`"`)
		}
	case t.Kind == types.String && unitText(f, x, want):
	case t.Kind == types.String && momentText(f, x, want):
	case want.Kind == types.Int && t.Kind == types.String && isLiteral(x) && pinNumber(f, strings.Trim(text, `"`), r):
	case want.Kind == types.String && t.Kind == types.List && x.Base().Shape == types.Constant && strings.Contains(text, "/"):
		f.Hint = "one source listens to one topic: take a source for each, or a pattern for all of them, such as `\"garden/{bed}/soil\"`."
	case want.Kind == types.Bool && onOffChoice(f, x):
	case want.Kind == types.Bool && t.Kind == types.Int && (text == "0" || text == "1"):
		f.Hint = fmt.Sprintf("write `%s`.", map[string]string{"0": "off", "1": "on"}[text])
		replace(f, r, map[string]string{"0": "off", "1": "on"}[text])
	case want.Kind == types.Bool && t.Kind == types.String:
		f.Hint = "a switch is `on` or `off`, without quotes. A text is compared: `x == \"ON\"`."
		if k, ok := x.(*typed.Const); ok && (k.V == "on" || k.V == "off" || k.V == "true" || k.V == "false") {
			replace(f, r, k.V.(string))
		}
	case want.Kind == types.Bool && (t.Kind == types.Int || t.Kind == types.Number || t.Kind == types.Quantity):
		f.Hint = fmt.Sprintf("compare it: `%s > %s`.", text, exampleOf(t))
	case want.Kind == types.Enum && t.Kind == types.String:
		f.Hint = fmt.Sprintf("write one of %s, without quotes.", quoted(append([]string(nil), want.Values...), "or"))
		if k, ok := x.(*typed.Const); ok {
			if near := catalog.Nearest(strings.ToLower(fmt.Sprint(k.V)), want.Values); len(near) == 1 {
				f.Hint = fmt.Sprintf("did you mean `%s`, without quotes?", near[0])
				replace(f, r, near[0])
			}
		}
	case want.Kind == types.Int && t.Kind == types.Number:
		f.Hint = fmt.Sprintf("to make it whole: `to_int(round(%s, 0))`.", text)
	case (want.Kind == types.Number || want.Kind == types.Int) && t.Kind == types.String:
		f.Hint = fmt.Sprintf("to read a number from a text: `to_%s(%s)`.", want.String(), text)
		if k, ok := x.(*typed.Const); ok && looksNumeric(fmt.Sprint(k.V)) {
			f.Hint = "write it without quotes."
			replace(f, r, k.V.(string))
		}
	case want.Kind == types.TimeOfDay && t.Kind == types.Int && isLiteral(x) && len(text) <= 2:
		f.Hint = fmt.Sprintf("a time of day is written in quotes, with its minutes: `\"%02s:00\"`.", text)
		replace(f, r, fmt.Sprintf("\"%02s:00\"", text))
	case want.Is(types.Date, types.TimeOfDay) && t.Kind == types.String:
		f.Hint = fmt.Sprintf("%s is written in quotes where it is needed: `%s`.", want.Say(), exampleOf(want))
	case want.Kind == types.Duration && t.Kind == types.String:
		f.Hint = "a duration is a number with a unit: `30.s`, `5.min`, `1.5.h`."
	case want.Kind == types.Quantity && t.Kind == types.String:
		f.Hint = fmt.Sprintf("%s is a number with a unit: `%s`.", want.Unit.Label, exampleOf(want))
		if k, ok := x.(*typed.Const); ok && looksNumeric(fmt.Sprint(k.V)) && want.Unit.Name != "" {
			f.Hint = fmt.Sprintf("did you mean `%s.%s`?", k.V, want.Unit.Name)
			replace(f, r, fmt.Sprintf("%s.%s", k.V, want.Unit.Name))
		}
	}
}

func looksNumeric(s string) bool {
	for i, r := range s {
		if (r < '0' || r > '9') && r != '.' && (r != '-' || i > 0) {
			return false
		}
	}
	return s != ""
}

// errCondition is something else where a switch is asked.
func (c *checker) errCondition(x typed.Expr, place string) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0205", "This is not a condition", x.Base().Range, "this is "+t.Say())
	origin(f, x)
	f.Why = fmt.Sprintf("A condition %s is a switch: on or off.", place)
	switch t.Kind {
	case types.Nothing:
		f.Why = fmt.Sprintf("A condition %s is a switch: at every moment it is on or off. `%s` only happens.", place, x.Base().Text)
	case types.String:
		f.Hint = fmt.Sprintf("compare it: `%s == \"…\"`.", x.Base().Text)
	case types.Int, types.Number, types.Quantity, types.Duration:
		f.Hint = fmt.Sprintf("compare it: `%s > %s`.", x.Base().Text, exampleOf(t))
	case types.Enum:
		f.Hint = fmt.Sprintf("compare it: `%s == %s`.", x.Base().Text, t.Values[0])
	}
	return f
}

// errLogicOfEvents is `&&` or `||` with something that only happens: what people mean
// has another name for each pair.
func (c *checker) errLogicOfEvents(l, r typed.Expr, op string) *diag.Diagnostic {
	tl, tr := l.Base().Text, r.Base().Text
	switch happens := l.Base().Type.Kind == types.Nothing; {
	case happens && r.Base().Type.Kind == types.Nothing && l.Base().Source != nil && longerSource(l.Base().Source, r.Base().Source) == nil:
		f := errTwoEvents(l.Base(), l, r)
		if f.Example = rows(fmt.Sprintf("merge(%s, %s)", tl, tr), "happens when either does"); op == "&&" {
			f.Example = rows(fmt.Sprintf("pair(%s, %s, 5.s)", tl, tr), "happens when both do within five seconds",
				fmt.Sprintf("merge(%s, %s)", tl, tr), "happens when either does")
		}
		return f
	case happens:
		f := c.errCondition(l, "on the left of `"+op+"`")
		if op == "&&" && r.Base().Type.Kind == types.Bool {
			f.Hint = fmt.Sprintf("did you mean `where(%s, %s)`? It happens when the first does, if the second is on.", tl, tr)
		}
		return f
	default:
		f := c.errCondition(r, "on the right of `"+op+"`")
		if op == "&&" && l.Base().Type.Kind == types.Bool {
			f.Hint = fmt.Sprintf("did you mean `where(%s, %s)`? It happens when the first does, if the second is on.", tr, tl)
		}
		return f
	}
}

// errBranches is `c ? a : b` with a and b of two sorts.
func (c *checker) errBranches(a, b typed.Expr) *diag.Diagnostic {
	ta, tb := a.Base().Type, b.Base().Type
	f := finding("E0204", "The two answers differ", b.Base().Range, "and this is "+tb.Say())
	also(f, a.Base().Range, "this is "+ta.Say())
	f.Why = "Whichever way the condition goes, the result must be of one sort."
	if d, ok := differ(ta, tb); ok {
		f.Why = d.between("in the first", "in the second")
	}
	if unitsDiffer(ta, tb) {
		c.hintUnit(f, b, ta)
	}
	return f
}

// errOpenType is data of which nothing says what it would be: an empty list, null.
func errOpenType(x typed.Expr) *diag.Diagnostic {
	if onlyFails(x.Base().Type) {
		f := finding("E0202", "This can only fail", x.Base().Range, "there is never a value")
		f.Why = "`fail` is one of several answers: the one that is no answer."
		f.Hint = "say when it fails, and what there is otherwise:"
		f.Example = "x = … ? " + x.Base().Text + " : …"
		return f
	}
	f := finding("E0202", "What would be in here?", x.Base().Range, "nothing says what sort of data this is")
	f.Why = "An empty list, or `null`, takes its type from what it stands beside: another answer, another list."
	return f
}

func errNullEquation(d *decl, x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "Missing what?", x.Base().Range, "`null` alone has no type")
	f.Why = "`null` is data that is missing, where data may be missing: in a comparison, or as one of two answers."
	return f
}

// errOperand is `-x` of something that has no minus.
func errOperand(op string, x typed.Expr, _ rangeT) *diag.Diagnostic {
	f := finding("E0202", "This cannot be calculated with", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, x)
	if x.Base().Type.Kind == types.Bool && op == "-" {
		f.Hint = "the opposite of a switch is `!x`."
	}
	return f
}

// errOperands is arithmetic on what has none.
func (c *checker) errOperands(op string, l, r typed.Expr, _ rangeT) *diag.Diagnostic {
	tl, tr := l.Base().Type, r.Base().Type
	switch {
	case op == "%" && unitsDiffer(tl, tr):
		return c.errUnits(l, r, rangeT{}, "divide")
	case unitsDiffer(tl, tr):
		return c.errUnits(l, r, rangeT{}, "add")
	}
	culprit, other := l, r
	if calculable(tl) {
		culprit, other = r, l
	}
	f := finding("E0208", "This cannot be calculated with", culprit.Base().Range, "this is "+culprit.Base().Type.Say())
	also(f, other.Base().Range, "and this is "+other.Base().Type.Say())
	origin(f, culprit)
	switch {
	case op == "+" && (tl.Kind == types.String || tr.Kind == types.String):
		f.Hint = fmt.Sprintf("to join texts write one text with both in it: `\"%s%s\"`.", inText(l), inText(r))
	case tl.Kind == types.Bool || tr.Kind == types.Bool:
		f.Hint = "switches are combined with `&&`, `||` and `!`."
	case calculable(tl) && calculable(tr):
		f.Subject.Label = fmt.Sprintf("`%s` has no meaning between %s and %s", op, tl.Say(), tr.Say())
		f.Subject.Range = spanOf(l, r)
		f.Related = nil
	}
	return f
}

// errRemainderOfDurations is `%` of two durations: numbers of a unit have remainders.
func errRemainderOfDurations(at rangeT, l, r typed.Expr) *diag.Diagnostic {
	f := finding("E0208", "This cannot be calculated with", at, "`%` has no meaning between two durations")
	fix := fmt.Sprintf("as(in(%s, s) %% in(%s, s), s)", l.Base().Text, r.Base().Text)
	f.Hint = "count both in one unit, here seconds: `" + fix + "`."
	replace(f, at, fix)
	return f
}

func spanOf(l, r typed.Expr) rangeT {
	a, b := l.Base().Range, r.Base().Range
	if a.Start.Byte > b.Start.Byte {
		a, b = b, a
	}
	a.End = b.End
	return a
}

func calculable(t *types.Type) bool {
	switch t.Kind {
	case types.Int, types.Number, types.Quantity, types.Duration, types.Time:
		return true
	}
	return false
}

// inText is an expression as a part of a text.
func inText(x typed.Expr) string {
	if k, ok := x.(*typed.Const); ok && k.Type.Kind == types.String {
		return fmt.Sprint(k.V)
	}
	if text := x.Base().Text; x.Base().Type.Kind == types.String && len(text) > 2 && strings.HasPrefix(text, `"`) && strings.HasSuffix(text, `"`) {
		return text[1 : len(text)-1] // a text with values in it
	}
	return "${" + x.Base().Text + "}"
}

func errNoOrder(op string, l, r typed.Expr) *diag.Diagnostic {
	t := l.Base().Type
	f := finding("E0202", "These have no order", spanOf(l, r), fmt.Sprintf("`%s` compares sizes", op))
	f.Why = fmt.Sprintf("%s is neither more nor less than another; it can only be equal (`==`) or not (`!=`).", upperFirst(t.Say()))
	if t.Kind == types.String {
		f.Why = "A text is neither more nor less than another."
		f.Hint = "if these are numbers, read them as such: `to_number(x)`, or declare the field as one where it comes in."
	}
	if t.Kind == types.Nothing {
		f.Why = "What only happens has no size."
	}
	return f
}

// errCompare is a comparison of two sorts of things.
func (c *checker) errCompare(op string, l, r typed.Expr, _ rangeT) *diag.Diagnostic {
	tl, tr := l.Base().Type, r.Base().Type
	f := finding("E0208", "These cannot be compared", r.Base().Range, "this is "+tr.Say())
	also(f, l.Base().Range, "this is "+tl.Say())
	origin(f, l)
	origin(f, r)
	f.Why = "Things of two sorts are never equal, and neither is more or less than the other."
	if d, ok := differ(tl, tr); ok {
		f.Why = d.between("on the left", "on the right")
	}
	if hintClock(f, op, l, r) || c.hintRawNumber(f, l, r) || c.hintRawNumber(f, r, l) {
		return f
	}
	for _, s := range []struct{ a, b typed.Expr }{{l, r}, {r, l}} {
		if k, ok := s.a.(*typed.Const); ok && k.Type.Kind == types.String {
			c.hintConversion(f, s.a, s.b.Base().Type)
			break
		}
		if s.a.Base().Type.Kind == types.String {
			c.hintConversion(f, s.b, s.a.Base().Type)
			break
		}
	}
	return f
}

// hintRawNumber tells of a message that was taken as a text and is compared with a number.
func (c *checker) hintRawNumber(f *diag.Diagnostic, raw, number typed.Expr) bool {
	t := number.Base().Type
	if raw.Base().Type.Kind != types.String || !c.isSelf(raw) || !t.Is(types.Int, types.Number, types.Quantity) {
		return false
	}
	unit := "number"
	if t.Kind == types.Quantity {
		unit = t.Unit.Name
	}
	f.Hint = fmt.Sprintf("say in `%s` what its messages are, and they are read:", raw.Base().Text)
	f.Example = rows("text = "+unit, "each is a number", fmt.Sprintf("json = { value = %s }", unit), "it is a field of JSON")
	return true
}

func errNotComparable(op string, l, r typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "These cannot be compared", spanOf(l, r), "this is "+l.Base().Type.Say())
	f.Why = fmt.Sprintf("`%s` compares switches, numbers, texts, moments, choices, and records of these.", op)
	if l.Base().Type.Kind == types.JSON {
		f.Hint = fmt.Sprintf("one thing can be written as JSON in many ways. Decode it first: `decode(%s, …)`.", l.Base().Text)
	}
	if l.Base().Type.Kind == types.List {
		f.Hint = "compare lengths or elements, or ask `has(list, x)`."
	}
	return f
}

func (c *checker) errNotText(x typed.Expr) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0202", "This cannot be shown in a text", x.Base().Range, "this is "+t.Say())
	origin(f, x)
	switch t.Kind {
	case types.Record:
		f.Hint = fmt.Sprintf("show one of its fields: `${%s.%s}`.", x.Base().Text, firstField(t, shownAsIs))
	case types.Variant:
		f.Hint = "say what to show for each case:"
		f.Example = matchExample(x, t.Fields[0].Name)
	case types.List:
		f.Hint = fmt.Sprintf("join its elements: `${join(%s, \", \")}`.", x.Base().Text)
	}
	return f
}

// firstField is the first field of a record that fits.
func firstField(t *types.Type, fits func(*types.Type) bool) string {
	for _, f := range t.Fields {
		if fits(f.Type) {
			return f.Name
		}
	}
	return "…"
}

// shownAsIs reports whether a text can show data of a type without more ado.
func shownAsIs(t *types.Type) bool {
	switch t.Kind {
	case types.Record, types.List, types.Map, types.Variant, types.Optional:
		return false
	}
	return true
}

// errNotConstant is something that must be known when the flow is built.
func (c *checker) errNotConstant(x typed.Expr, label string) *diag.Diagnostic {
	f := finding("E0210", "This must be known beforehand", x.Base().Range, c.notConstant(x))
	f.Why = fmt.Sprintf("%s is fixed when the flow is built, so it must be a constant.", upperFirst(label))
	return f
}

func (c *checker) notConstant(x typed.Expr) string {
	if x.Base().Shape != types.Constant {
		return "this is known only while the flow runs"
	}
	return "this is known only when the flow starts"
}

// errMustNotMove is a setting that follows a wire.
func (c *checker) errMustNotMove(x typed.Expr, g *catalog.Field, r rangeT) *diag.Diagnostic {
	f := finding("E0210", "This must be known beforehand", x.Base().Range, "this is known only while the flow runs")
	also(f, r, fmt.Sprintf("`%s` is fixed when the flow starts", g.Name))
	f.Hint = "give a constant, or a `setting` that is read at start."
	return f
}

func errTooLarge(r rangeT) *diag.Diagnostic {
	return finding("E0202", "This number is too large", r, "no number goes so far")
}

func errAfterUnit(r rangeT, text string) *diag.Diagnostic {
	f := finding("E0203", "A number with a unit has no fields", r, "")
	f.Why = fmt.Sprintf("`%s` reads as a number, its unit, and something more.", text)
	return f
}

func errNeverWorks(x typed.Expr, err error) *diag.Diagnostic {
	return finding("E0405", "This can never work", x.Base().Range, err.Error())
}

func errDivideByZero(r rangeT, x typed.Expr, op string) *diag.Diagnostic {
	f := finding("E0405", "Nothing can be divided by zero", x.Base().Range, "this is always zero")
	_ = r
	return f
}
