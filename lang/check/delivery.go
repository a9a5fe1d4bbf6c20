package check

import (
	"github.com/hashicorp/hcl/v2"

	"flowc/lang/delivery"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// deliverySetting is what every sink takes: how sure the ways to it must be.
const deliverySetting = "delivery"

var deliveryType = &types.Type{Kind: types.Enum, Name: "delivery", Values: delivery.Words}

// delivery reads `delivery = at_least_once`.
func (w *wiring) delivery() {
	a := w.d.block.Attr(deliverySetting)
	if a == nil || !w.hasShot() || settingField(w.d.kind, deliverySetting) != nil {
		return
	}
	x := w.c.expr(a.Expr, deliveryType)
	if isBad(x) {
		return
	}
	k, ok := x.(*typed.Const)
	if !ok || k.Type != deliveryType {
		w.c.report(w.c.errWrongType(x, deliveryType, "`"+a.Name+"`", a.NameRange))
		return
	}
	w.t.Delivery, _ = k.V.(string)
}

// deliveries holds the ways to each sink against what the flow asks for: what a way
// lacks is told once, at its place.
func (c *checker) deliveries() {
	if c.found.HasErrors() {
		return
	}
	var things []*typed.Thing
	for _, d := range c.things() {
		things = append(things, d.thing)
	}
	t := delivery.New(things, c.persist)
	told := map[lack]bool{}
	for _, d := range c.things() {
		asked := delivery.Asked(d.thing.Delivery)
		if asked == delivery.BestEffort {
			continue
		}
		for _, p := range t.Paths(d.thing) {
			if p.Class >= asked {
				continue
			}
			for _, cause := range p.Causes {
				f := c.errDelivery(d, p, cause)
				if l := (lack{f.Code, f.Subject.Range}); !told[l] {
					told[l] = true
					c.report(f)
				}
				break // the others are seen when this one is mended
			}
		}
	}
}

// lack is what a way is told to lack, and where.
type lack struct {
	code string
	at   hcl.Range
}

// attrOf is what a flow wrote for a setting of a thing; nil where it wrote none.
func (c *checker) attrOf(t *typed.Thing, name string) *syntax.Attr {
	d := c.decls[t.Name]
	if d == nil || d.block == nil {
		return nil
	}
	return d.block.Attr(name)
}
