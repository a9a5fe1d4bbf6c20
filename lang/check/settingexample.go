package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/types"
)

// settingExample is a setting that is missing as it may be pasted: with the names of the
// flow itself where there are any, else as the kind's documentation has it. pasteable
// tells whether it will do as it is.
func (c *checker) settingExample(d *decl, g *catalog.Field) (text string, pasteable bool) {
	switch {
	case g.Role == catalog.RoleThing:
		return c.thingExample(g)
	case g.Tags["claim"] == "gpio":
		return c.pinNobodyHas(), true
	case g.Tags["topic"] == "out":
		return `"house/attic"`, true
	case isWired(g):
		if text := c.wireExample(d, g); text != "" {
			return text, true
		}
	}
	w, ok := writtenAs(d.kind, g.Name)
	if ok && strings.Count(w.text, "\n") < 8 {
		return w.text, g.Role == catalog.RoleTypeOf || !slices.ContainsFunc(w.names, func(n string) bool { return !c.meaningful(n) })
	}
	if g.Role == catalog.RoleEventTime {
		return "at", false
	}
	if g.Role == catalog.RoleSetting && g.Type != nil {
		switch t := c.fieldType(g, nil); t.Kind {
		case types.Duration:
			return "10.min", true
		case types.Enum:
			return t.Values[0], true
		}
	}
	return "…", false
}

// meaningful reports whether a name means something in any flow, or in this one.
func (c *checker) meaningful(name string) bool {
	return slices.Contains(reserved, name) || c.lookup(name) != nil
}

// thingExample is a thing that a setting refers to: one of the flow, or one to declare.
func (c *checker) thingExample(g *catalog.Field) (text string, pasteable bool) {
	for _, d := range c.order {
		if d.sort == sortThing && d.kind != nil && contains(g.Kinds, d.kind.Name) {
			return d.name + aTable(d, g), true
		}
	}
	return "…", false
}

// declaredExample is a connection for a thing whose flow has none, as its own
// documentation declares it, with its name.
func (c *checker) declaredExample(g *catalog.Field) (name, block string) {
	if len(g.Kinds) == 0 || g.Tags["table"] != "" {
		return "", ""
	}
	k := c.catalog.Kind(g.Kinds[0])
	if k == nil {
		return "", ""
	}
	w, ok := writtenAs(k, "url")
	if !ok || len(w.names) > 0 {
		return "", ""
	}
	for _, name := range []string{"home", "server", "my_" + k.Name} {
		if c.decls[name] == nil {
			return name, k.Name + " " + name + " {\n  url = " + w.text + "\n}"
		}
	}
	return "", ""
}

// payloadAsShot is what stands in `payload = …` where it is what should be sent: nil
// where it says how that is spelled.
func payloadAsShot(d *decl, g *catalog.Field) *syntax.Attr {
	form := fieldOfRole(d.kind, catalog.RoleForm)
	if form == nil || g.Role != catalog.RoleShot || g.Name == form.Name {
		return nil
	}
	a := d.block.Attr(form.Name)
	if a == nil {
		return nil
	}
	if call, ok := a.Expr.(*hclsyntax.FunctionCallExpr); ok && call.Name == "words" {
		return nil
	}
	return a
}

// isWired reports whether a setting follows something.
func isWired(g *catalog.Field) bool {
	switch g.Role {
	case catalog.RoleDrive, catalog.RoleLevel, catalog.RoleShot, catalog.RoleShow:
		return true
	}
	return false
}

// wireExample is something of the flow that a setting may follow, "" where there is
// nothing.
func (c *checker) wireExample(d *decl, g *catalog.Field) string {
	for _, from := range c.order {
		if from.sort != sortThing || from == d || from.kind == nil || from.thing == nil {
			continue
		}
		for _, o := range from.kind.Fields {
			if text := followable(from, o, g); text != "" {
				return text
			}
		}
	}
	return ""
}

// followable is an output of a thing where a setting may follow it: a switch for what is
// switched, a reading for what is sent.
func followable(from *decl, o, g *catalog.Field) string {
	switched := g.Role == catalog.RoleDrive || g.Role == catalog.RoleLevel
	isBool := o.Type != nil && o.Type.Name == "bool"
	keyed := from.thing.Key.Keyed()
	switch {
	case keyed, o.Name == "wanted", o.Name == "connected":
	case switched && g.Type != nil && g.Type.Name == "bool" && isBool && o.Role == catalog.RoleValue:
		return from.name + "." + o.Name
	case !switched && o.Role == catalog.RoleSelf && from.self != nil && from.self.Kind != types.Bad && takesAnything[g.Name] && !answers(from.kind):
		return from.name
	}
	return ""
}

// takesAnything are the inputs that take whatever comes.
var takesAnything = map[string]bool{"send": true, "show": true, "body": true}

// pinNobodyHas is a pin that nothing of the flow has; all of these are low while a board
// starts.
func (c *checker) pinNobodyHas() string {
	taken := map[string]bool{}
	for _, d := range c.order {
		if d.block == nil {
			continue
		}
		for _, a := range d.block.Attrs {
			taken[c.src(a.Expr.Range())] = true
		}
	}
	for _, pin := range []string{"17", "27", "22", "23", "24", "25", "16", "20", "21", "26", "13", "12"} {
		if !taken[pin] {
			return pin
		}
	}
	return "17"
}
