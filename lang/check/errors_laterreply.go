package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errNoReply is a reply made of something that does not follow from the request.
func (c *checker) errNoReply(d *decl, reply, lost typed.Expr, why lostReply) *diag.Diagnostic {
	if lost == nil {
		lost = reply
	}
	f := finding("E0508", "This does not answer the request", reply.Base().Range, "")
	name := sourceName(lost)
	thing := c.effectOf(lost)
	switch {
	case why == heldBack:
		f.Subject.Label = "a request would wait for this"
		if r := lost.Base().Range; r == f.Subject.Range {
			f.Subject.Label = "this keeps what it is given for a while"
		} else {
			also(f, r, "this keeps what it is given for a while")
		}
		f.Why = "What comes out later belongs to no request any more, so nobody would know whom to tell."
		f.Hint = "reply with what goes in."
		return f
	case why == onDisk && thing != nil:
		f.Subject.Label = "a request would wait for this"
		also(f, thing.block.Attr("buffer").NameRange, "this may lie on the disk for hours")
		f.Why = "A client waits for seconds; what lies in a buffer is sent when its receiver is back, through restarts."
		f.Hint = fmt.Sprintf("call without a buffer for the reply, or reply at once, with what the request itself brings: `%s`.", d.name)
		return f
	}
	f.Subject.Label = "this happens by itself"
	if thing != nil {
		f.Subject.Label = fmt.Sprintf("%s happens for another reason", name)
		if a := startAttr(thing); a != nil {
			also(f, a.Range, fmt.Sprintf("this starts %s", name))
		}
	}
	f.Why = "A reply has to follow from its request: the client would wait for something that need not come, and get what was meant for another."
	f.Hint = "say which one it is:"
	var pairs []string
	if thing != nil {
		pairs = append(pairs, fmt.Sprintf("when = %s", d.name), fmt.Sprintf("(in `%s`) the request starts it, and gets its answer", thing.name))
	}
	f.Example = rows(append(pairs, lastOf(reply, lost), "the last one, at once")...)
	return f
}

// lastOf is the last of what a reply reads of an event, as a value: one part of a record
// may have a start that one can paste, and the whole of it seldom has.
func lastOf(reply, event typed.Expr) string {
	last := event
	typed.Walk(reply, func(n typed.Expr) bool {
		f, ok := n.(*typed.Field)
		if ok && last == event && exampleOf(f.Type) != "…" && f.X.Base().Source == event.Base().Source {
			last = f
		}
		return true
	})
	if last.Base().Type.Kind == types.Nothing {
		last = happening(reply)
	}
	start := exampleOf(last.Base().Type)
	if start == "…" {
		return fmt.Sprintf("latest(%s)", last.Base().Text)
	}
	return fmt.Sprintf("latest(%s, %s)", last.Base().Text, start)
}

// effectOf is the thing that an expression names, if it can be started.
func (c *checker) effectOf(x typed.Expr) *decl {
	w, ok := x.(*typed.Wire)
	if !ok || w.Thing == nil || !isEffect(w.Thing.Kind) {
		return nil
	}
	d := c.decls[w.Thing.Name]
	if d == nil || d.block == nil {
		return nil
	}
	return d
}

// startAttr is the attribute that says when a thing acts.
func startAttr(d *decl) *syntax.Attr {
	if a := d.block.Attr("when"); a != nil {
		return a
	}
	for _, in := range d.thing.Inputs {
		if a := d.block.Attr(in.Field.Name); a != nil && in.X.Base().Shape.Happens() {
			return a
		}
	}
	return nil
}

// errSometimesNoReply is a reply that only some requests would get.
func errSometimesNoReply(d *decl, reply, filter typed.Expr) *diag.Diagnostic {
	f := finding("E0508", "Some requests would get no reply", reply.Base().Range, "a request waits for this")
	if filter != nil {
		if filter.Base().Range == f.Subject.Range {
			f.Subject.Label = "this lets only some through"
		} else {
			also(f, filter.Base().Range, "and this lets only some through")
		}
	}
	f.Why = "Every request gets exactly one reply. The others would hang until they are told that there is none."
	f.Hint = "reply to all of them, and say in the reply or in `status` what became of it; or give the others a reply of their own:"
	f.Example = rows("status = … ? 200 : 404", "which it is", fmt.Sprintf("reply  = merge(…, at(where(%s, …), \"no\"))", d.name), "the first that happens is the reply")
	return f
}

// errRequestElsewhere is an equation over a request in a reply that comes later.
func errRequestElsewhere(d *decl, w *typed.Wire, eq *decl) *diag.Diagnostic {
	f := finding("E0508", "This belongs to the moment of the request", w.Range, fmt.Sprintf("`%s` may be that of another request by now", w.Eq.Name))
	if eq != nil {
		also(f, eq.at, fmt.Sprintf("this is worked out when `%s` happens", d.name))
	}
	f.Why = "This reply comes later. The request is brought back for it, but not what was worked out from it: others may have come between."
	f.Hint = "write in the reply what the equation says:"
	f.Example = w.Eq.X.Base().Text
	return f
}

// errRequestTime is the time of a request in a reply that comes later.
func errRequestTime(d *decl, x *typed.TimeOf) *diag.Diagnostic {
	f := finding("E0508", "This belongs to the moment of the request", x.Range, "this reply comes later")
	f.Why = fmt.Sprintf("The fields of a request are brought back for its reply, and not when it came: `time` of what happens is always now, and `%s` is over.", d.name)
	f.Hint = "leave it out; `now()` is when the reply is made."
	return f
}

// errLaterAtOnce is a reply that waits, with `wait = off`.
func errLaterAtOnce(d *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0508", "This reply cannot come at once", a.Range, "the client gets its reply before anything is carried out")
	also(f, d.thing.When.Base().Range, "and this happens later")
	f.Hint = "leave `wait` out, or reply with what the request itself brings."
	return f
}
