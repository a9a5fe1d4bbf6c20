package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// payloadCodec is how the setting of a kind that takes a type reads a payload.
func payloadCodec(setting string) typed.Codec {
	if setting == "fields" {
		return typed.Pattern
	}
	return typed.Codec(setting)
}

// oneText reports whether plain text can hold a value of the type.
func oneText(t *types.Type) bool {
	return t.Is(types.Bool, types.Int, types.Number, types.String, types.Quantity, types.Enum, types.Duration, types.Time,
		types.Date, types.TimeOfDay)
}

// columns reports what is wrong with a type that lines are read as: a record of
// things that each fit into a column, or a list of such.
func (c *checker) columns(e hclsyntax.Expression, t *types.Type, codec typed.Codec) bool {
	row := t
	if t.Kind == types.List {
		row = t.Elem
	}
	if row.Kind != types.Record {
		c.report(errNoColumns(e.Range(), t, codec))
		return false
	}
	for _, f := range row.Fields {
		if f.Type.Kind == types.Bad {
			return false
		}
		if !columnType(f.Type) {
			c.report(errColumn(f, e.Range()))
			return false
		}
	}
	return true
}

func columnType(t *types.Type) bool {
	t = elemOrSelf(t)
	return oneText(t) || t.Is(types.Bytes, types.JSON)
}

// lines settles how the lines of a thing's payload are made.
func (c *checker) lines(d *decl, border map[string]*typed.Const) {
	lines := typed.Lines{Separator: ',', Header: isOn(border["header"])}
	if d.thing.Codec == typed.CSV {
		if k := border["separator"]; k != nil {
			lines.Separator = c.separator(k)
		}
		d.thing.Lines = lines
	} else {
		for _, name := range []string{"header", "separator"} {
			if a := d.block.Attr(name); a != nil && border[name] != nil {
				c.report(errOnlyCSV(a))
			}
		}
	}
	pattern, fields := border["pattern"], d.block.Attr("fields")
	if settingField(d.kind, "pattern") == nil {
		return
	}
	switch a := d.block.Attr("pattern"); {
	case fields == nil && a != nil:
		c.report(errPatternAlone(a))
	case fields != nil && a == nil:
		c.report(errFieldsAlone(fields))
	case pattern != nil && d.thing.Codec == typed.Pattern && d.thing.Param.Kind != types.Bad:
		d.thing.Lines = c.linePattern(pattern, fields, d.thing.Param)
	}
}

// separator is what stands between columns: one character that is part of no number.
func (c *checker) separator(k *typed.Const) byte {
	text, _ := k.V.(string)
	if len(text) == 1 && (text == "\t" || text[0] >= ' ' && text[0] <= '~') &&
		!strings.ContainsAny(text, "\"+-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") {
		return text[0]
	}
	c.report(errSeparator(k))
	return ','
}

// linePattern reads a pattern, T={t};H={h}, whose captures are the fields of a record.
func (c *checker) linePattern(k *typed.Const, fields *syntax.Attr, t *types.Type) typed.Lines {
	if t.Kind == types.List {
		t = t.Elem
	}
	lines, problem := splitPattern(k.V.(string))
	if problem != "" {
		c.report(errLinePattern(k, problem))
		return lines
	}
	names := make([]string, len(t.Fields))
	for n, f := range t.Fields {
		names[n] = f.Name
		if !slices.Contains(lines.Captures, f.Name) {
			c.report(errNotCaptured(k, f))
		}
	}
	for _, name := range lines.Captures {
		if !slices.Contains(names, name) {
			c.report(errNoCaptureField(k, fields, name, names))
		}
	}
	return lines
}

// splitPattern takes a pattern apart, or says what is wrong with it. A brace that
// stands for itself is written twice.
func splitPattern(text string) (lines typed.Lines, problem string) {
	var before strings.Builder
	for text != "" {
		at := strings.IndexAny(text, "{}\n\r")
		if at < 0 {
			break
		}
		before.WriteString(text[:at])
		brace := text[at]
		text = text[at+1:]
		switch {
		case brace == '\n' || brace == '\r':
			return lines, "a pattern is for one line"
		case text != "" && text[0] == brace:
			before.WriteByte(brace)
			text = text[1:]
			continue
		case brace == '}':
			return lines, "there is a `}` without a `{`; to mean the brace itself, write `}}`"
		}
		name, rest, closed := strings.Cut(text, "}")
		switch {
		case !closed || !isName(name):
			return lines, "behind `{` stands the name of a field, and `}`; to mean the brace itself, write `{{`"
		case slices.Contains(lines.Captures, name):
			return lines, "`{" + name + "}` is there twice"
		case len(lines.Captures) > 0 && before.Len() == 0:
			return lines, "nothing stands between `{" + lines.Captures[len(lines.Captures)-1] + "}` and `{" + name + "}`, so nobody knows where one ends"
		}
		lines.Texts = append(lines.Texts, before.String())
		lines.Captures = append(lines.Captures, name)
		before.Reset()
		text = rest
	}
	lines.Texts = append(lines.Texts, before.String()+text)
	if len(lines.Captures) == 0 {
		return lines, "it captures nothing: the place of a field is written as `{name}`"
	}
	return lines, ""
}

// lineOptions reads `{ header = on, separator = ";" }` behind the arguments of
// decode_csv and csv_line.
func (c *checker) lineOptions(k call, e hclsyntax.Expression, names ...string) (typed.Lines, bool) {
	lines := typed.Lines{Separator: ','}
	o, ok := e.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errLineOptions(k, e.Range(), names))
		return lines, false
	}
	for _, item := range o.Items {
		name, at := c.objectKey(item.KeyExpr)
		if !slices.Contains(names, name) {
			c.report(errLineOption(k, name, at, names))
			return lines, false
		}
		want := map[string]*types.Type{"header": types.TBool, "separator": types.TString}[name]
		x := c.plain(item.ValueExpr, want)
		if isBad(x) {
			return lines, false
		}
		v, isConst := x.(*typed.Const)
		switch {
		case !types.Same(x.Base().Type, want):
			c.report(c.errWrongType(x, want, "`"+name+"`", at))
			return lines, false
		case !isConst:
			c.report(c.errNotConstant(x, "`"+name+"`"))
			return lines, false
		case name == "header":
			lines.Header = isOn(v)
		default:
			lines.Separator = c.separator(v)
		}
	}
	return lines, true
}
