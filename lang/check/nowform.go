package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// now is `now()`: the moment of the instant. It moves with time alone, so it is
// read where something happens, or through `sample`.
func (c *checker) now(k call) typed.Expr {
	if !c.asksProgram(k, "now()") {
		return c.bad(k.e.Range())
	}
	x := &typed.Moment{Info: c.info(k.e.Range(), types.TTime)}
	x.Shape = types.Value
	return x
}

// uuid is `uuid()`: a name that nothing else has, another one each time.
func (c *checker) uuid(k call) typed.Expr {
	if !c.asksProgram(k, "uuid()") {
		return c.bad(k.e.Range())
	}
	x := &typed.Chance{Info: c.info(k.e.Range(), types.TString)}
	x.Shape = types.Value
	return x
}

// asksProgram checks a form without arguments that asks the running program, which
// a function of the flow cannot.
func (c *checker) asksProgram(k call, signature string) bool {
	if !c.needs(k, 0, signature) {
		return false
	}
	if c.scope.function != nil {
		c.report(errNotPure(k, c.scope.function))
		return false
	}
	return true
}
