package check

import (
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// place is where the flow runs.
type place struct {
	known               bool
	latitude, longitude float64
}

// site is the place as functions take it.
func (p place) site() fn.Site { return fn.Site{Latitude: p.latitude, Longitude: p.longitude} }

// settle takes the place from the values of `site`.
func (c *checker) settle(v map[string]any) {
	latitude, north := v["latitude"].(float64)
	longitude, east := v["longitude"].(float64)
	c.place = place{north && east, latitude, longitude}
	for _, a := range c.site.Attrs {
		if zone, ok := v[a.Name].(string); ok && a.Name == "timezone" {
			c.zone = c.knownZone(zone, a.Expr.Range())
			continue
		}
		limit := map[string]string{"latitude": "90", "longitude": "180"}[a.Name]
		f := &catalog.Field{Name: a.Name, Tags: map[string]string{"range": "-" + limit + "," + limit}}
		if k, ok := v[a.Name].(float64); ok && limit != "" {
			x := c.constOf(a.Expr.Range(), types.TNumber, k)
			c.place.known = c.inRange(x, f, a) && c.place.known
		}
	}
}

// sun is `sun.down` and its like: operators that are written as outputs.
func (c *checker) sun(e *hclsyntax.ScopeTraversalExpr, at rangeT, rest []hcl.Traverser) typed.Expr {
	if len(rest) == 0 {
		c.report(c.errSun(at, ""))
		return c.bad(e.Range())
	}
	attr, ok := rest[0].(hcl.TraverseAttr)
	if !ok || len(c.callees("sun."+attr.Name)) == 0 {
		r := rest[0].SourceRange()
		if ok {
			r = stepRange(attr)
		}
		c.report(c.errSun(r, attr.Name))
		return c.bad(e.Range())
	}
	call := &hclsyntax.FunctionCallExpr{
		Name: "sun." + attr.Name, NameRange: at, OpenParenRange: attr.SrcRange, CloseParenRange: attr.SrcRange,
	}
	c.asksSun = true
	return c.access(c.call(call, nil, nil), rest[1:], e.Range())
}

// zoneOption takes the zone out of the options of an operator that goes by clocks; it
// is that of the site where no option names one.
func (c *checker) zoneOption(opts []typed.Option) (zone string, rest []typed.Option) {
	zone = c.zone
	for _, o := range opts {
		if o.Arg.Name != "zone" {
			rest = append(rest, o)
		} else if k, ok := constant(o.X); ok {
			zone, _ = k.V.(string)
		}
	}
	return zone, rest
}

// wholeDays reports whether an option is a time of whole days: where they begin only
// the clocks of a place tell.
func wholeDays(x *typed.OpCall) bool {
	for _, o := range x.Options {
		if k, ok := constant(o.X); ok && o.Arg.Name == "every" {
			d, _ := k.V.(time.Duration)
			return d%(24*time.Hour) == 0
		}
	}
	return false
}

// placed holds that an operator which goes by the clocks or the sun of a place knows
// one, and that its texts can be read.
func (c *checker) placed(x *typed.OpCall) {
	switch {
	case x.Op.Zone && x.Zone == "" && x.Op.Clock && !wholeDays(x):
	case x.Op.Zone && x.Zone == "":
		c.report(errNoSite(x.Range, x.Op.Name, "the local time"))
	case x.Op.Site && !c.place.known:
		c.report(errNoSite(x.Range, x.Op.Name, "the place"))
	}
	c.clockChanges(x)
	c.limits(x)
}
