// Package delivery works out how sure the ways from the sources of a typed program to
// its sinks are. It knows no kind and no operator by name: what each does with an
// occurrence is said in the catalogue.
package delivery

import (
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// Class is how sure a way is.
type Class uint8

// The classes, from the least sure. Of what goes a BestEffort way a crash may lose
// some. On an AtLeastOnce way the source keeps each occurrence until the sink has
// confirmed it, so a crash may repeat some. EffectOnce is that with a sink that knows a
// repetition when it sees one.
const (
	BestEffort Class = iota
	AtLeastOnce
	EffectOnce
)

// Words are the classes that a flow can ask for, as it writes them.
var Words = []string{Loose, "at_least_once", "effect_once"}

// Loose is the word of a sink for which nobody is to wait: what is lost on the way to it
// can be borne.
const Loose = "best_effort"

// Asked is the class that a word asks for.
func Asked(word string) Class {
	switch word {
	case "at_least_once":
		return AtLeastOnce
	case "effect_once":
		return EffectOnce
	}
	return BestEffort
}

// String is the class in words.
func (c Class) String() string {
	return [...]string{"best effort", "at least once", "effect once"}[c]
}

// Path is the way of what begins at Origin to Sink.
type Path struct {
	Origin Origin
	Sink   *typed.Thing
	Class  Class
	// Causes say why it is not surer: the nearest to the origin first.
	Causes []Cause
	// Buffered says that what cannot go on waits on the disk; First that it is there
	// before anything else happens with it.
	Buffered, First bool
	// Drops are the settings by which the flow lets some go, as `on_full =
	// drop_oldest` does: they are counted, and no loss.
	Drops []Drop
}

// Origin is where what happens begins.
type Origin struct {
	// X is the expression that happens there.
	X typed.Expr
	// Thing is the thing whose output X reads; nil for a schedule, a value that
	// changes, and what an operator tells by itself.
	Thing *typed.Thing
	// Value says that a value is looked at, which carries no occurrence.
	Value bool
}

// Name is the origin as the flow writes it.
func (o Origin) Name() string { return o.X.Base().Text }

// Repeats is how what was not confirmed comes again, "" if it does not.
func (o Origin) Repeats() string {
	if o.Thing == nil || !o.Thing.Kind.Completes {
		return ""
	}
	if f := output(o.X); f == nil || f.Tags["rate"] == "shots" {
		return ""
	}
	return o.Thing.Kind.Repeats
}

// output is the field that a wire of a thing reads.
func output(x typed.Expr) *catalog.Field {
	w, ok := x.(*typed.Wire)
	if !ok || w.Thing == nil {
		return nil
	}
	for _, f := range w.Thing.Kind.Fields {
		if w.Output == "" && f.Role == catalog.RoleSelf || w.Output != "" && f.Name == w.Output {
			return f
		}
	}
	return nil
}

// Table gives the ways to the sinks of a program.
type Table struct {
	things  []*typed.Thing
	persist *typed.Persist
}

// New makes the table of a flow of these things; persist is how its memory is kept over
// a restart, nil where it is not.
func New(things []*typed.Thing, persist *typed.Persist) *Table {
	return &Table{things: things, persist: persist}
}

// All are the ways to all sinks, in the flow's order.
func (t *Table) All() []Path {
	var list []Path
	for _, th := range t.things {
		list = append(list, t.Paths(th)...)
	}
	return list
}

// Paths are the ways to a thing; none for one that is no sink.
func (t *Table) Paths(sink *typed.Thing) []Path {
	if !sink.Kind.Shoots || trigger(sink) == nil {
		return nil
	}
	w := &walk{table: t, open: map[*typed.Equation]bool{}}
	w.happens(trigger(sink), nil)
	var list []Path
	for _, found := range w.found {
		if p := t.path(found, sink); found.Thing != sink && !alike(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// alike reports whether the same is known of another way from the same origin: one that
// differs in what it lets through.
func alike(list []Path, p Path) bool {
	for _, o := range list {
		if o.Origin.Name() == p.Origin.Name() && o.Class == p.Class && slices.Equal(o.Rows(), p.Rows()) {
			return true
		}
	}
	return false
}

// WritesFirst reports whether a sink with a buffer must have everything on the disk
// before it does anything else with it: it is given something that does not come again.
func (t *Table) WritesFirst(sink *typed.Thing) bool {
	for _, p := range t.Paths(sink) {
		if p.First {
			return true
		}
	}
	return false
}

// trigger is what makes a sink act: its `when`, else what it is given.
func trigger(th *typed.Thing) typed.Expr {
	if th.When != nil {
		return th.When
	}
	for _, in := range th.Inputs {
		switch in.Field.Role {
		case catalog.RoleShot, catalog.RoleShow:
			return in.X
		}
	}
	return nil
}
