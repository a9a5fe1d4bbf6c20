package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// equation types an equation once; others wait for it wherever they refer to it.
func (c *checker) equation(d *decl) {
	if d.state != untouched || !d.isEquation() {
		return
	}
	d.state = running
	x := c.evaluate(d)
	for range 2 { // a circle may turn out to be keyed, or of another type, only in the end
		if d.guess == nil || !c.outOfDate(d, x) {
			break
		}
		c.rewind(d)
		d.guess = guessFrom(x)
		x = c.evaluate(d)
	}
	d.state = finished
	d.settle(x)
}

// evaluate types the expression of an equation in a scope of its own.
func (c *checker) evaluate(d *decl) typed.Expr {
	d.met = nil
	d.steps = nil
	return c.with(scopeOf(d), func() typed.Expr {
		x := c.said(d)
		if isBad(x) || d.sort != sortEquation {
			return x
		}
		if x.Base().Type.Kind == types.Null {
			c.report(errNullEquation(d, x))
			return c.bad(x.Base().Range)
		}
		never := onlyFails(x.Base().Type)
		if never || x.Base().Shape != types.Constant && open(x.Base().Type) {
			c.report(errOpenType(x))
			return c.bad(x.Base().Range)
		}
		if c.moving(x) {
			return c.bad(x.Base().Range)
		}
		return x
	})
}

// said types what an equation says.
func (c *checker) said(d *decl) typed.Expr {
	switch {
	case d.sort == sortState:
		return c.stateTable(d)
	case d.sort == sortSequence:
		return c.sequenceBlock(d)
	case d.handed != nil:
		return c.handedValue(d)
	case d.input != nil:
		return c.inputValue(d)
	case d.gather != nil:
		return c.gathered(d)
	}
	return c.expr(d.attr.Expr, nil)
}

func (d *decl) settle(x typed.Expr) {
	d.x = x
	d.eq.X = x
	if isBad(x) {
		return
	}
	if s := x.Base().Source; s != nil && freshSource(x) {
		s.Name = d.name
	}
	for _, w := range d.met {
		i := *x.Base()
		i.Pos, i.Range, i.Text = w.Pos, w.Range, w.Text
		w.Info = i
	}
}

// freshSource reports whether the source began in this expression, so that the
// equation's name is the name people know it by.
func freshSource(x typed.Expr) bool {
	switch x.(type) {
	case *typed.OpCall, *typed.Where:
		return true
	}
	return false
}

// equationRef is a reference to an equation.
func (c *checker) equationRef(d *decl, at rangeT) typed.Expr {
	if d.state == running {
		return c.circular(d, at)
	}
	if c.guessing > 0 && d.state == untouched {
		return c.guessOther(d, at)
	}
	c.equation(d)
	x := d.x
	if isBad(x) {
		return c.bad(at)
	}
	if x.Base().Shape == types.Constant {
		if k, ok := constant(x); ok {
			return c.constAt(k, at)
		}
		return x // of settings: cheap, and known at start
	}
	i := *x.Base()
	i.Pos, i.Range, i.Text = pos(at), at, c.text(at)
	i.Fallible = false
	return &typed.Wire{Info: i, Eq: d.eq}
}

// circular is a reference to an equation that is being typed: its type is
// guessed, and checked against what comes out.
func (c *checker) circular(d *decl, at rangeT) typed.Expr {
	if d.guess == nil {
		d.guess = c.guessType(d)
	}
	if d.guess.Type.Kind == types.Bad {
		return c.bad(at)
	}
	i := *d.guess
	i.Pos, i.Range, i.Text = pos(at), at, c.text(at)
	w := &typed.Wire{Info: i, Eq: d.eq}
	if c.guessing == 0 {
		d.met = append(d.met, w)
	}
	return w
}

// guessType looks for the type of an equation inside a circle without reporting
// anything: what waits or remembers is taken by its first value.
func (c *checker) guessType(d *decl) *typed.Info {
	if d.sort == sortState {
		return c.stateGuess(d)
	}
	d.guess = &typed.Info{Type: types.TBad}
	if c.guessing == 0 {
		c.guesses = map[*decl]guess{}
	}
	c.guessing++
	x := c.with(scopeOf(d), func() typed.Expr { return c.said(d) })
	c.guessing--
	return guessFrom(x)
}

// guess is what was found out about an equation inside one guess: its type, or how
// often it was looked for in vain.
type guess struct {
	info   *typed.Info
	failed int
}

// maxGuesses bounds the work in a circle where everything follows everything.
const maxGuesses = 3

func guessFrom(x typed.Expr) *typed.Info {
	i := *x.Base()
	if i.Shape == types.Constant {
		i.Shape = types.Value
	}
	i.Fallible = false
	return &i
}

// guessOther types an equation on the way round a circle, for the moment. What was
// found holds until the guess is made; what was not found is looked for again, in
// other company, but not without end.
func (c *checker) guessOther(d *decl, at rangeT) typed.Expr {
	known := c.guesses[d]
	if known.info == nil && known.failed < maxGuesses {
		d.state = running
		d.guess = &typed.Info{Type: types.TBad}
		x := c.with(scopeOf(d), func() typed.Expr { return c.said(d) })
		d.state, d.guess = untouched, nil
		if isBad(x) {
			known.failed++
		} else {
			known.info = guessFrom(x)
		}
		c.guesses[d] = known
	}
	if known.info == nil {
		return c.bad(at)
	}
	i := *known.info
	i.Pos, i.Range, i.Text = pos(at), at, c.text(at)
	return &typed.Wire{Info: i, Eq: d.eq}
}

// outOfDate reports whether a guess was not what came out.
func (c *checker) outOfDate(d *decl, x typed.Expr) bool {
	if isBad(x) {
		return false
	}
	b := x.Base()
	return !types.Same(b.Type, d.guess.Type) || b.Shape != d.guess.Shape || b.Key != d.guess.Key
}

// rewind forgets what was typed with a wrong guess, except for what others have
// already found.
func (c *checker) rewind(d *decl) {
	for _, other := range c.order {
		if other != d && other.isEquation() && other.state == finished && c.mentions(other, d) {
			other.state, other.x, other.guess = untouched, nil, nil
			other.eq.X = nil
			c.forgetFindings(other)
		}
	}
	c.forgetFindings(d)
}

// forgetFindings drops what was reported inside a declaration that is typed anew.
func (c *checker) forgetFindings(d *decl) {
	left := c.found[:0]
	for _, f := range c.found {
		r := f.Subject.Range
		if !within(r, d.whole()) {
			left = append(left, f)
		}
	}
	c.found = left
	refs := c.refs[:0]
	for _, r := range c.refs {
		if r.by != d {
			refs = append(refs, r)
		}
	}
	c.refs = refs
}

// mentions reports whether a refers to b, through any number of equations.
func (c *checker) mentions(a, b *decl) bool {
	return c.reaches(a, b, map[*decl]bool{})
}

func (c *checker) reaches(a, b *decl, seen map[*decl]bool) bool {
	if seen[a] {
		return false
	}
	seen[a] = true
	for _, r := range c.refs {
		if r.by == a && (r.to == b || c.reaches(r.to, b, seen)) {
			return true
		}
	}
	return false
}
