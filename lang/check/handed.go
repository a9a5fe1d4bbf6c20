package check

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// handed says which of its choices each constant input of a component is given that
// is checked without an instance; the first where it is not said.
type handed map[string]int

// with is the same with another choice for one input.
func (h handed) with(name string, n int) handed {
	next := maps.Clone(h)
	next[name] = n
	return next
}

// handOver makes the declaration of an input that nobody gives: a constant, something
// that is or happens from time to time, or a thing.
func (c *checker) handOver(in *instance, i *componentInput) []*decl {
	in.order = append(in.order, i.name)
	if i.shape == inputThing {
		in.members[i.name] = c.handedThing(in, i)
		return nil
	}
	given := i.fallback
	if i.shape != inputConstant || given == nil { // its type mentions nothing
		given = &hclsyntax.LiteralValueExpr{Val: cty.True, SrcRange: i.expr.Range()}
	}
	m := equationDecl(&syntax.Attr{Name: i.name, NameRange: i.at, Expr: given, Range: hcl.RangeBetween(i.at, given.Range())})
	m.input, m.maker, m.inside = i, in.d, in
	if given != i.fallback {
		m.handed = in.d.handed
	}
	in.members[i.name] = m
	c.enter(in, m, i.name)
	return []*decl{m}
}

// handedThing is a thing of a kind of which nothing else is known.
func (c *checker) handedThing(in *instance, i *componentInput) *decl {
	d := &decl{name: in.name + "." + i.name, sort: sortThing, at: i.at, kind: c.catalog.Kind(i.kind), inside: in, handed: in.d.handed}
	d.block = &syntax.Block{Kind: i.kind, KindRange: i.at, End: i.at}
	d.thing = &typed.Thing{Name: d.name, Kind: d.kind, Pos: pos(i.at), Self: types.Reading}
	d.state, d.wired = finished, true
	if self := fieldOfRole(d.kind, catalog.RoleSelf); self != nil && len(d.kind.TypeParams) == 0 {
		d.self = c.catalogType(self.Type, nil, self.Tags["unit"])
	}
	if len(d.kind.TypeParams) > 0 || fieldOfRole(d.kind, catalog.RoleTables) != nil {
		c.unknown = true
	}
	return d
}

// handedKind is where a value that nobody gives comes from: something that happens
// once a day, so that no sink is too slow for it.
var handedKind = &catalog.Kind{Name: "input", Fields: []*catalog.Field{
	{Name: "given", Role: catalog.RoleReading, Tags: map[string]string{"rate": "1/d"}},
}}

// handedValue is what stands for an input that nobody gives.
func (c *checker) handedValue(d *decl) typed.Expr {
	in := d.input
	if in.typ.Kind == types.Bad {
		return c.bad(d.attr.Expr.Range())
	}
	if in.shape == inputConstant {
		return c.handedConstant(d)
	}
	if in.fallback != nil && !c.fallbackFits(in) {
		return c.bad(in.fallback.Range())
	}
	x := &typed.Wire{Info: c.info(in.at, in.typ), Thing: &typed.Thing{Name: in.name, Kind: handedKind}, Output: "given"}
	switch in.shape {
	case inputValue:
		x.Shape = types.Value
		return x
	case inputReading:
		x.Shape = types.Reading
	case inputEvent:
		x.Shape = types.Event
	}
	x.Source = &types.Source{Name: in.name}
	return x
}

// fallbackFits types what an input is when it is not given.
func (c *checker) fallbackFits(in *componentInput) bool {
	x := c.expr(in.fallback, in.typ)
	if isBad(x) {
		return false
	}
	if _, ok := convertible(x.Base().Type, in.typ); !ok {
		c.report(c.errWrongType(x, in.typ, "`"+in.name+"`", in.at))
		return false
	}
	return true
}

// handedConstant is a constant of the input's type: one of its choices, or a setting
// where there is none.
func (c *checker) handedConstant(d *decl) typed.Expr {
	in := d.input
	list := handedTexts(in.typ)
	if n := d.handed[in.name]; n < len(list) {
		text := list[n]
		if in.typ.Kind == types.Int && n == 0 {
			text = strconv.Itoa(c.freePin(d))
		}
		if x := c.defaultOf(text, in.typ, in.at); !isBad(x) {
			return x
		}
	}
	return &typed.SettingRef{Info: c.info(in.at, in.typ), Setting: &typed.Setting{Name: in.name, Type: in.typ, Pos: pos(in.at)}}
}

// freePin is a pin for a whole number that may be one: each input has another, and
// none is written in the component.
func (c *checker) freePin(d *decl) int {
	free := []int{17, 22, 23, 24, 25, 27, 16, 26, 20, 21, 12, 13, 18, 19, 9, 10, 11}
	n := 0
	for _, in := range d.maker.componentOf(c).inputs {
		if in.name == d.input.name {
			break
		}
		if in.typ != nil && in.typ.Kind == types.Int {
			n++
		}
	}
	text := c.src(c.components[d.maker.block.Kind].whole())
	for _, p := range free {
		if strings.Contains(text, strconv.Itoa(p)) {
			continue
		}
		if n--; n < 0 {
			return p
		}
	}
	return free[0]
}

// componentOf is the component of a block that makes an instance.
func (d *decl) componentOf(c *checker) *component { return c.components[d.block.Kind].component }

// handedChoices is how many constants there are to choose from for an input.
func handedChoices(in *componentInput) int {
	if in.shape != inputConstant || in.fallback != nil || in.typ == nil {
		return 0
	}
	return len(handedTexts(in.typ))
}

// handedTexts are constants of a type as a flow writes them, the likeliest first.
func handedTexts(t *types.Type) []string {
	switch t.Kind {
	case types.Bool:
		return []string{"on", "off"}
	case types.Int:
		return []string{"17", "1", "5", "100", "1000", "0"}
	case types.Number:
		return []string{"1", "0.5", "20", "100", "0"}
	case types.String:
		return []string{
			`"a"`, `"tcp://a:1883"`, `"http://a"`, `"07:00"`, `"mon"`, `"0 7 * * *"`, `"a@example.org"`, `"2026-01-01"`, `"i2c-1"`, `"/dev/ttyUSB0"`, `"a.txt"`, `"/a"`, `"Europe/Berlin"`,
		}
	case types.Date:
		return []string{`"2026-01-01"`}
	case types.TimeOfDay:
		return []string{`"07:00"`, `"21:00"`}
	case types.Duration:
		return []string{"1.min", "1.h", "1.s", "1.d", "50.ms"}
	case types.Quantity:
		if t.Unit.Name == "" {
			return nil
		}
		return []string{"1." + t.Unit.Name, "20." + t.Unit.Name, "100." + t.Unit.Name, "0.5." + t.Unit.Name}
	case types.Enum:
		return t.Values
	case types.Optional:
		return handedTexts(t.Elem)
	case types.List:
		return wrapped("[", handedTexts(t.Elem), "]")
	case types.Map:
		return wrapped("{ a = ", handedTexts(t.Elem), " }")
	case types.Record:
		return handedRecord(t)
	}
	return nil
}

func wrapped(before string, list []string, after string) []string {
	var out []string
	for _, s := range list {
		out = append(out, before+s+after)
	}
	return out
}

// handedRecord has for each choice that of every field, or its last.
func handedRecord(t *types.Type) []string {
	var fields [][]string
	most := 0
	for _, f := range t.Fields {
		list := handedTexts(f.Type)
		if len(list) == 0 || !hclsyntax.ValidIdentifier(f.Name) {
			return nil
		}
		fields, most = append(fields, list), max(most, len(list))
	}
	var out []string
	for n := range most {
		var b strings.Builder
		for i, f := range t.Fields {
			fmt.Fprintf(&b, "%s = %s, ", f.Name, fields[i][min(n, len(fields[i])-1)])
		}
		out = append(out, "{ "+strings.TrimSuffix(b.String(), ", ")+" }")
	}
	return out
}
