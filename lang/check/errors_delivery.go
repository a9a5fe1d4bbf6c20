package check

import (
	"fmt"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/delivery"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errDelivery is a way that is not as sure as its sink asks for.
func (c *checker) errDelivery(d *decl, p delivery.Path, cause delivery.Cause) *diag.Diagnostic {
	asked := d.block.Attr(deliverySetting)
	var f *diag.Diagnostic
	switch cause.Sort {
	case delivery.NoRepeat:
		f = c.errNoRepeat(d, p, asked)
	case delivery.UnsureSource:
		f = c.errUnsure(p, cause)
	case delivery.Held:
		f = errHeld(d, cause)
	case delivery.Thinned:
		f = errThinned(d, cause)
	case delivery.Unconfirmed:
		f = c.errUnconfirmed(d, cause, asked)
	default:
		f = errNoKey(d, p, cause, asked)
	}
	if overlaps(f.Subject.Range, asked.Range) {
		return f
	}
	also(f, asked.Range, fmt.Sprintf("`%s` asks for this", d.name))
	return f
}

// errNoRepeat is something that does not come again, with nothing that keeps it.
func (c *checker) errNoRepeat(d *decl, p delivery.Path, asked *syntax.Attr) *diag.Diagnostic {
	b := p.Origin.X.Base()
	f := finding("E1501", "Nothing brings this back after a crash", b.Range, "this does not come again")
	if p.Origin.Value {
		f.Subject.Label = "a value in memory is looked at here"
		f.Why = "A value holds no message: after a crash the memory is empty, and when what moved the value is delivered again, nothing changes any more."
	} else {
		f.Why = fmt.Sprintf("A broker sends again what was not acknowledged, and a web client asks again; `%s` does neither. What waits for `%s` in memory is lost with a crash.", b.Text, d.name)
	}
	if field := bufferField(d.kind); field != nil {
		f.Hint = fmt.Sprintf("let it wait on the disk until it has arrived; in `%s`:", d.name)
		f.Example = field.Name + " = { keep = 24.h, on = disk }"
		return f
	}
	f.Hint = fmt.Sprintf("%s has no buffer. Leave `%s` out if a loss can be borne; `flowc explain %s` tells which.", article(d.kind.Name), deliverySetting, d.name)
	remove(f, c, asked)
	return f
}

// bufferField is the setting with which the things of a kind keep on the disk what
// cannot go on.
func bufferField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Role == catalog.RoleBuffer {
			return f
		}
	}
	return nil
}

// errUnsure is a setting of a source, or of its connection, with which nothing is
// repeated.
func (c *checker) errUnsure(p delivery.Path, cause delivery.Cause) *diag.Diagnostic {
	code, summary := "E1502", "This source sends nothing twice"
	if cause.Thing != p.Origin.Thing {
		code, summary = "E1503", "What was not dealt with is forgotten here"
	}
	f := c.errSetting(code, summary, cause)
	f.Why = fmt.Sprintf("If the program goes down while `%s` is on its way, it does not come again.", p.Origin.Name())
	return f
}

// errSetting is a setting that is to be what it is without being said.
func (c *checker) errSetting(code, summary string, cause delivery.Cause) *diag.Diagnostic {
	f := finding(code, summary, cause.Set.X.Base().Range, cause.Why)
	f.Hint = fmt.Sprintf("in `%s`:", cause.Thing.Name)
	f.Example = fmt.Sprintf("%s = %s", cause.Field.Name, cause.Field.Default)
	if a := c.attrOf(cause.Thing, cause.Field.Name); a != nil {
		f.Subject.Range = a.Expr.Range()
		replace(f, a.Expr.Range(), cause.Field.Default)
	}
	return f
}

// errHeld is an operator that keeps what it is given in memory.
func errHeld(d *decl, cause delivery.Cause) *diag.Diagnostic {
	x := cause.X.(*typed.OpCall)
	f := finding("E1504", "This would be lost in a crash", x.Range, fmt.Sprintf("`%s` keeps it in memory for a while", x.Op.Name))
	f.Why = fmt.Sprintf("The source is acknowledged when `%s` has it, else everything behind would have to wait for as long. From then on it is in memory only, and a crash loses it before `%s` sees it.", x.Op.Name, d.name)
	f.Hint = "let each go on in the moment in which it comes:"
	f.Example = argumentText(x)
	return f
}

// errThinned is an operator that may keep a repetition back.
func errThinned(d *decl, cause delivery.Cause) *diag.Diagnostic {
	x := cause.X.(*typed.OpCall)
	f := finding("E1504", "A repetition would not get through", x.Range, fmt.Sprintf("`%s` remembers what it has let through", x.Op.Name))
	if x.Op.Thins == "kept" {
		f.Why = fmt.Sprintf("`persist` keeps that memory over a crash. What was on its way to `%s` is then delivered again, and `%s` takes it for one that it has had.", d.name, x.Op.Name)
	} else {
		f.Why = fmt.Sprintf("After a crash it begins anew. What was on its way to `%s` is then delivered again, and `%s` leaves it out.", d.name, x.Op.Name)
	}
	f.Hint = "let each go on, and leave it to the receiver to tell repetitions:"
	f.Example = argumentText(x)
	return f
}

// argumentText is what an operator is given, as it is written.
func argumentText(x *typed.OpCall) string {
	for _, a := range x.Args {
		if a.Base().Shape.Happens() {
			return a.Base().Text
		}
	}
	return "…"
}

// errUnconfirmed is a sink that does not tell when it has something.
func (c *checker) errUnconfirmed(d *decl, cause delivery.Cause, asked *syntax.Attr) *diag.Diagnostic {
	if cause.Set != nil {
		f := c.errSetting("E1505", "Nothing tells that this has arrived", cause)
		f.Why = fmt.Sprintf("`%s` would be done with a message as soon as it is written to the connection, which may break at that moment.", d.name)
		return f
	}
	f := finding("E1505", "Nothing tells that this has arrived", d.at, fmt.Sprintf("%s confirms nothing", article(d.kind.Name)))
	f.Why = fmt.Sprintf("Nobody can wait for `%s`, and so nobody can send again what it lost.", d.name)
	f.Hint = fmt.Sprintf("leave `%s` out.", deliverySetting)
	remove(f, c, asked)
	return f
}

// errNoKey is a sink that cannot tell a repetition from something new.
func errNoKey(d *decl, p delivery.Path, cause delivery.Cause, asked *syntax.Attr) *diag.Diagnostic {
	f := finding("E1506", "A repetition would count twice", asked.Expr.Range(), fmt.Sprintf("`%s` cannot tell a repetition from something new", d.name))
	if cause.Field == nil {
		f.Why = fmt.Sprintf("After a crash the source sends again what was not acknowledged, and %s has no way to know it.", article(d.kind.Name))
		f.Hint = "ask for"
		f.Example = deliverySetting + " = at_least_once"
		replace(f, asked.Expr.Range(), "at_least_once")
		return f
	}
	f.Why = fmt.Sprintf("After a crash the source sends again what was not acknowledged. With `%s` the same one counts once.", cause.Field.Name)
	f.Hint = fmt.Sprintf("say what a repetition has in common with the first, a number that its sender gave it; in `%s`:", d.name)
	f.Example = fmt.Sprintf("%s = %s", cause.Field.Name, likelyKey(p.Origin))
	return f
}

// likelyKey is a text of what comes in that looks as if it told one from another.
func likelyKey(o delivery.Origin) string {
	t := o.X.Base().Type
	if t.Kind != types.Record {
		return "…"
	}
	best := "…"
	for _, g := range t.Fields {
		text := o.Name() + "." + g.Name
		id := contains([]string{"id", "uuid", "key", "nr", "no", "number", "seq", "sequence"}, g.Name) || strings.HasSuffix(g.Name, "_id")
		if g.Type.Kind == types.Int {
			text = `"${` + text + `}"`
		} else if g.Type.Kind != types.String {
			continue
		}
		if id {
			return text
		}
		if best == "…" && g.Type.Kind == types.String {
			best = text
		}
	}
	return best
}

// remove takes out the line of a setting.
func remove(f *diag.Diagnostic, c *checker, a *syntax.Attr) {
	r := a.Range
	src := c.sources[r.Filename]
	for r.Start.Byte > 0 && (src[r.Start.Byte-1] == ' ' || src[r.Start.Byte-1] == '\t') {
		r.Start.Byte--
		r.Start.Column--
	}
	if r.Start.Byte > 0 && src[r.Start.Byte-1] == '\n' && r.End.Byte < len(src) && src[r.End.Byte] == '\n' {
		r.End.Byte++
		r.End.Line++
		r.End.Column = 1
	}
	replace(f, r, "")
}
