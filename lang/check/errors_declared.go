package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/types"
	"flowc/rt/unit"
)

func errObjectKey(r rangeT) *diag.Diagnostic {
	f := finding("E0202", "This cannot be a name of a field", r, "a name is needed here")
	f.Hint = "field names are written as they are: `{ temperature = … }`. For names that are worked out, use a map: `{for x in xs : x.name => x}`."
	return f
}

func errKeyTwice(name string, r, first rangeT) *diag.Diagnostic {
	f := finding("E0103", "This is here twice", r, fmt.Sprintf("`%s` again", name))
	also(f, first, "the first one")
	return f
}

func (c *checker) errExtraField(want *types.Type, name string, r rangeT) *diag.Diagnostic {
	f := finding("E0203", "There is no such field", r, fmt.Sprintf("%s has no `%s`", want.Say(), name))
	also(f, want.Origin.Range, "declared here")
	var names []string
	for _, g := range want.Fields {
		names = append(names, g.Name)
	}
	didYouMean(f, name, names, r)
	return f
}

func errMissingField(want *types.Type, g types.Field, r rangeT) *diag.Diagnostic {
	f := finding("E0203", "A field is missing", r, fmt.Sprintf("there is no `%s` here", g.Name))
	also(f, g.Range, "declared here")
	f.Hint = fmt.Sprintf("add `%s = …` (%s).", g.Name, g.Type.Say())
	return f
}

func (c *checker) errNotAType(e hclsyntax.Expression) *diag.Diagnostic {
	f := finding("E0201", "A type is needed here", e.Range(), "this is not a type")
	if text := c.src(c.unquoted(e.Range())); text != c.src(e.Range()) && (typeWords[text] != "" || unitType(text) != nil || plainTypes[text] != nil) {
		if word := typeWords[text]; word != "" {
			text = word
		}
		f.Hint = fmt.Sprintf("types are written without quotes: `%s`.", text)
		replace(f, e.Range(), text)
		return f
	}
	f.Hint, f.Example = "say what the data looks like:", typesThereAre()
	return f
}

func (c *checker) errUnknownType(name string, r rangeT) *diag.Diagnostic {
	f := finding("E0201", "There is no such type", r, fmt.Sprintf("no type or unit is called `%s`", name))
	if name == "duration" {
		f.Subject.Label = "in which unit does the number come?"
		f.Hint = "say what one means: `ms`, `s`, `min`, `h` or `d`."
		return f
	}
	if word := typeWords[strings.ToLower(name)]; word != "" {
		f.Hint = fmt.Sprintf("did you mean `%s`?", word)
		replace(f, r, word)
		return f
	}
	if units := unitsThatMeasure(name); len(units) > 0 {
		f.Hint = fmt.Sprintf("the type of what is measured is the unit that the number comes in: %s.", strings.Join(units, " or "))
		return f
	}
	c.suggestUnit(f, name, r)
	if f.Hint != "" {
		return f
	}
	names := keysOf(plainTypes)
	names = append(names, c.names(func(d *decl) bool { return d.sort == sortType || d.sort == sortEnum })...)
	if !didYouMean(f, name, append(names, unitNames()...), r) {
		f.Hint, f.Example = "say what the data looks like:", typesThereAre()
	}
	return f
}

// unitsThatMeasure are units of a dimension by its name, the most usual first: C, F and K
// of temperature.
func unitsThatMeasure(name string) []string {
	var units []string
	for _, u := range unit.All() {
		words := strings.Fields(u.Label)
		if strings.EqualFold(strings.Join(words[min(1, len(words)):], "_"), name) && len(units) < 4 {
			units = append(units, "`"+u.Name+"`")
		}
	}
	return units
}

// typesThereAre shows how the types of data are written.
func typesThereAre() string {
	return rows(
		"{ temperature = C, note = optional(string) }", "a record",
		"C, pct, V, lux, W …", "a number in a unit",
		"number, int, string, bool, time, date", "",
		"list(T), map(T), optional(T)", "",
	)
}

// typeWords are other languages' names of types.
var typeWords = map[string]string{
	"float": "number", "double": "number", "real": "number", "decimal": "number", "numeric": "number",
	"integer": "int", "bigint": "int", "serial": "int", "boolean": "bool", "str": "string", "text": "string", "varchar": "string", "char": "string",
	"humidity": "pct", "moisture": "pct", "switch": "bool", "timestamp": "time", "datetime": "time", "timestamptz": "time", "blob": "bytes", "bytea": "bytes", "array": "list(…)", "object": "{ … }",
}

func errTypeCircle(d *decl) *diag.Diagnostic {
	f := finding("E0201", "This type contains itself", d.at, "a record inside the same record has no end")
	return f
}

func errEmptyType(d *decl) *diag.Diagnostic {
	f := finding("E0201", "This type has no fields", d.at, "nothing is declared in it")
	f.Hint = "add fields: `temperature = C`."
	return f
}

func errEnumValues(d *decl) *diag.Diagnostic {
	f := finding("E0201", "What are the choices?", d.at, "an enumeration lists its members")
	f.Hint = "write `values = [eco, comfort]`."
	return f
}

func (c *checker) errEnumMember(r rangeT) *diag.Diagnostic {
	f := finding("E0201", "This cannot be a member", r, "a name is needed here")
	f.Hint = "members are written without quotes: `values = [eco, comfort]`."
	if name := c.src(c.unquoted(r)); name != c.src(r) && hclsyntax.ValidIdentifier(name) {
		f.Hint = fmt.Sprintf("members are written without quotes: `%s`.", name)
		replace(f, r, name)
	}
	return f
}

func errTypeArgs(e *hclsyntax.FunctionCallExpr, signature string) *diag.Diagnostic {
	f := finding("E0201", "This is written differently", e.Range(), "")
	f.Hint = fmt.Sprintf("write `%s`.", signature)
	return f
}

func (c *checker) errUnknownTypeCall(e *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	f := finding("E0201", "There is no such type", e.NameRange, fmt.Sprintf("`%s(…)` is no type", e.Name))
	if e.Name == "named" {
		f.Subject.Label = "`named` stands at a field"
		return f
	}
	didYouMean(f, e.Name, []string{"optional", "list", "map", "named", "scaled", "string_as", "words", "epoch"}, e.NameRange)
	return f
}

func errTwiceOptional(e *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	return finding("E0201", "Once is enough", e.Range(), "what may be missing cannot be missing twice")
}

func errTextType(a *syntax.Attr, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "Plain text holds one thing", a.Expr.Range(), "this is "+t.Say())
	f.Hint = "with several fields in one message, the sender writes JSON: use `json = …`."
	return f
}

// errPayloadType is a form in which an actuator cannot be told what to do.
func errPayloadType(a *syntax.Attr, t *types.Type, isSwitch bool) *diag.Diagnostic {
	f := finding("E0201", "A command holds one thing", a.Expr.Range(), "this is "+t.Say())
	if isSwitch {
		f.Why = "A switch is told on or off, in words of its own if need be."
		f.Hint, f.Example = "write", `payload = words({ on = "ON", off = "OFF" })`
		return f
	}
	f.Why = "A level is told as a bare number."
	f.Hint, f.Example = "say what the number measures", "payload = pct"
	return f
}

func errTwoPayloads(a, first *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "A message comes in one form", a.NameRange, fmt.Sprintf("and `%s` too?", a.Name))
	also(f, first.NameRange, fmt.Sprintf("`%s` says what comes in", first.Name))
	f.Hint = "keep one of the two."
	return f
}
