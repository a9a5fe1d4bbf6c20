package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// info starts what an expression at r knows of itself: a constant of type t until
// its operands say otherwise.
func (c *checker) info(r hcl.Range, t *types.Type) typed.Info {
	return typed.Info{Type: t, Pos: pos(r), Range: r, Text: c.text(r)}
}

func pos(r hcl.Range) typed.Pos {
	return typed.Pos{File: r.Filename, Line: r.Start.Line, Col: r.Start.Column}
}

// src is the source text of a range.
func (c *checker) src(r hcl.Range) string {
	file := c.sources[r.Filename]
	from, to := r.Start.Byte, r.End.Byte
	if from < 0 || from > to || to > len(file) {
		return ""
	}
	return string(file[from:to])
}

// text is the source text of a range on one line.
func (c *checker) text(r hcl.Range) string {
	s := c.src(r)
	if !strings.Contains(s, "\n") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}

// bad is an expression with an error that was reported: whatever meets it is
// silent.
func (c *checker) bad(r hcl.Range) typed.Expr {
	return &typed.Const{Info: c.info(r, types.TBad)}
}

func isBad(x typed.Expr) bool { return x == nil || x.Base().Type.Kind == types.Bad }

func anyBad(list ...typed.Expr) bool {
	for _, x := range list {
		if isBad(x) {
			return true
		}
	}
	return false
}

func constant(x typed.Expr) (*typed.Const, bool) {
	k, ok := x.(*typed.Const)
	return k, ok && k.Type.Kind != types.Bad
}

func (c *checker) constOf(r hcl.Range, t *types.Type, v any) *typed.Const {
	return &typed.Const{Info: c.info(r, t), V: v}
}

// again is x as seen from r: the same wire or constant, written elsewhere.
func (c *checker) constAt(k *typed.Const, r hcl.Range) *typed.Const {
	i := c.info(r, k.Type)
	return &typed.Const{Info: i, V: k.V}
}

// finish gives a new node the shape, key and source of its operands and folds it
// if they are constants.
func (c *checker) finish(x typed.Expr, operands ...typed.Expr) typed.Expr {
	if anyBad(operands...) {
		return c.bad(x.Base().Range)
	}
	if !c.join(x.Base(), operands...) {
		return c.bad(x.Base().Range)
	}
	if x.Base().Shape == types.Constant {
		return c.fold(x)
	}
	return x
}
