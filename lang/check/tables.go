package check

import (
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// tables reads the blocks that declare the tables of a database.
func (c *checker) tables(d *decl) {
	f := fieldOfRole(d.kind, catalog.RoleTables)
	if f == nil {
		return
	}
	for _, b := range d.block.Blocks {
		if b.Kind != f.Name {
			continue
		}
		if t := c.table(d, b); t != nil {
			d.thing.Tables = append(d.thing.Tables, t)
		}
	}
	if len(d.thing.Tables) == 0 && !hasBlock(d.block, f.Name) {
		c.report(errNoTables(d, f.Name))
	}
}

func hasBlock(b *syntax.Block, kind string) bool {
	for _, inner := range b.Blocks {
		if inner.Kind == kind {
			return true
		}
	}
	return false
}

// table reads one of them; nil where it has no name that can be used.
func (c *checker) table(d *decl, b *syntax.Block) *typed.Table {
	c.noBlocks(b, b.Kind)
	if len(b.Labels) != 1 {
		c.report(errTableName(b))
		return nil
	}
	name, at := b.Labels[0].Text, b.Labels[0].Range
	if lower := strings.ToLower(name); strings.HasPrefix(lower, "sqlite_") || strings.HasPrefix(lower, "flowc_") || !hclsyntax.ValidIdentifier(name) || strings.Contains(name, "-") {
		c.report(errTableNameTaken(name, at))
		return nil
	}
	if dialectOf(d.kind) != "" && isReserved(name) {
		c.report(errNameReserved(name, at))
		return nil
	}
	for _, other := range d.thing.Tables {
		if strings.EqualFold(other.Name, name) {
			c.report(errTableTwice(name, at, other.At))
			return nil
		}
	}
	t := &typed.Table{Name: name, At: at, Row: &types.Type{Kind: types.Record, Origin: types.Origin{Range: at, Text: "`" + d.name + "." + name + "`"}}}
	for _, a := range b.Attrs {
		c.column(d, t, a)
	}
	if len(b.Attrs) == 0 {
		c.report(errEmptyTable(name, at))
	}
	return t
}

// column reads a column: its name and its type.
func (c *checker) column(d *decl, t *typed.Table, a *syntax.Attr) {
	for _, other := range t.Row.Fields {
		if strings.EqualFold(other.Name, a.Name) {
			c.report(errKeyTwice(a.Name, a.NameRange, other.Range))
			return
		}
	}
	if dialectOf(d.kind) != "" && isReserved(a.Name) {
		c.report(errNameReserved(a.Name, a.NameRange))
		return
	}
	if len(t.Row.Fields) == maxFields {
		c.report(errManyFields(a.Name, a.NameRange))
	}
	f := types.Field{Name: a.Name, Range: a.NameRange, Type: c.columnType(a.Expr, d.name+"."+t.Name+"."+a.Name)}
	t.Row.Fields = append(t.Row.Fields, f)
}

// columnType reads the type of a column, of a table or of a row.
func (c *checker) columnType(e hclsyntax.Expression, path string) *types.Type {
	if call, ok := e.(*hclsyntax.FunctionCallExpr); ok && (call.Name == "named" || call.Name == "optional" && len(call.Args) == 2) {
		c.report(errColumnForm(e.Range(), "`"+call.Name+"` of a message"))
		return types.TBad
	}
	t := c.typeExpr(e, path)
	if !c.isColumn(t, e.Range()) {
		return types.TBad
	}
	return t
}

// isColumn reports whether a column can be of a type.
func (c *checker) isColumn(t *types.Type, at rangeT) bool {
	inner := elemOrSelf(t)
	switch {
	case inner.Kind == types.Bad:
		return false
	case inner.Form != nil:
		c.report(errColumnForm(at, "another way to write it"))
		return false
	case !inner.Is(types.Bool, types.Int, types.Number, types.String, types.Bytes, types.Quantity, types.Duration, types.Time,
		types.Enum, types.JSON, types.Date, types.TimeOfDay):
		c.report(errColumnSort(t, at))
		return false
	}
	return true
}

// keep reads how long the rows of tables stay.
func (w *wiring) keep(a *syntax.Attr) {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		w.c.report(errKeepForm(a))
		return
	}
	for _, item := range o.Items {
		name, at := w.c.objectKey(item.KeyExpr)
		t := findTable(w.t.Tables, name)
		if t == nil {
			w.c.report(errUnknownTable(w.d, name, at))
			continue
		}
		x := w.c.expr(item.ValueExpr, types.TDuration)
		if isBad(x) {
			continue
		}
		k, isConst := x.(*typed.Const)
		if !isConst || k.Type.Kind != types.Duration {
			w.c.report(errKeepLong(x))
			continue
		}
		if t.Keep = k.V.(time.Duration); t.Keep < time.Hour {
			w.c.report(errKeepLong(x))
		}
		if t.Age = ageOf(t); t.Age == "" {
			w.c.report(errKeepAge(t, at))
		}
	}
}

// ageOf is the column that says how old a row is: the first moment in it.
func ageOf(t *typed.Table) string {
	for _, f := range t.Row.Fields {
		if f.Type.Kind == types.Time {
			return f.Name
		}
	}
	return ""
}

func findTable(list []*typed.Table, name string) *typed.Table {
	for _, t := range list {
		if t.Name == name {
			return t
		}
	}
	return nil
}

func tableNames(list []*typed.Table) (names []string) {
	for _, t := range list {
		names = append(names, t.Name)
	}
	return names
}
