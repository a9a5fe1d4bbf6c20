package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Point is something that a test may exercise: a row of a state, an answer, a fault, a
// move of an actuator. Generated code that counts its points is for `flowc test
// -coverage` only.
type Point struct {
	Pos  typed.Pos
	Sort PointSort
	// Text is the row's or answer's expression; of a fault the name of what fails, of a
	// move the wire.
	Text string
	// To is what an actuator moves to: "on" or "off".
	To string
}

// PointSort is what a point is.
type PointSort string

// The sorts of points.
const (
	PointRow    PointSort = "row"
	PointAnswer PointSort = "answer"
	PointPassed PointSort = "passed"
	PointHeld   PointSort = "held"
	PointFault  PointSort = "fault"
	PointMove   PointSort = "move"
)

// Cover gathers the points of a program while it is printed.
type Cover struct {
	Points []Point
	// off is set while tests themselves are printed.
	off bool
}

// point is the number of a point; an expression that is printed twice is one.
func (c *Cover) point(p Point) int {
	for i, have := range c.Points {
		if have == p {
			return i
		}
	}
	c.Points = append(c.Points, p)
	return len(c.Points) - 1
}

func (g *generator) covers() bool { return g.cover != nil && !g.cover.off }

// hit prints sim.Hit(3) where points are counted, else nothing.
func (b *body) hit(x typed.Expr, sort PointSort, text string) {
	if !b.g.covers() || b.step == nil && x == nil {
		return
	}
	pos := x.Base().Pos
	if pos.Line == 0 {
		return
	}
	b.add(jen.Qual(simPath, "Hit").Call(jen.Lit(b.g.cover.point(Point{Pos: pos, Sort: sort, Text: oneSpace(text)}))))
}

// passing is a condition of a filter, counted for both of its outcomes.
func (b *body) passing(cond *jen.Statement, x *typed.Where) *jen.Statement {
	if !b.g.covers() || x.Base().Pos.Line == 0 {
		return cond
	}
	text := oneSpace(x.If.Base().Text)
	yes := b.g.cover.point(Point{Pos: x.Base().Pos, Sort: PointPassed, Text: text})
	no := b.g.cover.point(Point{Pos: x.Base().Pos, Sort: PointHeld, Text: text})
	return jen.Qual(simPath, "Passed").Call(cond, jen.Lit(yes), jen.Lit(no))
}

func oneSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

// outer adds the points that are seen from outside: what actuators do, and what fails.
func (c *Cover) outer(p *plan.Program) {
	faulty := map[string]bool{}
	for _, th := range p.Things {
		for _, f := range th.Kind.Fields {
			if f.Role == catalog.RoleDrive && f.Type != nil && f.Type.Name == "bool" {
				for _, to := range []string{"on", "off"} {
					c.point(Point{Pos: th.Pos, Sort: PointMove, Text: th.Name + "." + f.Name, To: to})
				}
			}
		}
		if canFault(th) {
			faulty[th.Name] = true
			c.point(Point{Pos: th.Pos, Sort: PointFault, Text: th.Name})
		}
	}
	for _, s := range p.Steps {
		if s.X != nil && s.Node != nil && !faulty[s.Node.Name] && s.Sort != plan.Watch && canFail(s.X) {
			faulty[s.Node.Name] = true
			c.point(Point{Pos: s.Node.Pos, Sort: PointFault, Text: s.Node.Name})
		}
	}
}

// canFault reports whether a thing has failures of its own that a test can cause: a
// message that does not fit, an effect that fails, a run that a limit ends.
func canFault(th *plan.Thing) bool {
	for _, f := range th.Kind.Fields {
		if f.Role == catalog.RoleDecoder && (th.Codec == typed.JSON || th.Codec == typed.Text) && th.Param.Kind != types.String {
			return true
		}
		if f.Name == "failed" && f.Role == catalog.RoleEvent {
			return true
		}
	}
	for _, s := range th.Settings {
		if s.Field.Name == "max_on" {
			return true
		}
	}
	return false
}
