package typed

// Walk visits an expression and its operands from the outside in. visit says
// whether to go on into the operands. References are not followed.
func Walk(x Expr, visit func(Expr) bool) {
	if x == nil || !visit(x) {
		return
	}
	for _, o := range Operands(x) {
		Walk(o, visit)
	}
}

// Operands are the expressions directly inside another, as written.
func Operands(x Expr) []Expr {
	switch x := x.(type) {
	case *TimeOf:
		return []Expr{x.X}
	case *KeyOf:
		return []Expr{x.X}
	case *MetaOf:
		return []Expr{x.X}
	case *Field:
		return []Expr{x.X}
	case *Unwrap:
		return []Expr{x.X}
	case *Present:
		return []Expr{x.X}
	case *Wrap:
		return []Expr{x.X}
	case *Convert:
		return []Expr{x.X}
	case *Unary:
		return []Expr{x.X}
	case *Binary:
		return []Expr{x.L, x.R}
	case *Cond:
		return []Expr{x.C, x.A, x.B}
	case *Call:
		return x.Args
	case *Lambda:
		return []Expr{x.Body}
	case *Default:
		return []Expr{x.X, x.D}
	case *Try:
		return []Expr{x.X, x.D}
	case *IsReady:
		return []Expr{x.X}
	case *Initially:
		return []Expr{x.X, x.D}
	case *ToText:
		return []Expr{x.X}
	case *Template:
		return x.Parts
	case *TopicPart:
		return []Expr{x.X}
	case *URLPart:
		return []Expr{x.X}
	case *PairsOf:
		return x.Elems
	case *ListOf:
		return x.Elems
	case *RecordOf:
		return x.Elems
	case *Index:
		return []Expr{x.X, x.I}
	case *For:
		return forOperands(x)
	case *Where:
		return []Expr{x.X, x.If}
	case *Pick:
		return []Expr{x.X}
	case *KeysOf:
		return []Expr{x.X}
	case *OpCall:
		return opOperands(x)
	case *Since:
		return []Expr{x.Event}
	case *Gather:
		return x.Xs
	}
	return choiceOperands(x)
}

func forOperands(x *For) []Expr {
	list := []Expr{x.In}
	for _, o := range []Expr{x.If, x.MapKey, x.Body} {
		if o != nil {
			list = append(list, o)
		}
	}
	return list
}

func opOperands(x *OpCall) []Expr {
	list := append([]Expr(nil), x.Args...)
	for _, o := range x.Options {
		list = append(list, o.X)
	}
	return list
}
