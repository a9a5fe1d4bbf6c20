package check

import (
	"strings"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// A text has a context where it ends up: an address, a page. What the author wrote is
// taken as it stands; what data puts in is escaped, and refused where no escaping
// makes it safe.

// contextText guards what data puts into a text of a context.
func (w *wiring) contextText(context string, x typed.Expr, a *syntax.Attr) typed.Expr {
	switch x := x.(type) {
	case *typed.Cond:
		x.A, x.B = w.contextText(context, x.A, a), w.contextText(context, x.B, a)
		return x
	case *typed.Match:
		for n := range x.Arms {
			x.Arms[n].Body = w.contextText(context, x.Arms[n].Body, a)
		}
		if x.Else != nil {
			x.Else = w.contextText(context, x.Else, a)
		}
		return x
	case *typed.Template:
		if context == "html" {
			return w.htmlText(x)
		}
		return w.urlText(x)
	}
	switch {
	case x.Base().Shape == types.Constant: // written here, or by who starts the program
		return x
	case context == "html":
		return w.escaped(x)
	}
	w.c.report(errWholeURL(x, a.Name))
	return x
}

// urlText guards an address. What stands before the path decides where the request
// goes, so data has no place there; behind it, data is one piece of a path or query.
func (w *wiring) urlText(t *typed.Template) typed.Expr {
	var before strings.Builder
	for n, p := range t.Parts {
		if k, ok := constant(p); ok {
			text, _ := k.V.(string)
			before.WriteString(text)
			continue
		}
		if p.Base().Shape == types.Constant {
			before.WriteString("x")
			continue
		}
		if !pastHost(before.String()) {
			w.c.report(errDataInHost(p))
			continue
		}
		i := *p.Base()
		i.Fallible = true
		t.Parts[n] = &typed.URLPart{Info: i, X: p}
	}
	return t
}

// pastHost reports whether an address that begins so has its host behind it. One that
// begins with a slash, a question mark, or has no scheme is what comes behind the
// server's own.
func pastHost(s string) bool {
	_, rest, absolute := strings.Cut(s, "://")
	if absolute {
		return strings.ContainsAny(rest, "/?#")
	}
	return strings.ContainsAny(s, "/?#")
}

// htmlText guards a page.
func (w *wiring) htmlText(t *typed.Template) typed.Expr { return w.htmlPart(t, page{}) }

// htmlPart guards what stands at a place of a page: of `%{ for }` and `%{ if }` what
// they put in piece by piece.
func (w *wiring) htmlPart(x typed.Expr, at page) typed.Expr {
	switch x := x.(type) {
	case *typed.Const:
		return x
	case *typed.Template:
		for n, p := range x.Parts {
			k, ok := constant(p)
			if ok {
				text, _ := k.V.(string)
				at.read(text)
				continue
			}
			if why := at.unsafe(); why != "" {
				w.c.report(errDataInPage(p, why))
				continue
			}
			x.Parts[n] = w.htmlPart(p, at)
			at.data()
		}
		return x
	case *typed.Cond:
		x.A, x.B = w.htmlPart(x.A, at), w.htmlPart(x.B, at)
		return x
	case *typed.Call:
		if loop, ok := joined(x); ok {
			loop.Body = w.htmlPart(loop.Body, at)
			return x
		}
	}
	if at.inLink() {
		return w.c.innerCall(x.Base().Range, urlFn, types.TString, x)
	}
	return w.escaped(x)
}

// joined is the loop of `%{ for }`, which a template joins without anything between.
func joined(x *typed.Call) (*typed.For, bool) {
	if x.Fn.Name != "join" || len(x.Args) != 2 {
		return nil, false
	}
	loop, ok := x.Args[0].(*typed.For)
	sep, isConst := constant(x.Args[1])
	return loop, ok && isConst && sep.V == "" && sep.Text != `""`
}

// escaped is a text as a page shows it.
func (w *wiring) escaped(x typed.Expr) typed.Expr {
	return w.c.innerCall(x.Base().Range, htmlFn, types.TString, x)
}
