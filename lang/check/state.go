package check

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// stateSettings are what a `state` block may say.
var stateSettings = []string{"migrate", "on", "persist", "renamed_from", "start", "type"}

// stateTable types a `state` block. It begins with `start`, and its rows are typed in
// a scope where `old` is the state and `it` the event of the row.
func (c *checker) stateTable(d *decl) typed.Expr {
	start := c.stateStart(d)
	o := c.stateRows(d)
	if isBad(start) || o == nil {
		return c.bad(d.at)
	}
	t := start.Base().Type
	x := &typed.State{Info: c.info(d.at, t), Start: start, Old: &typed.Local{Name: "old", Type: t}}
	x.Text = "state " + d.name
	ok := true
	var above []*stateRow
	for _, item := range o.Items {
		r, typed := c.stateRow(x, item, above)
		ok = ok && typed
		above = append(above, r)
		x.Rows = append(x.Rows, r.typed)
	}
	if a := d.block.Attr("migrate"); a != nil {
		x.Migrate = c.migration(d, a, t)
		ok = ok && x.Migrate != nil
	}
	if !ok {
		return c.bad(d.at)
	}
	return c.stateShape(x)
}

// stateShape joins the keys of the rows: keyed events make keyed states.
func (c *checker) stateShape(x *typed.State) typed.Expr {
	var first typed.Expr
	for _, r := range x.Rows {
		for _, e := range []typed.Expr{r.When(), r.Next} {
			k := e.Base().Key
			switch {
			case !k.Keyed():
			case first == nil:
				x.Key, first = k, e
			case x.Key != k:
				c.report(errTwoKeys(&x.Info, first, e))
				return c.bad(x.Range)
			}
		}
	}
	x.Shape = types.Value
	return x
}

// stateGuess is what a state is, as far as that is known before its rows are typed.
func (c *checker) stateGuess(d *decl) *typed.Info {
	if d.guess == nil { // a start that names the state itself tells nothing
		d.guess = &typed.Info{Type: types.TBad}
		defer func() { d.guess = nil }()
	}
	c.guessing++
	start := c.stateStart(d)
	c.guessing--
	i := c.info(d.at, start.Base().Type)
	i.Shape = types.Value
	return &i
}

// stateStart is what a state begins with; its type is the state's, unless `type` says
// otherwise.
func (c *checker) stateStart(d *decl) typed.Expr {
	c.noBlocks(d.block, "state")
	for _, a := range d.block.Attrs {
		if !slices.Contains(stateSettings, a.Name) {
			c.report(c.errUnknownAttr(a, "state", stateSettings))
		}
	}
	c.kept(d)
	a := d.block.Attr("start")
	if a == nil && meant(d.block, "start", stateSettings) {
		return c.bad(d.at)
	}
	if a == nil {
		c.report(errStateNeeds(d, "start", "what is it before anything happened?", "start = off"))
		return c.bad(d.at)
	}
	want := c.memberType(a.Expr)
	if t := d.block.Attr("type"); t != nil {
		if want = c.innerType(t.Expr, d.name); want.Kind == types.Bad {
			return c.bad(d.at)
		}
	}
	if want == nil && len(c.enumsWith(a.Expr)) > 1 {
		c.report(errStateWhich(a, c.enumsWith(a.Expr)))
		return c.bad(d.at)
	}
	if list := c.enumsWith(a.Expr); len(list) == 1 { // the bare member is all that tells of it
		c.use(list[0], "", nil)
	}
	if word := hcl.ExprAsKeyword(a.Expr); want == nil && isName(word) && c.isBareUnknown(a.Expr) && switchNames[word] == "" && len(c.enumsWith(a.Expr)) == 0 && len(c.callees(word)) == 0 && forms[word] == nil {
		c.report(c.errStateWord(d, a, word))
		return c.bad(d.at)
	}
	x := c.expr(a.Expr, want)
	switch {
	case isBad(x):
		return x
	case want == nil && x.Base().Type.Kind == types.Null, want == nil && open(x.Base().Type):
		c.report(errStateType(d, x))
		return c.bad(d.at)
	case x.Base().Type.Kind == types.Secret:
		c.report(errSecretHere(x, "and would be kept as ordinary data here"))
		return c.bad(d.at)
	case x.Base().Shape != types.Constant:
		c.report(c.errNotConstant(x, "`start`"))
		return c.bad(d.at)
	}
	if want == nil {
		want = x.Base().Type
	}
	if _, ok := convertible(x.Base().Type, want); !ok {
		c.report(c.errWrongType(x, want, "`start`", a.NameRange))
		return c.bad(d.at)
	}
	x = c.convert(x, want)
	if k, isConst := x.(*typed.Const); isConst {
		k = c.constAt(k, k.Range)
		k.Type = want.From(types.Origin{Range: a.Expr.Range(), Text: "`" + d.name + "`"})
		return k
	}
	return x
}

// memberType is the one enumeration that has a bare name as a member, nil where none
// or several do.
func (c *checker) memberType(e hclsyntax.Expression) *types.Type {
	if list := c.enumsWith(e); len(list) == 1 {
		return list[0].typ
	}
	return nil
}

// enumsWith are the enumerations that have a bare name as a member.
func (c *checker) enumsWith(e hclsyntax.Expression) []*decl {
	t, ok := traversalOf(e)
	if !ok || len(t) != 1 || c.lookup(t.RootName()) != nil || switchNames[t.RootName()] != "" {
		return nil
	}
	var list []*decl
	for _, d := range c.order {
		if d.sort == sortEnum && d.typ != nil && slices.Contains(d.typ.Values, t.RootName()) {
			list = append(list, d)
		}
	}
	return list
}

func (c *checker) stateRows(d *decl) *hclsyntax.ObjectConsExpr {
	a := d.block.Attr("on")
	if a == nil {
		c.report(errStateNeeds(d, "on", "what changes it?", "on = {\n  button.pressed = !old\n}"))
		return nil
	}
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok || len(o.Items) == 0 {
		c.report(errStateRows(a))
		return nil
	}
	return o
}

// stateRow is a typed row with what the rows below it are held against.
type stateRow struct {
	name  string
	at    rangeT
	after time.Duration
	typed typed.StateRow
}

func (c *checker) stateRow(x *typed.State, item hclsyntax.ObjectConsItem, above []*stateRow) (r *stateRow, ok bool) {
	key := item.KeyExpr
	if k, isKey := key.(*hclsyntax.ObjectConsKeyExpr); isKey {
		key = k.Wrapped
	}
	r = &stateRow{name: c.text(key.Range()), at: key.Range()}
	for _, other := range above {
		if other.name == r.name {
			c.report(errKeyTwice(r.name, r.at, other.at))
			return r, false
		}
	}
	if hcl.ExprAsKeyword(key) == "else" {
		c.report(errStateElse(r.at))
		return r, false
	}
	r.typed.Pos = pos(r.at)
	if call, isCall := key.(*hclsyntax.FunctionCallExpr); isCall && call.Name == "after" {
		ok = c.afterRow(r, call, above)
	} else {
		ok = c.eventRow(r, key, says(item.ValueExpr, "it"), above)
	}
	return r, ok && c.nextOf(x, r, item.ValueExpr)
}

// says reports whether an expression has a name in it.
func says(e hclsyntax.Expression, name string) bool {
	return slices.ContainsFunc(e.Variables(), func(t hcl.Traversal) bool { return t.RootName() == name })
}

// eventRow types the left side of a row: something that happens. It gets a name of
// its own if the right side reads it.
func (c *checker) eventRow(r *stateRow, key hclsyntax.Expression, named bool, above []*stateRow) bool {
	on := c.expr(key, nil)
	switch {
	case isBad(on):
		return false
	case !on.Base().Shape.Happens():
		c.report(c.errValueAsEvent(on, "a row of a `state`", rangeT{}))
		return false
	}
	if named && c.guessing == 0 {
		on = c.named(on)
	}
	for _, other := range above {
		if e := other.typed.On; e != nil && on.Base().Source.Within(e.Base().Source) {
			c.report(errRowNeverFires(r, other, on))
			break
		}
	}
	r.typed.On = on
	return true
}

// afterRow types `after(d)`.
func (c *checker) afterRow(r *stateRow, call *hclsyntax.FunctionCallExpr, above []*stateRow) bool {
	if len(call.Args) != 1 {
		c.report(errAfterArgs(call))
		return false
	}
	x := c.plain(call.Args[0], types.TDuration)
	switch {
	case isBad(x):
		return false
	case x.Base().Type.Kind != types.Duration:
		c.report(c.errWrongType(x, types.TDuration, "`after`", call.NameRange))
		return false
	case x.Base().Shape != types.Constant:
		c.report(c.errNotConstant(x, "the time of `after`"))
		return false
	}
	if k, ok := x.(*typed.Const); ok {
		r.after, _ = duration(k.V)
		if r.after <= 0 {
			c.report(errAfterNothing(x))
			return false
		}
		for _, other := range above {
			if other.after == r.after {
				c.report(errKeyTwice(r.name, r.at, other.at))
				return false
			}
		}
	}
	r.typed.After = x
	return true
}

// nextOf types the right side of a row.
func (c *checker) nextOf(x *typed.State, r *stateRow, e hclsyntax.Expression) bool {
	s := c.scope
	s.locals = &local{name: "old", v: x.Old, arm: true, next: s.locals}
	if r.typed.On != nil {
		s.locals = &local{name: "it", x: r.typed.On, next: s.locals}
	}
	next := c.with(s, func() typed.Expr { return c.expr(e, x.Type) })
	if isBad(next) {
		return false
	}
	if _, ok := convertible(next.Base().Type, x.Type); !ok {
		if next.Base().Type.Kind == types.Optional && x.Type.Kind != types.Optional {
			c.report(c.errMissingHanded(next))
			return false
		}
		label := "this state"
		c.report(c.errWrongType(next, x.Type, label, x.Type.Origin.Range))
		return false
	}
	next = c.convert(next, x.Type)
	c.movingInRow(next)
	r.typed.Next = next
	if on := r.typed.On; on != nil {
		info := typed.Info{Range: r.at}
		if !c.join(&info, on, next) {
			return false
		}
		if indifferent(on) && !readsEvent(next, on) {
			c.report(c.errSwitchTriggers(on, "a row of a `state`", rangeT{}))
			return false
		}
	} else if next.Base().Shape == types.Event {
		c.report(c.errEventAsValue(next, "the row of `after`", r.at, x.Type))
		return false
	}
	return true
}

// readsEvent reports whether a row looks at what its event carries.
func readsEvent(next, on typed.Expr) bool {
	found, path := false, pathOf(on)
	typed.Walk(next, func(n typed.Expr) bool {
		found = found || n.Base().Shape.Happens() && path != "" && pathOf(n) == path
		return !found
	})
	return found
}

// movingInRow looks for values that move with time alone behind operators that
// remember: the row itself is worked out at one moment.
func (c *checker) movingInRow(next typed.Expr) {
	typed.Walk(next, func(n typed.Expr) bool {
		if call, ok := n.(*typed.OpCall); ok && !movesWithTime[call.Op.Name] {
			c.moving(call)
			return false
		}
		return true
	})
}

// state adds the ports that a state depends on.
func (g *dependence) state(d *decl) {
	var attrs []*syntax.Attr
	for _, name := range []string{"start", "on"} {
		if a := d.block.Attr(name); a != nil {
			attrs = append(attrs, a)
		}
	}
	g.add(port{d: d}, attrs...)
}

// alone are the rows of a state whose event is a single name, which HCL takes for
// the name of a field.
func (g *dependence) alone(d *decl, a *syntax.Attr) []hcl.Traversal {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if d.sort != sortState || a.Name != "on" || !ok {
		return nil
	}
	var list []hcl.Traversal
	for _, item := range o.Items {
		key, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
		if !ok || hcl.ExprAsKeyword(key) == "" {
			continue
		}
		if t, ok := traversalOf(key.Wrapped); ok {
			list = append(list, t)
		}
	}
	return list
}
