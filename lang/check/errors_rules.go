package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// errNoMembers is an interlock of nothing.
func errNoMembers(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, "an interlock needs `never_both`")
	f.Hint = "list the actuators of which only one may be on at a time:"
	f.Example = "never_both = [shutter_up.on, shutter_down.on]"
	return f
}

func errFewMembers(d *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "Between which?", a.Expr.Range(), "a list of two or more is needed here")
	f.Hint = "list the actuators of which only one may be on at a time:"
	f.Example = "never_both = [shutter_up.on, shutter_down.on]"
	return f
}

// errNoActuator is something in an interlock that cannot be kept off.
func errNoActuator(x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "An interlock holds actuators", x.Base().Range, "this is no output that the flow drives")
	f.Why = "An interlock keeps an actuator off, so each of its members is the `on` of one: what it is commanded to be."
	if w, ok := x.(*typed.Wire); ok && w.Thing != nil && w.Thing.Kind.Decides {
		replace(f, x.Base().Range, w.Thing.Name+".on")
		f.Hint = fmt.Sprintf("did you mean `%s.on`?", w.Thing.Name)
		return f
	}
	f.Hint = "a rule over other things is an `invariant`."
	return f
}

// errBareMembers is `never_both = [up, down]`, once for the whole list.
func errBareMembers(list *hclsyntax.TupleConsExpr, bare map[int]*decl) *diag.Diagnostic {
	f := finding("E0107", "Which output of it?", list.Exprs[slices.Min(slices.Collect(maps.Keys(bare)))].Range(), "")
	var names, right []string
	for n, e := range list.Exprs {
		d := bare[n]
		if d == nil {
			right = append(right, "…")
			continue
		}
		names, right = append(names, d.name), append(right, d.name+".on")
		f.Fix = append(f.Fix, diag.Edit{Range: e.Range(), Text: d.name + ".on"})
	}
	f.Subject.Label = fmt.Sprintf("%s %s", listed(names), "is the thing, not what it is commanded to be")
	if len(names) > 1 {
		f.Subject.Label = fmt.Sprintf("%s are things, not what they are commanded to be", listed(names))
	}
	f.Why = "An interlock keeps an actuator off, so each of its members is the `on` of one."
	f.Hint = "write:"
	f.Example = fmt.Sprintf("never_both = [%s]", strings.Join(right, ", "))
	return f
}

func errMemberTwice(m, first lockMember) *diag.Diagnostic {
	f := finding("E0103", "This is here twice", m.x.Base().Range, fmt.Sprintf("`%s` again", m.d.name))
	also(f, first.x.Base().Range, "the first one")
	return f
}

func errGapNegative(x typed.Expr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "0.s or more is needed")
	f.Why = "`gap` is the time that passes between one of them and another."
	return f
}

// errBothOn is an interlock that cannot let both have what they want.
func errBothOn(d *decl, m, other lockMember, why string) *diag.Diagnostic {
	f := finding("E0804", "These are always on together", m.x.Base().Range, fmt.Sprintf("`%s` %s", m.d.name, why))
	also(f, other.x.Base().Range, fmt.Sprintf("and so is `%s`", other.d.name))
	if why == "follows the same" {
		f.Related[0].Label = fmt.Sprintf("as `%s` does", other.d.name)
	}
	f.Why = fmt.Sprintf("`%s` says that they never are, so one of them would never go on.", d.name)
	f.Hint = "let each follow something else, or take one of them out of the interlock."
	return f
}

// errInterlockAsValue is an interlock that is read.
func errInterlockAsValue(d *decl, r rangeT) *diag.Diagnostic {
	f := finding("E0107", "There is nothing to read here", r, fmt.Sprintf("`%s` is an interlock", d.name))
	also(f, d.at, "declared here")
	f.Hint = "read the actuators in it; each has `on`, what it is commanded to be, and `wanted`, what the flow asks for."
	return f
}

// errOpposites is a pair of actuators that would work against each other.
func errOpposites(d, other *decl) *diag.Diagnostic {
	f := warning("W0806", "These two could be on together", other.at, fmt.Sprintf("`%s` and `%s` seem to do the opposite", d.name, other.name))
	also(f, d.at, fmt.Sprintf("`%s` is here", d.name))
	f.Why = "On together, the two would work against each other; a motor that is told both ways may burn."
	f.Hint = "let one wait for the other, whatever the rest of the flow says:"
	f.Example = fmt.Sprintf("interlock one_way {\n  never_both = [%s.on, %s.on]\n  gap        = 500.ms\n}", d.name, other.name)
	return f
}

func errNoRule(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, "an invariant needs `that`")
	f.Why = "It says what must hold at every moment."
	f.Hint = "add"
	f.Example = "that = !(heater.on && window.open)"
	return f
}

// errRuleConstant is a rule that nothing in the flow can change.
func errRuleConstant(x typed.Expr) *diag.Diagnostic {
	f := finding("E0504", "This rule never changes", x.Base().Range, "this is always the same")
	f.Why = "An invariant is looked at whenever something in it changes."
	f.Hint = "name what must not be together, as in `!(heater.on && window.open)`."
	return f
}
