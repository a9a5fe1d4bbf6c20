package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errEventAsValue is an event where something that is is needed. r is where that
// is said, want what should be there.
func (c *checker) errEventAsValue(x typed.Expr, label string, r rangeT, want *types.Type) *diag.Diagnostic {
	text := x.Base().Text
	f := finding("E0501", "An event is not a state", x.Base().Range, "this happens, at single moments")
	if want != nil && want.Kind == types.Bool {
		also(f, r, label+" is a state: at every moment it is on or off")
	} else {
		also(f, r, label+" is a state: at every moment it has a value")
	}
	t := x.Base().Type
	switch {
	case want != nil && want.Kind == types.Bool && t.Kind != types.Bool:
		f.Why = "Between two of them, should it be on or off? Say which:"
		if b := pressWord(text); b != "" {
			f.Why = "Between two presses, should it be on or off? Say which:"
		}
		f.Example = rows(
			fmt.Sprintf("toggle(%s)", text), "flips each time",
			fmt.Sprintf("pulse(%s, 5.s)", text), "on for five seconds each time",
		)
	case t.Kind == types.Nothing:
		f.Why = "It carries nothing that could be kept. Say what should be known of it:"
		f.Example = rows(
			fmt.Sprintf("count(%s)", text), "how often it has happened",
			fmt.Sprintf("toggle(%s)", text), "flips each time",
		)
	default:
		f.Why = "Between two of them, what should it be? To keep the last one, say where it starts:"
		f.Example = rows(fmt.Sprintf("latest(%s, %s)", text, exampleOf(t)), "the last one")
	}
	return f
}

func pressWord(text string) string {
	if strings.HasSuffix(text, "pressed") {
		return "presses"
	}
	return ""
}

// errValueAsEvent is a value where something that happens is needed.
func (c *checker) errValueAsEvent(x typed.Expr, label string, r rangeT) *diag.Diagnostic {
	text, t := x.Base().Text, x.Base().Type
	f := finding("E0504", "A state does not happen", x.Base().Range, "this is, at every moment")
	also(f, r, label+" takes something that happens")
	if x.Base().Shape == types.Constant {
		f.Subject.Label = "this is always the same"
		f.Why = fmt.Sprintf("%s takes something that happens.", upperFirst(label))
		hintSchedule(f, x)
		return f
	}
	f.Why = fmt.Sprintf("%s needs single moments. Say which:", upperFirst(label))
	switch t.Kind {
	case types.Bool:
		f.Example = rows(
			fmt.Sprintf("rises(%s)", text), "when it goes on",
			fmt.Sprintf("falls(%s)", text), "when it goes off",
		)
	default:
		f.Example = rows(
			fmt.Sprintf("changes(%s)", text), "whenever it changes",
			fmt.Sprintf("sample(%s, 10.s)", text), "every ten seconds",
		)
	}
	return f
}

// errTwoEvents is two events in one expression that need not happen together.
func errTwoEvents(into *typed.Info, a, b typed.Expr) *diag.Diagnostic {
	if a == nil {
		a = b
	}
	f := finding("E0502", "These need not happen together", b.Base().Range, fmt.Sprintf("and this when %s does", sourceName(b)))
	also(f, a.Base().Range, fmt.Sprintf("this happens when %s does", sourceName(a)))
	f.Why = "An expression over two events would have to wait for both at the same instant, which may never come."
	f.Hint = "say what you mean:"
	ta, tb := a.Base().Text, b.Base().Text
	var pairs []string
	if unifyTypes(a.Base().Type, b.Base().Type) != nil {
		pairs = append(pairs, fmt.Sprintf("merge(%s, %s)", ta, tb), "happens when either does")
	}
	for _, x := range []typed.Expr{happening(a), happening(b)} {
		if t := x.Base().Type; t.Kind != types.Nothing {
			if shown, ok := x.(*typed.ToText); ok {
				t = shown.X.Base().Type // what is written is not a text yet
			}
			pairs = append(pairs, fmt.Sprintf("latest(%s, %s)", x.Base().Text, exampleOf(t)), "keeps the last one, for use with the other")
			break
		}
	}
	f.Example = rows(pairs...)
	return f
}

// happening is what makes a text an event: the part of it that happens, and not the text around it.
func happening(x typed.Expr) typed.Expr {
	text, ok := x.(*typed.Template)
	if !ok {
		return x
	}
	for _, part := range text.Parts {
		if part.Base().Shape == types.Event {
			return part
		}
	}
	return x
}

func sourceName(x typed.Expr) string {
	if s := x.Base().Source; s != nil {
		return "`" + s.Name + "`"
	}
	return "it"
}

// errManyValues is a keyed wire where a single one is needed: at an actuator, say.
func (c *checker) errManyValues(x typed.Expr) *diag.Diagnostic {
	text, key := x.Base().Text, x.Base().Key
	name := strings.ReplaceAll(key.Names, ",", "`, `")
	f := finding("E0503", "This is many values, not one", x.Base().Range, "but a single value is needed here")
	if root := c.keyedRoot(x); root != nil {
		also(f, root.at, fmt.Sprintf("one stream for every `%s`", name))
	}
	f.Why = fmt.Sprintf("Readings from different %s would overwrite each other.", plural(key.Names))
	var pairs []string
	if w, ok := x.(*typed.Wire); ok && w.Eq != nil {
		pairs = append(pairs, keyed(text, key), "one of them")
	} else if root := c.keyedRoot(x); root != nil {
		pairs = append(pairs, keyed(root.name, key), "one of them")
	}
	switch t := x.Base().Type; {
	case x.Base().Shape == types.Event:
		pairs = append(pairs, fmt.Sprintf("merged(%s)", text), "each of them")
	case t.Kind == types.Bool:
		pairs = append(pairs, fmt.Sprintf("any_of(%s)", text), "at least one is", fmt.Sprintf("all_of(%s)", text), "every one is")
	default:
		if _, ok := meets("ordered", t); ok {
			pairs = append(pairs, fmt.Sprintf("highest(%s)", text), "the highest of them")
		}
		if _, ok := meets("quantity", t); ok {
			pairs = append(pairs, fmt.Sprintf("mean_of(%s)", text), "their mean")
		}
	}
	f.Hint = "choose one, or say how to combine them:"
	if len(pairs) == 0 {
		pairs = append(pairs, keyed(text, key), "one of them")
	}
	if len(pairs) == 2 {
		f.Hint = "choose one:"
	}
	f.Example = rows(pairs...)
	return f
}

// keyed is one of the many values under a name: `soil["…"]`.
func keyed(name string, key types.Key) string {
	if names := strings.Split(key.Names, ","); len(names) > 1 {
		return fmt.Sprintf("%s[{ %s }]", name, keyExample(names))
	}
	return name + `["…"]`
}

func plural(names string) string {
	if strings.Contains(names, ",") {
		return "keys"
	}
	if strings.HasSuffix(names, "s") {
		return names
	}
	return names + "s"
}

// keyedRoot is the source that a keyed wire got its key from, nil if it has
// several.
func (c *checker) keyedRoot(x typed.Expr) *decl {
	var found *decl
	seen := map[*typed.Equation]bool{}
	var visit func(typed.Expr) bool
	visit = func(n typed.Expr) bool {
		w, ok := n.(*typed.Wire)
		if !ok {
			return true
		}
		if w.Eq != nil && !seen[w.Eq] && w.Eq.X != nil {
			seen[w.Eq] = true
			typed.Walk(w.Eq.X, visit)
		}
		if w.Thing != nil && len(w.Thing.Captures) > 0 && w.Thing.Key == x.Base().Key && found == nil {
			found = c.decls[w.Thing.Name]
		}
		return true
	}
	typed.Walk(x, visit)
	return found
}

// errTwoKeys is two wires that are keyed by different things.
func errTwoKeys(into *typed.Info, a, b typed.Expr) *diag.Diagnostic {
	f := finding("E0506", "These are keyed differently", b.Base().Range, fmt.Sprintf("and this once for every `%s`", keyName(b.Base().Key)))
	also(f, a.Base().Range, fmt.Sprintf("this is there once for every `%s`", keyName(a.Base().Key)))
	f.Why = "Two wires that are many values combine key by key, which needs the same key on both sides."
	if a.Base().Key.Names == b.Base().Key.Names {
		f.Why = "The keys have one name but are of two types: declare both alike (`keys = …`)."
	}
	f.Hint = "combine one of them to a single value first, with `any_of`, `highest`, `mean_of` and their like, or pick one key of it."
	return f
}

func keyName(k types.Key) string { return strings.ReplaceAll(k.Names, ",", "`, `") }

// errNotKeyed is any_of and its like on a wire that is one value.
func errNotKeyed(x *typed.OpCall) *diag.Diagnostic {
	return errOneValue(x.Args[0], fmt.Sprintf("`%s` combines the values of many keys", x.Op.Name))
}

// errOneKey is keys_of on a wire that is one value.
func errOneKey(name string, x typed.Expr) *diag.Diagnostic {
	return errOneValue(x, fmt.Sprintf("`%s` lists the keys of a wire that has many", name))
}

func errOneValue(x typed.Expr, wants string) *diag.Diagnostic {
	a := x.Base()
	f := finding("E0503", "This is one value, not many", a.Range, wants)
	origin(f, x)
	f.Hint = fmt.Sprintf("use it as it is: `%s`. A wire is many values when its topic has a capture, as in `garden/{bed}/soil`.", a.Text)
	return f
}

// errSwitchTriggers is an event that carries on or off where only its happening
// counts.
func (c *checker) errSwitchTriggers(x typed.Expr, label string, r rangeT) *diag.Diagnostic {
	text := x.Base().Text
	f := finding("E0504", "On or off, it happens all the same", x.Base().Range, "this happens, and then says on or off")
	also(f, r, label+" only asks whether it happens")
	f.Why = fmt.Sprintf("%s would act each time, also when this is off.", upperFirst(label))
	if level := switchBehind(x); level != "" {
		f.Hint = "say when it should:"
		f.Example = rows("rises("+level+")", "when it goes on",
			"falls("+level+")", "when it goes off",
			"merge(rises("+level+"), falls("+level+"))", "both times")
		return f
	}
	f.Hint = "let only the right ones through:"
	f.Example = fmt.Sprintf("where(%s, %s)", text, text)
	if b, ok := x.(*typed.Binary); ok && b.Op == "&&" {
		event, cond := b.L, b.R
		if event.Base().Shape != types.Event {
			event, cond = cond, event
		}
		f.Example = fmt.Sprintf("where(%s, %s)", event.Base().Text, cond.Base().Text)
	}
	return f
}

// switchBehind is the switch that an event tells the changes of: that of `changes(v)`, and a reading itself; "" where
// there is none.
func switchBehind(x typed.Expr) string {
	if call, ok := x.(*typed.OpCall); ok && call.Op.Name == "changes" {
		return call.Args[0].Base().Text
	}
	if _, ok := x.(*typed.Wire); ok && x.Base().Shape == types.Reading {
		return x.Base().Text
	}
	return ""
}

// errWhenSent is a shot sink with nothing that happens.
func (c *checker) errWhenSent(x typed.Expr, a *syntax.Attr, d *decl) *diag.Diagnostic {
	text := x.Base().Text
	f := finding("E0505", "When should this be sent?", x.Base().Range, "this is, at every moment")
	if x.Base().Shape == types.Constant {
		f.Subject.Label = "this is always the same"
	}
	also(f, a.NameRange, fmt.Sprintf("`%s` takes something that happens", a.Name))
	f.Why = "A state has no moment of its own. Say when:"
	var pairs []string
	if route := c.asker(d); route != "" {
		pairs = append(pairs, "when = "+route, fmt.Sprintf("for each request to `%s`", route))
	}
	pairs = append(pairs, "when = every(1.min)", "once a minute")
	if x.Base().Shape != types.Constant {
		pairs = append(pairs, fmt.Sprintf("%s = changes(%s)", a.Name, text), "whenever it changes")
	} else {
		pairs = append(pairs, "when = startup()", "once, at the start")
	}
	f.Example = rows(pairs...)
	return f
}

// asker is a route that may be meant to start a question whose answer it gives, "" where
// there is none.
func (c *checker) asker(d *decl) string {
	if d.self == nil {
		return ""
	}
	for _, r := range c.order {
		if r.sort != sortThing || r.kind == nil || !answers(r.kind) || r.block == nil || r.block.Attr("reply") == nil {
			continue
		}
		for _, v := range r.block.Attr("reply").Expr.Variables() {
			if v.RootName() == d.name {
				return r.name
			}
		}
	}
	return ""
}

// errRemembers is an operator that remembers where nothing can.
func errRemembers(e interface{ Range() rangeT }) *diag.Diagnostic {
	f := finding("E0606", "Nothing can be remembered here", e.Range(), "this remembers")
	f.Why = "Inside `for` and conditions over lists an expression is worked out anew for each element; there is no place to remember something for each of them."
	f.Hint = "give it a name of its own outside, as an equation."
	return f
}

// errRemembersInAnswer is what remembers in one of several answers to something that
// happens.
func errRemembersInAnswer(x typed.Expr) *diag.Diagnostic {
	f := finding("E0606", "Nothing can be remembered here", x.Base().Range, "this remembers")
	f.Why = "This is one of several answers to something that happens, and what remembers goes on each time, whichever answer is taken."
	f.Hint = "say so, with a name of its own as an equation, and use the name here:"
	f.Example = "name = " + x.Base().Text
	return f
}

// errMoves is a value that changes without anything happening.
func errMoves(x typed.Expr, name string) *diag.Diagnostic {
	f := finding("E0507", "This changes all the time", x.Base().Range, fmt.Sprintf("`%s` moves with time alone", name))
	f.Why = "Nothing happens when it moves, so there is no moment to work this out anew."
	f.Hint = "compare it with a constant duration, or say how often to look:"
	f.Example = rows(
		fmt.Sprintf("%s > 5.min", x.Base().Text), "exact",
		fmt.Sprintf("sample(%s, 1.s)", x.Base().Text), "every second",
		fmt.Sprintf("at(e, %s)", x.Base().Text), "whenever `e` happens",
	)
	return f
}

// errMovesNow is `now()` where nothing says when to look.
func errMovesNow(x typed.Expr) *diag.Diagnostic {
	f := finding("E0507", "This changes all the time", x.Base().Range, "nothing says when to look at the clock")
	f.Why = "Nothing happens when time goes on, so there is no moment to work this out anew."
	f.Hint = "say when to look:"
	f.Example = rows("between(\"18:00\", \"23:00\")", "on from one time of day to another", "sample(now(), 1.s)", "every second", "at(e, now())", "whenever `e` happens")
	return f
}

// errDrawn is `uuid()` where nothing says when to draw.
func errDrawn(x typed.Expr) *diag.Diagnostic {
	f := finding("E0507", "This is another each time", x.Base().Range, "nothing says when to draw a new one")
	f.Why = "A value is worked out anew whenever something in it changes; it must come out the same."
	f.Hint = "draw it when something happens:"
	f.Example = "at(every(1.h), uuid())"
	return f
}

func (c *checker) errCannotSend(x typed.Expr, label string, r rangeT) *diag.Diagnostic {
	if x.Base().Type.Kind == types.Secret {
		return errSecretHere(x, "and sent out of the program here")
	}
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+x.Base().Type.Say())
	also(f, r, label+" takes data")
	return f
}

// errNothingToSend is an event without data at a sink.
func (c *checker) errNothingToSend(x typed.Expr, a *syntax.Attr, d *decl) *diag.Diagnostic {
	text := x.Base().Text
	f := finding("E0202", "What should be sent?", x.Base().Range, "this happens, but carries nothing")
	also(f, a.NameRange, fmt.Sprintf("`%s` sends data", a.Name))
	f.Hint = "say what, and use this as the moment:"
	f.Example = fmt.Sprintf("%s = \"pressed\"\nwhen = %s", a.Name, text)
	return f
}
