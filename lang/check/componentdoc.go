package check

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Components are the components that a flow declares or uses, as the reference shows
// them, by their names. What has an error is shown as far as it can be read.
func Components(p *syntax.Program, cat *catalog.Catalog) []*catalog.Component {
	c := newChecker(p, cat)
	c.declare()
	var list []*catalog.Component
	for _, name := range keysOf(c.components) {
		list = append(list, c.componentDoc(c.components[name]))
	}
	return list
}

// componentDoc types a component with what its inputs ask for, since its outputs are
// what comes of them.
func (c *checker) componentDoc(d *decl) *catalog.Component {
	_, given := c.shadow(d, []*decl{d})
	s, in := c.shadowFlow(d, given) // never nil: of two of a name, only the first is here
	s.checkAll()
	of := s.components[d.name].component
	doc := &catalog.Component{Name: d.name, Doc: d.block.Doc, Pos: placeOf(d.at), Calls: instanceCall(of)}
	for _, i := range of.inputs {
		doc.Inputs = append(doc.Inputs, catalog.Port{Name: i.name, Default: s.inputDefault(i), What: s.inputText(i), Doc: s.beside(i.at)})
	}
	for _, a := range of.outputs {
		doc.Outputs = append(doc.Outputs, catalog.Port{Name: a.Name, What: outputText(in.instances, a), Doc: s.beside(a.NameRange)})
	}
	return doc
}

func placeOf(r rangeT) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }

// instanceCall shows an instance with all that it must be given.
func instanceCall(of *component) []string {
	lines := []string{of.d.name + " NAME {"}
	wide := 0
	for _, i := range of.inputs {
		if i.fallback == nil {
			wide = max(wide, len(i.name))
		}
	}
	for _, i := range of.inputs {
		if i.fallback == nil {
			lines = append(lines, fmt.Sprintf("  %-*s = …", wide, i.name))
		}
	}
	if len(lines) == 1 {
		return []string{lines[0] + "}"}
	}
	return append(lines, "}")
}

func (c *checker) inputDefault(i *componentInput) string {
	if i.fallback == nil {
		return "…"
	}
	return c.text(i.fallback.Range())
}

// inputText is "reading of pct", "pin", "a thing: mqtt".
func (c *checker) inputText(i *componentInput) string {
	if i.shape == inputThing {
		return "a thing: " + i.kind
	}
	word := map[inputShape]string{inputValue: "value", inputReading: "reading", inputEvent: "event"}[i.shape]
	switch {
	case i.typ.Kind == types.Bad:
		return strings.TrimSpace(word + " ?")
	case word == "" && keyword(i.expr) == "pin":
		return "pin, constant"
	case word == "":
		return i.typ.String() + ", constant"
	}
	return withType(word, i.typ)
}

// withType is "event" for one that carries nothing, else "event of pct".
func withType(shape string, t *types.Type) string {
	if t.Kind == types.Nothing {
		return shape
	}
	return shape + " of " + t.String()
}

// outputText is the shape and type of an output; "?" where an error hides them.
func outputText(list []*instance, a *syntax.Attr) string {
	var x typed.Expr
	if len(list) > 0 && list[0].outputs[a.Name] != nil {
		x = list[0].outputs[a.Name].x
	}
	if isBad(x) {
		return "?"
	}
	b := x.Base()
	switch b.Shape {
	case types.Event:
		return withType("event", b.Type)
	case types.Reading:
		return withType("reading", b.Type)
	case types.Value:
		return withType("value", b.Type)
	}
	return b.Type.String() + ", constant"
}

// beside is the comment above a line of an object, or at its end.
func (c *checker) beside(at rangeT) string {
	lines := strings.Split(string(c.sources[at.Filename]), "\n")
	n := at.Start.Line - 1
	if n < 0 || n >= len(lines) {
		return ""
	}
	var above []string
	for i := n - 1; i >= 0; i-- {
		text, is := commentText(lines[i])
		if !is {
			break
		}
		above = append(above, text)
	}
	if len(above) > 0 {
		slices.Reverse(above)
		return strings.Join(above, "\n")
	}
	if i := strings.LastIndex(lines[n], " #"); i >= 0 && !strings.Contains(lines[n][i:], "\"") {
		text, _ := commentText(lines[n][i:])
		return text
	}
	return ""
}

// commentText is what a line says that is nothing but a comment.
func commentText(line string) (string, bool) {
	line = strings.TrimSpace(line)
	for _, mark := range []string{"#", "//"} {
		if text, is := strings.CutPrefix(line, mark); is {
			return strings.TrimSpace(text), true
		}
	}
	return "", false
}
