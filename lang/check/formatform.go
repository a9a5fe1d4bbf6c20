package check

import (
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// verb is one `%05.1f` of a format.
type verb struct {
	text      string
	left      bool
	zeros     bool
	width     int64
	digits    int64
	hasDigits bool
	letter    byte
}

// maxWidth bounds what a format can ask for.
const maxWidth = 1000

// format is `format("%5.1f °C", x)`: a text with values in it, each as its verb
// says.
func (c *checker) format(k call) typed.Expr {
	r := k.e.Range()
	const signature = `format("%5.1f", x, …)`
	if len(k.args) == 0 || k.first != nil {
		c.report(errFormCount(k, 1, signature))
		return c.bad(r)
	}
	f := c.plain(k.args[0], types.TString)
	if isBad(f) {
		return f
	}
	layout, isConst := constant(f)
	switch {
	case f.Base().Type.Kind != types.String:
		c.report(c.errWrongType(f, types.TString, "what `format` writes", rangeT{}))
		return c.bad(r)
	case !isConst:
		c.report(c.errNotConstant(f, "what `format` writes"))
		return c.bad(r)
	}
	texts, verbs, bad := readFormat(layout.V.(string))
	switch {
	case bad != "":
		c.report(errVerb(f, bad))
		return c.bad(r)
	case len(verbs) != len(k.args)-1:
		c.report(errFormatCount(k, f, len(verbs)))
		return c.bad(r)
	}
	out := &typed.Template{Info: c.info(r, types.TString)}
	ok := true
	for n, v := range verbs {
		part := c.formatted(k, n+1, v)
		ok = ok && !isBad(part)
		out.Parts = append(out.Parts, c.constOf(f.Base().Range, types.TString, texts[n]), part)
	}
	if !ok {
		return c.bad(r)
	}
	out.Parts = append(out.Parts, c.constOf(f.Base().Range, types.TString, texts[len(verbs)]))
	out.Parts = withoutEmpty(out.Parts)
	return c.finish(out, out.Parts...)
}

func withoutEmpty(parts []typed.Expr) []typed.Expr {
	var list []typed.Expr
	for _, p := range parts {
		if k, ok := p.(*typed.Const); !ok || k.V != "" {
			list = append(list, p)
		}
	}
	return list
}

// readFormat takes a format apart: the texts around its verbs, one more than
// verbs; bad is what is no verb.
func readFormat(s string) (texts []string, verbs []verb, bad string) {
	text := ""
	for {
		n := strings.IndexByte(s, '%')
		if n < 0 {
			return append(texts, text+s), verbs, ""
		}
		text, s = text+s[:n], s[n+1:]
		if strings.HasPrefix(s, "%") {
			text, s = text+"%", s[1:]
			continue
		}
		v, rest, ok := readVerb(s)
		if !ok {
			return nil, nil, "%" + v.text
		}
		texts, verbs = append(texts, text), append(verbs, v)
		text, s = "", rest
	}
}

func readVerb(s string) (v verb, rest string, ok bool) {
	whole := s
	for strings.HasPrefix(s, "-") || strings.HasPrefix(s, "0") {
		v.left = v.left || s[0] == '-'
		v.zeros = v.zeros || s[0] == '0'
		s = s[1:]
	}
	v.width, s = readDigits(s)
	if strings.HasPrefix(s, ".") {
		v.digits, s = readDigits(s[1:])
		v.hasDigits = true
	}
	if s == "" {
		v.text = whole
		return v, "", false
	}
	v.letter = s[0]
	v.text = whole[:len(whole)-len(s)+1]
	ok = strings.IndexByte("sdfx", v.letter) >= 0 && v.width <= maxWidth && v.digits <= 100 &&
		(!v.hasDigits || v.letter == 'f') && !(v.zeros && (v.left || v.letter == 's'))
	return v, s[1:], ok
}

func readDigits(s string) (int64, string) {
	n := int64(0)
	for s != "" && s[0] >= '0' && s[0] <= '9' && n <= maxWidth {
		n = n*10 + int64(s[0]-'0')
		s = s[1:]
	}
	return n, s
}

// formatted is the n-th argument of a format as text.
func (c *checker) formatted(k call, n int, v verb) typed.Expr {
	r := k.args[n].Range()
	x := c.plainFor(k.args[n], nil, "put into a text")
	if isBad(x) {
		return x
	}
	text := c.verbText(x, v, r)
	if isBad(text) || v.width == 0 {
		return text
	}
	width, f := v.width, wideFn
	switch {
	case v.zeros:
		f = zerosFn
	case v.left:
		width = -width
	}
	return c.innerCall(r, f, types.TString, text, c.constOf(r, types.TInt, width))
}

// verbText is a value as the letter of its verb says.
func (c *checker) verbText(x typed.Expr, v verb, r rangeT) typed.Expr {
	t := x.Base().Type
	switch v.letter {
	case 'd':
		if t.Kind != types.Int {
			c.report(c.errWrongType(x, types.TInt, "`%"+v.text+"`", rangeT{}))
			return c.bad(r)
		}
		return c.asText(x, r)
	case 'x':
		if t.Kind != types.Int {
			c.report(c.errWrongType(x, types.TInt, "`%"+v.text+"`", rangeT{}))
			return c.bad(r)
		}
		for _, f := range c.catalog.Function("hex") {
			if f.Args[0].Type.Name == "int" {
				return c.finish(&typed.Call{Info: c.info(r, types.TString), Fn: f, Args: []typed.Expr{x}}, x)
			}
		}
	case 'f':
		if t.Kind != types.Int && t.Kind != types.Number && t.Kind != types.Quantity {
			c.report(c.errWrongType(x, types.TNumber, "`%"+v.text+"`", rangeT{}))
			return c.bad(r)
		}
		number := c.bareNumber(x)
		if !v.hasDigits {
			return c.asText(number, r)
		}
		return c.innerCall(r, fixedFn, types.TString, number, c.constOf(r, types.TInt, v.digits))
	}
	return c.asText(x, r)
}

// bareNumber is a number, or a quantity without its unit.
func (c *checker) bareNumber(x typed.Expr) typed.Expr {
	if x.Base().Type.Kind == types.Quantity {
		n := &typed.Convert{Info: c.info(x.Base().Range, types.TNumber), X: x}
		return c.finish(n, x)
	}
	return c.convert(x, types.TNumber)
}
