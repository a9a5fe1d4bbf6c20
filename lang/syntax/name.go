package syntax

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// validName is what a thing or an equation may be called.
var validName = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// programName makes a valid name of a folder's or file's name.
func programName(path string) string {
	base := strings.TrimSuffix(filepath.Base(filepath.ToSlash(path)), ".hcl")
	name := snake(base)
	switch {
	case strings.Trim(name, "_") == "":
		return "flow"
	case unicode.IsDigit(rune(name[0])):
		return "flow_" + name
	}
	return name
}

// snake writes text in small letters, digits and _, as names are written.
func snake(text string) string {
	var b strings.Builder
	small := false // the letter before was a small one
	for _, r := range text {
		plain, known := plainLetters[unicode.ToLower(r)]
		switch {
		case known:
			b.WriteString(plain)
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if unicode.IsUpper(r) && small {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte('_')
		}
		small = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	return b.String()
}

var plainLetters = map[rune]string{
	'ä': "ae", 'ö': "oe", 'ü': "ue", 'ß': "ss", 'é': "e", 'è': "e", 'ê': "e", 'ë': "e", 'à': "a", 'á': "a", 'â': "a",
	'å': "aa", 'æ': "ae", 'ø': "oe", 'ç': "c", 'ñ': "n", 'í': "i", 'î': "i", 'ï': "i", 'ó': "o", 'ô': "o", 'ú': "u", 'û': "u",
}

// hasFreeLabel tells whether a block's label is a sentence for people and no name.
func hasFreeLabel(kind string) bool { return kind == "test" || kind == "invariant" }

// checkNames finds names that cannot be names: HCL allows more than flows do.
func checkNames(p *Program) diag.List {
	c := nameCheck{declared: map[string]bool{}, sources: p.Sources()}
	for _, a := range p.Equations {
		c.declared[a.Name] = true
	}
	for _, b := range p.Blocks {
		c.declared[b.Name()] = true
	}
	for _, a := range p.Equations {
		c.name(a.Name, a.NameRange, a.Name)
		c.expression(a.Expr)
	}
	for _, b := range p.Blocks {
		c.block(b, true)
	}
	return c.found
}

type nameCheck struct {
	declared map[string]bool
	sources  map[string][]byte
	found    diag.List
}

func (c *nameCheck) block(b *Block, top bool) {
	c.dash(b.Kind, b.KindRange)
	c.labels(b)
	for _, a := range b.Attrs {
		c.dash(a.Name, a.NameRange)
		c.expression(a.Expr)
	}
	for _, inner := range b.Blocks {
		c.block(inner, false)
	}
}

func (c *nameCheck) labels(b *Block) {
	if len(b.Labels) > 1 {
		c.found = append(c.found, twoNames(b))
		return
	}
	if len(b.Labels) == 0 || hasFreeLabel(b.Kind) {
		return
	}
	l := b.Labels[0]
	written := l.Text
	if l.Quoted {
		written = `"` + l.Text + `"`
	}
	c.name(l.Text, l.Range, written)
}

func twoNames(b *Block) *diag.Diagnostic {
	second := b.Labels[1]
	d := syntaxError("A thing has one name", second.Range, "this is a second one")
	d.Related = []diag.Span{{Range: b.Labels[0].Range, Label: "the first name"}}
	first := b.Labels[0]
	switch {
	case !validName.MatchString(first.Text) || !validName.MatchString(second.Text):
	case b.Kind == "resource" || b.Kind == "node" || b.Kind == "block" || b.Kind == "data":
		d.Hint = fmt.Sprintf("write `%s %s { … }`.", first.Text, second.Text)
	default:
		d.Hint = fmt.Sprintf("join two of the words with `_`: `%s_%s %s { … }` or `%s %s_%s { … }`.",
			b.Kind, first.Text, second.Text, b.Kind, first.Text, second.Text)
	}
	return d
}

// name refuses what is no name; written is how it stands in the source.
func (c *nameCheck) name(name string, r hcl.Range, written string) {
	if validName.MatchString(name) {
		return
	}
	if isDashed(name) {
		c.dash(name, r)
		return
	}
	d := &diag.Diagnostic{
		Code:    "E0102",
		Summary: "This cannot be a name",
		Subject: diag.Span{Range: r, Label: "names have small letters, digits and `_`"},
	}
	if better := snake(name); validName.MatchString(better) && strings.Trim(better, "_") != "" {
		d.Hint = fmt.Sprintf("call it `%s`.", better)
		if written != "" {
			d.Fix = []diag.Edit{{Range: r, Text: better}}
		}
	}
	c.found = append(c.found, d)
}

// isDashed tells whether only dashes keep text from being a name for HCL.
func isDashed(name string) bool {
	return strings.Contains(name, "-") && hclsyntax.ValidIdentifier(name)
}

// dash refuses a dash where a name is given.
func (c *nameCheck) dash(name string, r hcl.Range) {
	if !strings.Contains(name, "-") {
		return
	}
	better := strings.ReplaceAll(strings.Trim(name, "-"), "-", "_")
	c.found = append(c.found, &diag.Diagnostic{
		Code:    "E0102",
		Summary: "Names have no dashes",
		Subject: diag.Span{Range: r, Label: "a dash is the minus sign"},
		Hint:    fmt.Sprintf("write `%s`.", better),
		Fix:     []diag.Edit{{Range: r, Text: better}},
	})
}

// expression finds dashes in the references, keys and function names of an expression.
func (c *nameCheck) expression(expr hclsyntax.Expression) {
	// Visiting cannot fail: the function below reports nothing to it.
	_ = hclsyntax.VisitAll(expr, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			c.traversal(n.Traversal, n.Range(), false)
		case *hclsyntax.RelativeTraversalExpr:
			_, unit := n.Source.(*hclsyntax.LiteralValueExpr)
			c.traversal(n.Traversal, n.Range(), unit)
		case *hclsyntax.FunctionCallExpr:
			c.dash(n.Name, n.NameRange)
		case *hclsyntax.ObjectConsExpr:
			for _, entry := range n.Items {
				c.dash(hcl.ExprAsKeyword(entry.KeyExpr), entry.KeyExpr.Range())
			}
		case *hclsyntax.ForExpr:
			c.dash(n.KeyVar, n.Range())
			c.dash(n.ValVar, n.Range())
		}
		return nil
	})
}

// traversal looks at the names of `a.b.c`; whole is its range, unit tells that it begins with a number.
func (c *nameCheck) traversal(steps hcl.Traversal, whole hcl.Range, unit bool) {
	for _, step := range steps {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			c.reference(step.Name, step.SrcRange, whole, false)
		case hcl.TraverseAttr:
			r := step.SrcRange // begins with the dot
			letters := utf8.RuneCountInString(step.Name)
			r.Start = hcl.Pos{Line: r.End.Line, Column: r.End.Column - letters, Byte: r.End.Byte - len(step.Name)}
			c.reference(step.Name, r, whole, unit)
			unit = false
		}
	}
}

// reference asks what a dash in an expression means. It is a minus for certain after a unit (`21.C-2.K`)
// and before a digit, and part of a name if there is something of that name.
func (c *nameCheck) reference(name string, r, whole hcl.Range, unit bool) {
	at := strings.IndexByte(name, '-')
	if at < 0 {
		return
	}
	apart := strings.ReplaceAll(name, "-", " - ")
	underscored := strings.ReplaceAll(name, "-", "_")
	next := name[at+1:]
	minus := unit || next != "" && unicode.IsDigit(rune(next[0]))
	switch {
	case c.declared[name]:
		c.dash(name, r)
		return
	case next == "" || strings.HasSuffix(name, "-"):
		minus = true
		apart = strings.TrimRight(apart, " ")
	}
	d := &diag.Diagnostic{
		Code:    "E0102",
		Summary: "Is this a subtraction?",
		Subject: diag.Span{Range: r, Label: "without spaces this reads as one name"},
	}
	if minus {
		d.Hint = fmt.Sprintf("put spaces around the minus: `%s`.", c.within(whole, r, apart))
		d.Fix = []diag.Edit{{Range: r, Text: apart}}
	} else {
		d.Hint = "write the one you mean:"
		d.Example = fmt.Sprintf("%-20s a subtraction\n%-20s one name", c.within(whole, r, apart), c.within(whole, r, underscored))
	}
	c.found = append(c.found, d)
}

// within is the text of whole with the part at r replaced.
func (c *nameCheck) within(whole, r hcl.Range, text string) string {
	src := c.sources[whole.Filename]
	from, to := whole.Start.Byte, whole.End.Byte
	if from > r.Start.Byte || r.End.Byte > to || to > len(src) || whole.Start.Line != whole.End.Line {
		return text
	}
	return string(src[from:r.Start.Byte]) + text + string(src[r.End.Byte:to])
}
