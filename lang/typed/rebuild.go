package typed

// Visit calls f for an expression and everything below it.
func Visit(x Expr, f func(Expr)) {
	Walk(x, func(e Expr) bool {
		f(e)
		return true
	})
}

// Rebuild is a copy of x whose operands are what f makes of them.
func Rebuild(x Expr, f func(Expr) Expr) Expr {
	switch x := x.(type) {
	case *TimeOf:
		c := *x
		c.X = f(x.X)
		return &c
	case *KeyOf:
		c := *x
		c.X = f(x.X)
		return &c
	case *MetaOf:
		c := *x
		c.X = f(x.X)
		return &c
	case *Field:
		c := *x
		c.X = f(x.X)
		return &c
	case *Unwrap:
		c := *x
		c.X = f(x.X)
		return &c
	case *Present:
		c := *x
		c.X = f(x.X)
		return &c
	case *Wrap:
		c := *x
		c.X = f(x.X)
		return &c
	case *Convert:
		c := *x
		c.X = f(x.X)
		return &c
	case *Unary:
		c := *x
		c.X = f(x.X)
		return &c
	case *ToText:
		c := *x
		c.X = f(x.X)
		return &c
	case *TopicPart:
		c := *x
		c.X = f(x.X)
		return &c
	case *URLPart:
		c := *x
		c.X = f(x.X)
		return &c
	case *IsReady:
		c := *x
		c.X = f(x.X)
		return &c
	case *KeysOf:
		c := *x
		c.X = f(x.X)
		return &c
	case *Pick:
		c := *x
		c.X = f(x.X)
		return &c
	case *Since:
		c := *x
		c.Event = f(x.Event)
		return &c
	case *Lambda:
		c := *x
		c.Body = f(x.Body)
		return &c
	}
	return rebuildMany(x, f)
}

// rebuildMany handles the expressions with several operands.
func rebuildMany(x Expr, f func(Expr) Expr) Expr {
	switch x := x.(type) {
	case *Binary:
		c := *x
		c.L, c.R = f(x.L), f(x.R)
		return &c
	case *Cond:
		c := *x
		c.C, c.A, c.B = f(x.C), f(x.A), f(x.B)
		return &c
	case *Default:
		c := *x
		c.X, c.D = f(x.X), f(x.D)
		return &c
	case *Try:
		c := *x
		c.X, c.D = f(x.X), f(x.D)
		return &c
	case *Initially:
		c := *x
		c.X, c.D = f(x.X), f(x.D)
		return &c
	case *Index:
		c := *x
		c.X, c.I = f(x.X), f(x.I)
		return &c
	case *Where:
		c := *x
		c.X, c.If = f(x.X), f(x.If)
		return &c
	case *For:
		return rebuildFor(x, f)
	}
	return rebuildList(x, f)
}

// rebuildList handles the expressions over any number of operands.
func rebuildList(x Expr, f func(Expr) Expr) Expr {
	switch x := x.(type) {
	case *Call:
		c := *x
		c.Args = rebuildAll(x.Args, f)
		return &c
	case *Template:
		c := *x
		c.Parts = rebuildAll(x.Parts, f)
		return &c
	case *Gather:
		c := *x
		c.Xs = rebuildAll(x.Xs, f)
		return &c
	case *ListOf:
		c := *x
		c.Elems = rebuildAll(x.Elems, f)
		return &c
	case *RecordOf:
		c := *x
		c.Elems = rebuildAll(x.Elems, f)
		return &c
	case *PairsOf:
		c := *x
		c.Elems = rebuildAll(x.Elems, f)
		return &c
	case *OpCall:
		c := *x
		c.Args = rebuildAll(x.Args, f)
		c.Options = nil
		for _, o := range x.Options {
			c.Options = append(c.Options, Option{Arg: o.Arg, X: f(o.X)})
		}
		return &c
	}
	return rebuildChoice(x, f)
}

func rebuildFor(x *For, f func(Expr) Expr) Expr {
	c := *x
	c.In = f(x.In)
	if x.If != nil {
		c.If = f(x.If)
	}
	if x.MapKey != nil {
		c.MapKey = f(x.MapKey)
	}
	c.Body = f(x.Body)
	return &c
}

func rebuildAll(list []Expr, f func(Expr) Expr) []Expr {
	out := make([]Expr, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}
