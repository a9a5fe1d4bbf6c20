package main

import (
	"strconv"
	"unicode"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// thingRows tell the outputs, inputs and limits of a thing.
func thingRows(s *sheet, cat *catalog.Catalog, t *typed.Thing) {
	for _, f := range t.Kind.Fields {
		if shape, ok := outputShape(t, f); ok {
			s.row(outputName(t, f), outputText(cat, t, f, shape))
		}
	}
	for _, in := range t.Inputs {
		if in.Pos == t.Pos && in.Field.Default == "0" {
			continue // nobody wrote it, and it stands for what depends on the rest
		}
		s.row(in.Field.Name, in.X.Base().Text)
		s.row("  shape", infoText(in.X.Base()))
		if in.Field.Role == catalog.RoleDrive || in.Field.Role == catalog.RoleLevel {
			s.row("  ready", readyText(in.X)+"; else the thing is in its safe state")
		}
	}
	if t.When != nil {
		s.row("when", t.When.Base().Text)
	}
	for _, set := range t.Settings {
		if set.X != nil {
			s.row(set.Field.Name, settingSaid(set.X))
		}
	}
	if selfOf(t) && t.Self != types.Event {
		s.row("ready", "once "+firstOf(t, ""))
	}
	if len(t.Captures) > 0 {
		s.row("keys", keysOf(t))
	}
}

// outputShape is the shape of a field that can be read.
func outputShape(t *typed.Thing, f *catalog.Field) (types.Shape, bool) {
	switch f.Role {
	case catalog.RoleSelf:
		return t.Self, true
	case catalog.RoleEvent:
		return types.Event, true
	case catalog.RoleReading:
		return types.Reading, true
	case catalog.RoleValue, catalog.RoleDrive:
		return types.Value, true
	}
	return 0, false
}

func outputName(t *typed.Thing, f *catalog.Field) string {
	if f.Role == catalog.RoleSelf {
		return t.Name
	}
	return t.Name + "." + f.Name
}

func outputText(cat *catalog.Catalog, t *typed.Thing, f *catalog.Field, shape types.Shape) string {
	if f.Role == catalog.RoleSelf && t.Param != nil {
		return wireText(shape, t.Param, t.Key)
	}
	if f.Type != nil && f.Type.Name == "param" && t.Param != nil {
		return wireText(shape, t.Param, t.Key)
	}
	text := shape.String()
	if f.Type != nil && f.Type.Name != "unit" {
		text += " of " + cat.TypeText(f.Type)
	}
	return text
}

func keysOf(t *typed.Thing) string {
	text := keyText(t.Key.Names, t.Key.Types)
	if t.MaxKeys > 0 {
		text += ", at most " + strconv.Itoa(t.MaxKeys)
	}
	if t.ForgetAfter > 0 {
		text += ", forgotten after " + durationText(t.ForgetAfter) + " of silence"
	}
	return text
}

// settingSaid is what a setting was given, with its value where a name stands for it:
// "5 (each.pin)".
func settingSaid(x typed.Expr) string {
	text := x.Base().Text
	k, ok := x.(*typed.Const)
	if !ok || text == "" || !(text[0] == '_' || unicode.IsLetter(rune(text[0]))) {
		return text
	}
	if value := valueText(k.V, k.Type); value != text {
		return value + " (" + text + ")"
	}
	return text
}
