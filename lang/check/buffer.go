package check

import (
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// The least that a buffer can be told.
const (
	leastKeep = time.Second
	leastSize = 64_000
)

// buffer reads `buffer = { keep = 24.h, on = disk }`: the settings are those that the
// catalogue lists under the field.
func (w *wiring) buffer(f *catalog.Field, a *syntax.Attr) {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		w.c.report(errBufferForm(a))
		return
	}
	b := &typed.Buffer{Range: a.Range}
	seen := map[string]*syntax.Attr{}
	for _, item := range o.Items {
		name, at := w.c.objectKey(item.KeyExpr)
		g := fieldNamed(f.Fields, name)
		in := &syntax.Attr{Name: name, NameRange: at, Expr: item.ValueExpr, Range: item.ValueExpr.Range()}
		switch {
		case g == nil:
			w.c.report(errBufferSetting(name, at, fieldNames(f.Fields)))
			ok = false
			continue
		case seen[name] != nil:
			w.c.report(errKeyTwice(name, at, seen[name].NameRange))
			ok = false
			continue
		}
		seen[name] = in
		ok = w.bufferSetting(b, g, in) && ok
	}
	for _, g := range f.Fields {
		switch {
		case seen[g.Name] != nil:
		case g.Required:
			w.c.report(errBufferKeep(a.Expr.Range()))
			ok = false
		default:
			k, _ := w.c.defaultOf(g.Default, w.c.fieldType(g, nil), a.Range).(*typed.Const)
			b.Set(g.Name, k)
		}
	}
	for _, g := range w.d.kind.Fields {
		if other := w.d.block.Attr(g.Name); other != nil && decidesWhatWaits(g) {
			w.c.report(errBufferFull(other, a))
			ok = false
		}
	}
	if ok {
		w.t.Buffer = b
		w.renamed(b)
	}
}

// decidesWhatWaits reports whether a setting of a sink says what becomes of one more that
// waits: that is the buffer's then.
func decidesWhatWaits(f *catalog.Field) bool {
	drops := f.Tags["drops"]
	return drops != "" && drops != "*" && f.Type != nil && f.Type.Name == "enum"
}

// bufferSetting takes one of them.
func (w *wiring) bufferSetting(b *typed.Buffer, g *catalog.Field, a *syntax.Attr) bool {
	s := w.c.settingValue(w.d, g, a)
	if s == nil {
		return false
	}
	k, ok := s.X.(*typed.Const)
	if !ok {
		w.c.report(w.c.errNotConstant(s.X, "`"+g.Name+"`"))
		return false
	}
	b.Set(g.Name, k)
	b.Sets = append(b.Sets, s)
	switch {
	case g.Name == "keep" && b.Keep < leastKeep:
		w.c.report(errOutOfRange(s.X, g, "1.s", ""))
	case g.Name == "size" && b.Size < leastSize:
		w.c.report(errOutOfRange(s.X, g, "64.kB", ""))
	case g.Name == "rows" && b.Rows < 1:
		w.c.report(errOutOfRange(s.X, g, "1", ""))
	default:
		return true
	}
	return false
}

// renamed reads `renamed_from`: what waits under the name that the sink had before is
// sent by it.
func (w *wiring) renamed(b *typed.Buffer) {
	a := w.d.block.Attr("renamed_from")
	if a == nil {
		return
	}
	old, _ := w.c.persistConst(a.Expr, types.TString, "`renamed_from`").(string)
	switch other := w.c.decls[old]; {
	case old == "":
	case other != nil:
		w.c.report(errOldBufferTaken(a.Expr.Range(), other))
	default:
		b.RenamedFrom = old
	}
}

func fieldNamed(list []*catalog.Field, name string) *catalog.Field {
	for _, f := range list {
		if f.Name == name {
			return f
		}
	}
	return nil
}
