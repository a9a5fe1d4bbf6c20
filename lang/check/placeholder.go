package check

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
)

// placeholder is how other programs put a value into a text: {{soil.moisture}},
// {soil.moisture} and $soil.moisture. A dollar before a brace is the flow's own, or was
// doubled on purpose.
var placeholder = regexp.MustCompile(`\{\{ *([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*) *\}\}|(?:^|[^$])(\{[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*\})|\$([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)`)

// placeholders warns of texts with a value put in as another program would have it: it
// would be sent as it stands. What the flow has no name for is somebody else's, such as
// a template for the receiver.
func (c *checker) placeholders() {
	for _, d := range c.order {
		switch {
		case d.sort == sortEquation && d.attr != nil:
			c.placeholdersIn(d, d.attr.Expr, nil)
		case d.sort == sortThing && d.block != nil && d.kind != nil:
			for _, a := range d.block.Attrs {
				f := settingField(d.kind, a.Name)
				if f == nil || f.Role == catalog.RolePattern || f.Role == catalog.RolePath || f.Role == catalog.RoleParser {
					continue // braces have a meaning there
				}
				c.placeholdersIn(d, a.Expr, f)
			}
			c.placeholdersBelow(d)
		case (d.sort == sortState || d.sort == sortSequence) && d.block != nil:
			for _, a := range d.block.Attrs {
				c.placeholdersIn(d, a.Expr, nil)
			}
			c.placeholdersBelow(d)
		}
	}
	for _, d := range c.functionOrder {
		for _, a := range d.block.Attrs {
			c.placeholdersIn(d, a.Expr, nil)
		}
	}
}

// placeholdersBelow looks at the blocks in a block.
func (c *checker) placeholdersBelow(d *decl) {
	for _, b := range d.block.Blocks {
		syntaxAttrs(b, func(a *syntax.Attr) { c.placeholdersIn(d, a.Expr, nil) })
	}
}

// placedIn reports whether a text of a function means to put in what has this name.
func (c *checker) placedIn(d *decl, name string) bool {
	for _, m := range placeholder.FindAllStringSubmatch(c.src(d.whole()), -1) {
		if root, _, _ := strings.Cut(m[1], "."); root == name {
			return true
		}
	}
	return false
}

// isLocalOf reports whether a name is one of a function: of a parameter, or of what it
// works out on the way.
func isLocalOf(d *decl, name string) bool {
	if d.sort != sortFunction || d.block == nil {
		return false
	}
	params := d.block.Attr("params")
	if params != nil {
		if o, ok := params.Expr.(*hclsyntax.ObjectConsExpr); ok {
			for _, item := range o.Items {
				if hcl.ExprAsKeyword(item.KeyExpr) == name {
					return true
				}
			}
		}
	}
	return name != "params" && name != "result" && name != "returns" && d.block.Attr(name) != nil
}

// placeholdersIn looks at every text of an expression.
func (c *checker) placeholdersIn(d *decl, e hclsyntax.Expression, f *catalog.Field) {
	hclsyntax.VisitAll(e, func(n hclsyntax.Node) (none hcl.Diagnostics) {
		lit, ok := n.(*hclsyntax.LiteralValueExpr)
		if !ok || lit.Val.Type() != cty.String || lit.Val.IsNull() {
			return none
		}
		written := c.src(lit.SrcRange)
		for _, m := range placeholder.FindAllStringSubmatchIndex(written, -1) {
			c.placeholder(d, f, lit.SrcRange, written, m)
		}
		return none
	})
}

// placeholder tells of one that names something of the flow; in a topic that is sent to,
// also of one that names a capture.
func (c *checker) placeholder(d *decl, f *catalog.Field, r rangeT, written string, m []int) {
	from, to := m[0], m[1]
	var path string
	switch {
	case m[2] >= 0:
		path = written[m[2]:m[3]]
	case m[4] >= 0:
		from, to = m[4], m[5]
		path = written[from+1 : to-1]
	default:
		path = written[m[6]:m[7]]
	}
	at := r
	at.Start = advanced(r.Start, written[:from])
	at.End = advanced(at.Start, written[from:to])
	root, _, dotted := strings.Cut(path, ".")
	known := c.means(d, root)
	topic := f != nil && f.Tags["topic"] == "out"
	switch {
	case isLocalOf(d, root) && (dotted || m[2] >= 0):
		c.report(errPlaceholder(at, written[from:to], path))
	case known != nil && (dotted || topic || m[2] >= 0) && hasValue(known):
		c.putIn = append(c.putIn, known)
		c.report(errPlaceholder(at, written[from:to], path))
	case topic && !dotted:
		c.report(errTopicCapture(at, written[from:to], path, c.capturedBy(d, path)))
	}
}

// hasValue reports whether a name can stand for a value.
func hasValue(d *decl) bool {
	switch d.sort {
	case sortEquation, sortThing, sortSetting, sortInstance, sortState, sortSequence:
		return true
	}
	return false
}

// capturedBy is the source that a thing reads by name and that captures a level under
// this name, nil if there is none or more than one.
func (c *checker) capturedBy(d *decl, name string) (source *decl) {
	for _, a := range d.block.Attrs {
		for _, v := range a.Expr.Variables() {
			from := c.means(d, v.RootName())
			if from == nil || from.thing == nil || from == source {
				continue
			}
			for _, k := range from.thing.Captures {
				if k.Name != name {
					continue
				}
				if source != nil {
					return nil
				}
				source = from
			}
		}
	}
	return source
}

// valueAsCapture is a name of nothing that is put into what is listened to, as in
// "garden/${bed}/soil", with its place; "" where there is none.
func (c *checker) valueAsCapture(e hclsyntax.Expression) (name string, at rangeT) {
	var parts []hclsyntax.Expression
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		parts = e.Parts
	case *hclsyntax.TemplateWrapExpr:
		parts = []hclsyntax.Expression{e.Wrapped}
	}
	for _, p := range parts {
		if word := hcl.ExprAsKeyword(p); word != "" && c.lookup(word) == nil && c.scope.locals.find(word) == nil && isName(word) {
			return word, p.Range()
		}
	}
	return "", rangeT{}
}

// before is the place n characters of one byte before another.
func before(p hcl.Pos, n int) hcl.Pos {
	p.Byte, p.Column = p.Byte-n, p.Column-n
	return p
}
