package check

import (
	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// trigger settles what makes the thing act: the shot itself, or `when`. A shot that
// may be left out leaves it to `when` alone.
func (w *wiring) trigger() {
	if !w.hasShot() {
		return
	}
	if a := w.d.block.Attr("when"); a != nil && settingField(w.d.kind, "when") == nil {
		w.whenAttr(a)
	}
	trigger := w.shot
	if w.when != nil {
		trigger = w.when
	}
	switch {
	case w.failed:
		return
	case trigger == nil:
		if !meant(w.d.block, "when", settingNames(w.d.kind)) {
			w.c.report(errNoTrigger(w.d))
		}
		return
	}
	b := trigger.x.Base()
	if trigger == w.shot && !takesChanges(w.shot.field) && !b.Shape.Happens() {
		if !meant(w.d.block, "when", settingNames(w.d.kind)) {
			w.c.report(w.c.errWhenSent(w.shot.x, w.shot.attr, w.d))
		}
		return
	}
	if b.Shape.Happens() {
		w.t.Trigger = b.Source
	}
	w.together(trigger)
}

// takesChanges reports whether an input takes a value whenever it changes, too.
func takesChanges(f *catalog.Field) bool {
	return f.Role == catalog.RoleShow || f.Tags["changes"] != ""
}

// whenAttr types `when =`: an event or reading.
func (w *wiring) whenAttr(a *syntax.Attr) {
	x := w.c.expr(a.Expr, nil)
	switch {
	case isBad(x):
		w.failed = true
		return
	case !x.Base().Shape.Happens():
		w.c.report(w.c.errValueAsEvent(x, "`when`", a.NameRange))
		w.failed = true
		return
	case indifferent(x):
		w.c.report(w.c.errSwitchTriggers(x, "`when`", a.NameRange))
		w.failed = true
		return
	}
	w.when = &wired{attr: a, x: x}
	w.t.When = x
}

// together checks that all that goes into one shot can: keys and events.
func (w *wiring) together(trigger *wired) (info typed.Info, ok bool) {
	all := []typed.Expr{trigger.x}
	at := trigger.attr
	if w.shot != nil && trigger != w.shot {
		all = append(all, w.shot.x)
		at = w.shot.attr
	}
	for _, e := range w.each {
		all = append(all, e.x)
	}
	info.Range = at.Range
	if !w.c.join(&info, all...) {
		return info, false
	}
	w.t.Key = info.Key
	if trigger.x.Base().Shape == types.Value || trigger.x.Base().Shape == types.Constant {
		for _, x := range all {
			w.c.moving(x)
		}
	}
	return info, true
}
