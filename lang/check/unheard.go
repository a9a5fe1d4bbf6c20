package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// silenced is `log_faults = off` in the program block: faults that the flow does not
// wire are counted, and no lines of the log.
func (c *checker) silenced() *typed.Wire {
	if c.about == nil || !c.quiet {
		return nil
	}
	a := c.about.Attr(logFaults)
	return c.faultsOf(nil, a.Range).(*typed.Wire)
}

// unheard warns of a flow whose faults are not logged and go nowhere.
func (c *checker) unheard() {
	if !c.quiet || c.faults != nil || c.found.HasErrors() {
		return
	}
	for _, d := range c.order {
		if c.sourceOf[output{d, typed.Faults}] == nil && canFault(d) {
			c.report(errUnheard(c.about.Attr(logFaults), d.name))
			return
		}
	}
}

// canFault reports whether something can fail while the flow runs: what comes in or
// goes out, and calculations.
func canFault(d *decl) bool {
	if d.kind != nil {
		return fieldOfRole(d.kind, catalog.RoleSelf) != nil || fieldOfRole(d.kind, catalog.RoleShot) != nil
	}
	return d.x != nil && canFail(d.x)
}
