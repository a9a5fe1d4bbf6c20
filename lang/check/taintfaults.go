package check

import (
	"slices"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// leaksInFaults reports what would tell a secret by failing: the fault quotes what it
// was given, and faults are lines of the log. Where a secret reaches a sink that was
// told already.
func (c *checker) leaksInFaults() {
	if slices.ContainsFunc(c.found, func(d *diag.Diagnostic) bool { return d.Code == "E1001" }) {
		return
	}
	for _, x := range c.wholes() {
		typed.Walk(x, func(n typed.Expr) bool {
			if !n.Base().Fallible || !quotes(n) {
				return true
			}
			path := secretIn(n)
			if path == nil {
				return true
			}
			name := path[len(path)-1].(*typed.SettingRef).Setting.Name
			c.report(errLeakInFault(n, c.decls[name]))
			return false
		})
	}
}

// quotes reports whether a failure of an expression tells what it was given.
func quotes(x typed.Expr) bool {
	switch x.(type) {
	case *typed.Fail, *typed.Call, *typed.FunctionCall:
		return true
	}
	return false
}
