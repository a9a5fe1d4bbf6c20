package check

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errMissingSetting is a setting that must be given.
func (c *checker) errMissingSetting(d *decl, g *catalog.Field) *diag.Diagnostic {
	switch g.Tags["code"] {
	case "E0801":
		return errNoSafe(d)
	case "E0803":
		return errNoMaxOn(d)
	}
	if a := payloadAsShot(d, g); a != nil {
		f := finding("E0101", "This is called otherwise", a.NameRange, fmt.Sprintf("what is sent is `%s`", g.Name))
		f.Why = fmt.Sprintf("`%s` only says how a switch or a choice is spelled: `%s = words({ on = \"ON\", off = \"OFF\" })`.", a.Name, a.Name)
		f.Hint = fmt.Sprintf("did you mean `%s`?", g.Name)
		replace(f, a.NameRange, g.Name)
		return f
	}
	if m := c.missing[d.at]; m != nil { // several that are missing are one mistake
		c.missesToo(m, d, g)
		return nil
	}
	m := &missingSettings{f: finding("E0108", "A setting is missing", d.at, "")}
	if c.missing == nil {
		c.missing = map[rangeT]*missingSettings{}
	}
	c.missing[d.at] = m
	c.missesToo(m, d, g)
	return m.f
}

// missingSettings is what is told of the settings that one thing misses.
type missingSettings struct {
	f            *diag.Diagnostic
	names, lines []string
	// declared are things that the lines refer to and that the flow does not have.
	declared []string
	example  bool
}

// missesToo adds one to them.
func (c *checker) missesToo(m *missingSettings, d *decl, g *catalog.Field) {
	if contains(m.names, g.Name) {
		return // of another instance
	}
	m.names = append(m.names, g.Name)
	text, pasteable := c.settingExample(d, g)
	if text == "…" && g.Role == catalog.RoleThing {
		if name, block := c.declaredExample(g); block != "" {
			text, pasteable = name, true
			m.declared = append(m.declared, block)
		}
	}
	m.example = m.example || !pasteable
	m.lines = append(m.lines, g.Name, text)
	f := m.f
	f.Subject.Label = fmt.Sprintf("%s needs %s", article(d.kind.Name), listed(m.names))
	if len(m.names) > 1 {
		f.Summary, f.Why = "Settings are missing", strings.TrimSuffix(f.Why, "\n")+"\n"
	}
	if s := firstSentence(g.Doc); s != "" {
		f.Why += upperFirst(s) + "."
	}
	f.Hint = "add"
	if m.example {
		f.Hint = "add, for example,"
	}
	f.Example = alignedSettings(m.lines)
	for _, block := range m.declared {
		f.Example += "\n\n" + block
	}
}

// alignedSettings writes names and values as a block has them.
func alignedSettings(pairs []string) string {
	width := 0
	for n := 0; n < len(pairs); n += 2 {
		width = max(width, len(pairs[n]))
	}
	var lines []string
	for n := 0; n < len(pairs); n += 2 {
		lines = append(lines, fmt.Sprintf("%-*s = %s", width, pairs[n], pairs[n+1]))
	}
	return strings.Join(lines, "\n")
}

// errNeedsSetting is something that exists only with a setting that was not given.
func (c *checker) errNeedsSetting(d *decl, g *catalog.Field, at rangeT, what string) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", at, fmt.Sprintf("%s is there only with `%s`", what, g.Name))
	also(f, d.at, fmt.Sprintf("`%s` does not say it", d.name))
	if s := firstSentence(g.Doc); s != "" {
		f.Why = upperFirst(s) + "."
	}
	f.Hint = fmt.Sprintf("add to `%s`", d.name)
	text, pasteable := c.settingExample(d, g)
	if !pasteable {
		f.Hint += ", for example,"
	}
	f.Example = fmt.Sprintf("%s = %s", g.Name, text)
	return f
}

// aTable is the first table of a database where a setting takes one.
func aTable(d *decl, g *catalog.Field) string {
	if g.Tags["table"] == "" || d.block == nil {
		return ""
	}
	for _, b := range d.block.Blocks {
		if len(b.Labels) == 1 {
			return "." + b.Labels[0].Text
		}
	}
	return ""
}

func errNoSafe(d *decl) *diag.Diagnostic {
	kind := d.kind.Name
	f := finding("E0801", "What should happen when things go wrong?", d.at, fmt.Sprintf("%s must say which state is safe", article(kind)))
	f.Why = fmt.Sprintf("When a sensor falls silent, the program stops or the Pi restarts, the %s goes to its safe state and stays there until everything it depends on is known again.", kind)
	f.Hint = "for most things that heat, pump or move:"
	f.Example = "safe = off"
	if t := d.thing.Param; t != nil && t.Kind != types.Bool {
		f.Hint = "say which level it has then:"
		f.Example = "safe = " + strings.TrimSuffix("0."+t.Unit.Name, ".")
	}
	return f
}

func errNoMaxOn(d *decl) *diag.Diagnostic {
	kind := d.kind.Name
	f := finding("E0803", "How long may this run at most?", d.at, fmt.Sprintf("%s must say how long it may run at a time", article(kind)))
	f.Why = fmt.Sprintf("If the logic is wrong or a sensor lies, `max_on` is what ends it: after that time the %s is switched off, whatever the flow wants.", kind)
	f.Hint = "a little more than the longest run that is right:"
	f.Example = "max_on = 10.min"
	return f
}

func errMaxOnSafe(d *decl, maxOn, safe *syntax.Attr) *diag.Diagnostic {
	f := finding("E0803", "These two cannot both be kept", maxOn.NameRange, "and it may not be on for long")
	if safe != nil {
		also(f, safe.Range, "safe is on")
	}
	f.Why = fmt.Sprintf("When what `%s` follows is not ready it goes to its safe state, which would be on, without an end.", d.name)
	f.Hint = "make `safe = off`, or leave out `max_on`."
	return f
}

func errMissingInBlock(b *syntax.Block, g *catalog.Field) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", b.KindRange, fmt.Sprintf("`%s` needs `%s`", b.Kind, g.Name))
	f.Hint = fmt.Sprintf("add `%s = …`.", g.Name)
	return f
}

func errOutOfRange(x typed.Expr, g *catalog.Field, low, high string) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "")
	switch {
	case low == "":
		f.Subject.Label = fmt.Sprintf("`%s` is at most %s", g.Name, high)
	case high == "":
		f.Subject.Label = fmt.Sprintf("`%s` is at least %s", g.Name, low)
	default:
		f.Subject.Label = fmt.Sprintf("`%s` is between %s and %s", g.Name, low, high)
	}
	return f
}

// errWantsThing is something else where the name of a thing belongs.
func (c *checker) errWantsThing(g *catalog.Field, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "The name of a thing is needed here", a.Expr.Range(), fmt.Sprintf("this is not the name of %s", article(strings.Join(g.Kinds, " or "))))
	names := c.thingsOf(g.Kinds)
	if text := strings.Trim(c.src(a.Expr.Range()), `"`); contains(names, text) {
		f.Hint = "write it without quotes."
		replace(f, a.Expr.Range(), text)
		return f
	}
	c.hintThings(f, g, names)
	return f
}

func (c *checker) thingsOf(kinds []string) []string {
	return c.names(func(d *decl) bool { return d.sort == sortThing && d.kind != nil && contains(kinds, d.kind.Name) })
}

func (c *checker) hintThings(f *diag.Diagnostic, g *catalog.Field, names []string) {
	if len(names) > 0 {
		f.Hint = fmt.Sprintf("for example `%s = %s`.", g.Name, names[0])
	} else if name, block := c.declaredExample(g); block != "" {
		f.Hint = "declare one, and write its name here:"
		f.Example = fmt.Sprintf("%s = %s\n\n%s", g.Name, name, block)
	} else if len(g.Kinds) > 0 {
		f.Hint = fmt.Sprintf("declare one: `%s home { … }`.", g.Kinds[0])
	}
}

func (c *checker) errNoSuchThing(g *catalog.Field, a *syntax.Attr, name string) *diag.Diagnostic {
	f := finding("E0104", "There is no such name", a.Expr.Range(), fmt.Sprintf("nothing here is called `%s`", name))
	names := c.thingsOf(g.Kinds)
	for _, d := range c.order {
		if g.Tags["table"] == "" || d.block == nil || !contains(names, d.name) {
			continue
		}
		for _, b := range d.block.Blocks {
			if len(b.Labels) == 1 && b.Labels[0].Text == name {
				c.use(d, "", nil)
				also(f, b.Labels[0].Range, fmt.Sprintf("it is a table of `%s`", d.name))
				f.Hint = fmt.Sprintf("write `%s.%s`.", d.name, name)
				replace(f, a.Expr.Range(), d.name+"."+name)
				return f
			}
		}
	}
	if !didYouMean(f, name, names, a.Expr.Range()) {
		c.hintThings(f, g, names)
	}
	return f
}

func (c *checker) errWrongThing(g *catalog.Field, a *syntax.Attr, to *decl) *diag.Diagnostic {
	f := finding("E0202", "This is another kind of thing", a.Expr.Range(), fmt.Sprintf("`%s` takes %s", g.Name, article(strings.Join(g.Kinds, " or "))))
	what := "an equation"
	if to.kind != nil {
		what = article(to.kind.Name)
	} else if to.block != nil {
		what = article(to.block.Kind)
	}
	also(f, to.at, fmt.Sprintf("`%s` is %s", to.name, what))
	c.hintThings(f, g, c.thingsOf(g.Kinds))
	return f
}

func errSettingType(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, "what type has it?")
	f.Hint = "add"
	f.Example = "type = duration"
	return f
}

func errSettingSort(d *decl, t *types.Type) *diag.Diagnostic {
	a := d.block.Attr("type")
	r := d.at
	if a != nil {
		r = a.Expr.Range()
	}
	f := finding("E0201", "A setting cannot be this", r, "this is "+t.Say())
	f.Why = "A setting is read from one line of text: a switch, a number, a quantity, a duration, a text or one of several choices."
	return f
}

func errSettingRange(d *decl, t *types.Type, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "This is not a range", a.Expr.Range(), "the lowest and the highest value are needed, in this order")
	low, high := exampleOf(t), exampleOf(t)
	switch u := unitNameOf(t); {
	case t.Kind == types.Duration:
		low, high = "1.s", "1.h"
	case u != "":
		low, high = "10."+u, "90."+u
	case t.Kind == types.Int || t.Kind == types.Number:
		low, high = "0", "100"
	}
	f.Hint = fmt.Sprintf("write `range = [%s, %s]`.", low, high)
	return f
}

func errDefaultOutside(d *decl, def, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", def.Expr.Range(), "the default is not allowed")
	also(f, a.Expr.Range(), "this is what is allowed")
	f.Hint = "take one from the range, or make the range wider."
	return f
}

// errEnvTaken is a variable that two settings would read.
func errEnvTaken(d, first *decl) *diag.Diagnostic {
	f := finding("E0103", "Two settings read one variable", envPlace(d), fmt.Sprintf("`%s` would read `%s`", d.name, d.setting.Env))
	also(f, envPlace(first), fmt.Sprintf("`%s` reads it already", first.name))
	f.Why = "Who starts the program could not give each its own."
	f.Hint = "name another variable, or use one setting in both places."
	return f
}

// envPlace is where a setting says its variable: by `env`, or by its name.
func envPlace(d *decl) rangeT {
	if a := d.block.Attr("env"); a != nil {
		return a.Expr.Range()
	}
	return d.at
}

func errEnvName(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This cannot be a variable", a.Expr.Range(), "the name of an environment variable is needed here, as a constant text")
	f.Hint = "it has letters, digits and `_`: `env = \"POLL_EVERY\"`."
	return f
}

func errEdition(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "There is no such edition", a.Expr.Range(), "this flowc knows edition 1")
	return f
}

func errTopicWildcard(a *syntax.Attr, topic string) *diag.Diagnostic {
	f := finding("E0213", "A message goes to one topic", a.Expr.Range(), "`+` and `#` are for listening")
	f.Hint = "write the whole topic. To send to a topic for each key, put it in: `\"garden/${x.bed}/water\"`."
	return f
}

func errTopicEmpty(a *syntax.Attr) *diag.Diagnostic {
	return finding("E0213", "This topic is empty", a.Expr.Range(), "a topic has at least one level")
}

func errCapture(a *syntax.Attr, pattern, level string) *diag.Diagnostic {
	f := finding("E0213", "This cannot be captured", a.Expr.Range(), fmt.Sprintf("`%s` is not one whole level with a name of its own", level))
	f.Why = "A capture in braces stands for exactly one level between slashes, and each has another name: `garden/{bed}/soil`."
	if name := strings.Trim(level, "{} "); isName(name) && level != "{"+name+"}" {
		levelFix(f, a, pattern, level, "{"+name+"}")
	}
	return f
}

// errPattern is a topic on which no broker lets anybody listen.
func errPattern(a *syntax.Attr, pattern, why string) *diag.Diagnostic {
	f := finding("E0213", "Nothing can be heard on this topic", a.Expr.Range(), why)
	levels := strings.Split(pattern, "/")
	for n, level := range levels {
		switch {
		case level == "#" && n < len(levels)-1, strings.Contains(level, "+") && level != "+":
			levelFix(f, a, pattern, level, "+")
		case strings.HasSuffix(level, "#") && level != "#" && n == len(levels)-1 && strings.Count(level, "#") == 1:
			levelFix(f, a, pattern, level, strings.TrimSuffix(level, "#")+"/#")
		default:
			continue
		}
		break
	}
	return f
}

// levelFix writes one level of a topic in another way.
func levelFix(f *diag.Diagnostic, a *syntax.Attr, pattern, level, right string) {
	levels := strings.Split(pattern, "/")
	levels[slices.Index(levels, level)] = right
	whole := strings.Join(levels, "/")
	f.Hint = fmt.Sprintf("did you mean `\"%s\"`?", whole)
	if _, literal := quotedText(a.Expr); literal {
		replace(f, a.Expr.Range(), `"`+whole+`"`)
	}
}

func errKeysForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This is written differently", a.Expr.Range(), "the types of captures are needed here")
	f.Hint = "write `keys = { bed = int }`."
	return f
}

func errNoCapture(r rangeT, name string, names []string, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0203", "There is no such capture", r, fmt.Sprintf("the topic has no `{%s}`", name))
	if len(names) > 0 && !didYouMean(f, name, names, r) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

func errKeyType(r rangeT, name string, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "A key cannot be this", r, "this is "+t.Say())
	f.Hint = "a key is `string`, `int` or an enumeration."
	return f
}

// errFieldTaken is a declared field that would be hidden.
func errFieldTaken(d *decl, g types.Field, capture bool) *diag.Diagnostic {
	f := finding("E0103", "This name is taken", g.Range, fmt.Sprintf("`%s.%s` would have two meanings", d.name, g.Name))
	f.Why = fmt.Sprintf("Every occurrence has `.%s`, the moment it happened.", g.Name)
	switch {
	case capture:
		f.Why = fmt.Sprintf("`{%s}` in the topic gives `%s` a field of that name.", g.Name, d.name)
	case g.Name == "meta":
		f.Why = "What is known of the transport is under `.meta`."
	}
	f.Hint = "give the field a name of its own, and say what it is called outside:"
	f.Example = fmt.Sprintf("sent_%s = named(\"%s\", %s)", g.Name, g.Name, g.Type.String())
	return f
}

func errManyParts(x, k typed.Expr, names []string) *diag.Diagnostic {
	f := finding("E0503", "This key has several parts", k.Base().Range, "one of them is not enough")
	f.Why = fmt.Sprintf("The wire is there once for every %s.", listed(names))
	f.Hint = "say them all:"
	f.Example = fmt.Sprintf("%s[{ %s }]", x.Base().Text, keyExample(names))
	return f
}

// keyExample is `room = "…", dev = "…"`.
func keyExample(names []string) string {
	var parts []string
	for _, n := range names {
		parts = append(parts, n+" = \"…\"")
	}
	return strings.Join(parts, ", ")
}

// errNoKeyPart is a part of a key that the wire does not have.
func (c *checker) errNoKeyPart(x typed.Expr, name string, names []string, at rangeT) *diag.Diagnostic {
	f := finding("E0503", "This is no part of the key", at, fmt.Sprintf("the wire is not there once for every `%s`", name))
	f.Why = fmt.Sprintf("The wire is there once for every %s.", listed(names))
	if !didYouMean(f, name, names, at) {
		f.Hint = "write:"
		f.Example = fmt.Sprintf("%s[{ %s }]", x.Base().Text, keyExample(names))
	}
	return f
}

// errStaleEvent is `stale` at a source that only happens.
func errStaleEvent(d *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "What only happens does not go stale", a.NameRange, fmt.Sprintf("`%s` is a command: it is nothing between two", d.name))
	f.Hint = "leave it out. To know that nothing came for a while: `since(" + d.name + ") > 2.h`."
	return f
}

// errForgetsEarly is a key that would be forgotten before it is stale.
func errForgetsEarly(d *decl, forget, stale *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "This would be forgotten too early", forget.Expr.Range(), "and is forgotten after this")
	also(f, stale.Expr.Range(), "what is silent counts for so long")
	f.Hint = fmt.Sprintf("`%s` is at least `%s`.", forget.Name, stale.Name)
	return f
}

// errNoRange is a range of what is not measured.
func errNoRange(d *decl, t *types.Type, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "This has no range", a.NameRange, fmt.Sprintf("`%s` is %s", d.name, t.Say()))
	f.Why = "A range bounds numbers, quantities and durations."
	return f
}
