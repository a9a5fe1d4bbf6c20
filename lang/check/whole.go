package check

import "flowc/lang/typed"

func init() {
	wholeChecks = []func(*checker){
		(*checker).circles,
		(*checker).hiddenMembers,
		(*checker).unfollowed,
		(*checker).placeholders,
		(*checker).unused,
		(*checker).feedback,
		(*checker).writers,
		(*checker).pins,
		(*checker).levels,
		(*checker).silence,
		(*checker).opposites,
		(*checker).periods,
		(*checker).remotes,
		(*checker).leaks,
		(*checker).leaksInFaults,
		(*checker).twoRoutes,
		(*checker).laterReplies,
		(*checker).exposed,
		(*checker).plainPasswords,
		(*checker).addressPasswords,
		(*checker).madeEarly,
		(*checker).decided,
		(*checker).twice,
		(*checker).unheard,
		(*checker).deliveries,
		(*checker).rates,
		(*checker).memoryBound,
		(*checker).work,
		(*checker).unreachable,
		(*checker).neverEntered,
	}
}

// trail walks over everything that an expression follows: its operands and, through
// their names, equations. Each equation is entered once; visit says whether to go on
// below a node.
type trail struct {
	visit func(typed.Expr) bool
	seen  map[*typed.Equation]bool
}

func follow(x typed.Expr, visit func(typed.Expr) bool) {
	t := trail{visit: visit, seen: map[*typed.Equation]bool{}}
	t.walk(x)
}

func (t trail) walk(x typed.Expr) {
	typed.Walk(x, func(n typed.Expr) bool {
		if !t.visit(n) {
			return false
		}
		if w, ok := n.(*typed.Wire); ok && w.Eq != nil && !t.seen[w.Eq] {
			t.seen[w.Eq] = true
			t.walk(w.Eq.X)
		}
		return true
	})
}

// thingOf is the thing that a node reads directly, nil if it reads none.
func thingOf(x typed.Expr) *typed.Thing {
	switch x := x.(type) {
	case *typed.Wire:
		return x.Thing
	case *typed.MetaOf:
		return x.Thing
	}
	return nil
}

// things are the things that were typed, in the flow's order.
func (c *checker) things() []*decl {
	var list []*decl
	for _, d := range c.order {
		if d.sort == sortThing && d.thing != nil && d.kind != nil {
			list = append(list, d)
		}
	}
	return list
}
