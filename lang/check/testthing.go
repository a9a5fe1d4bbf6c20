package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// isSource reports whether messages come to a thing from outside.
func isSource(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && fieldOfRole(d.kind, catalog.RoleSelf) != nil && fieldOfRole(d.kind, catalog.RolePattern) != nil
}

// hears reports whether messages come to a thing: it is a source, or a device that
// says what it does.
func hears(d *decl) bool {
	return isSource(d) || d.sort == sortThing && d.kind != nil && ownTopic(d) != nil
}

// ownTopic is where a device says what it does, nil where it does not.
func ownTopic(d *decl) typed.Expr {
	f := outputField(d.kind, "state")
	if f == nil || d.thing == nil {
		return nil
	}
	for _, s := range d.thing.Settings {
		if s.Field.Tags["topic"] == "in" && s.Field.Name == f.Tags["needs"] {
			return s.X
		}
	}
	return nil
}

// isAsked reports whether a thing asks the world again and again: what it is told
// holds until it is told something else.
func isAsked(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && statementField(d.kind) == nil && fieldOfRole(d.kind, catalog.RoleSelf) != nil && fieldOfRole(d.kind, catalog.RolePattern) == nil && !answers(d.kind)
}

// isStatement reports whether a thing sends SQL of the flow's own, so that a test can say
// what comes of it.
func isStatement(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && statementField(d.kind) != nil
}

// isPin reports whether a thing listens to a pin: it has levels that tell of it.
func isPin(d *decl) bool { return d.sort == sortThing && len(pinLevels(d)) > 0 }

// pinLevels are the outputs that say how a pin is.
func pinLevels(d *decl) (list []*catalog.Field) {
	if d.kind == nil {
		return nil
	}
	for _, f := range d.kind.Fields {
		if f.Tags["pin"] != "" {
			list = append(list, f)
		}
	}
	return list
}

func isSink(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && d.kind.Shoots
}

// sends reports whether something goes out by a thing: a sink, or an actuator that is
// commanded by messages.
func sends(d *decl) bool {
	return isSink(d) || d.sort == sortThing && d.kind != nil && commands(d.kind)
}

func isConnection(d *decl) bool {
	if d.sort != sortThing || d.kind == nil {
		return false
	}
	f := outputField(d.kind, "connected")
	return f != nil && f.Role == catalog.RoleValue && fieldOfRole(d.kind, catalog.RoleTables) == nil
}

// isDatabase reports whether a thing holds tables.
func isDatabase(d *decl) bool {
	return d.sort == sortThing && d.thing != nil && len(d.thing.Tables) > 0
}

// isOwn reports whether a thing is of a kind that the flow's own Go declares, and tells
// of something.
func isOwn(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && d.kind.Place != nil && !d.kind.Decides &&
		(fieldOfRole(d.kind, catalog.RoleSelf) != nil || len(outputNames(d.kind)) > 0)
}
