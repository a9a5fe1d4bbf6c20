package check

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/catalog"
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
		}
	}
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
	case known != nil && (dotted || topic || m[2] >= 0) && hasValue(known):
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
