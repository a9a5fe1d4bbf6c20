package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// sunTime is a time of day that the sun makes, where a clock's is wanted: "sunset",
// sunset(), sun.set.
type sunTime struct {
	// event is what happens then, sunset or sunrise.
	event string
	// plain says that nothing is added to it, as in "sunset + 30min".
	plain bool
}

// sunTimes are the words for it.
var sunTimes = map[string]string{
	"sunset": "sunset", "dusk": "sunset", "set": "sunset", "setting": "sunset",
	"sunrise": "sunrise", "dawn": "sunrise", "rise": "sunrise", "rising": "sunrise",
}

// sunTimeOf reads what stands where a time of day belongs; a name that the flow gave to
// something is that.
func (c *checker) sunTimeOf(e hclsyntax.Expression) (sunTime, bool) {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		v, found := e.Value(nil)
		if found.HasErrors() || v.IsNull() || v.Type() != cty.String {
			return sunTime{}, false
		}
		text := strings.ToLower(strings.TrimSpace(v.AsString()))
		word, rest := text, ""
		if n := strings.IndexAny(text, " +-"); n >= 0 {
			word, rest = text[:n], text[n:]
		}
		event := sunTimes[strings.TrimPrefix(word, "sun.")]
		return sunTime{event: event, plain: rest == ""}, event != ""
	case *hclsyntax.ScopeTraversalExpr:
		root := e.Traversal.RootName()
		if c.lookup(root) != nil || c.scope.locals.find(root) != nil {
			return sunTime{}, false
		}
		if root == "sun" && len(e.Traversal) == 2 {
			if a, ok := e.Traversal[1].(hcl.TraverseAttr); ok {
				root = a.Name
			}
		} else if len(e.Traversal) > 1 {
			return sunTime{}, false
		}
		event := sunTimes[root]
		return sunTime{event: event, plain: true}, event != ""
	case *hclsyntax.FunctionCallExpr:
		event := sunTimes[e.Name]
		return sunTime{event: event, plain: len(e.Args) == 0}, event == e.Name && event != ""
	}
	return sunTime{}, false
}

// sunAsClock reports a call that wants times of day and is given the sun's.
func (c *checker) sunAsClock(k call) bool {
	if k.name != "between" && k.name != "daily" || len(k.args) == 0 || k.first != nil {
		return false
	}
	var times [2]sunTime
	var at hclsyntax.Expression
	for n, e := range k.args[:min(len(k.args), 2)] {
		t, ok := c.sunTimeOf(e)
		if times[n] = t; ok && at == nil {
			at = e
		}
	}
	if at == nil {
		return false
	}
	if k.name == "daily" {
		c.report(c.errDailySun(k, at, times[0]))
		return true
	}
	c.report(c.errBetweenSun(k, at, times))
	return true
}
