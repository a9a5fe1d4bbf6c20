package catalog

import "strings"

func (c *Catalog) kindPage(k *Kind) *page {
	p := &page{name: k.Name, sort: "kind", doc: k.Doc}
	if k.By != "" {
		p.sort = "kind, with `" + k.By + "`"
	}
	settings, outputs := section{title: "Settings"}, section{title: "Outputs"}
	for _, f := range k.Fields {
		settings.rows = append(settings.rows, c.settingRows(f, "")...)
		outputs.rows = append(outputs.rows, c.outputRows(f)...)
	}
	p.add(settings)
	p.add(outputs)
	p.add(section{title: "Types", notes: k.typeNotes()})
	return p
}

// settingRows are the rows of a field that a flow sets.
func (c *Catalog) settingRows(f *Field, prefix string) []row {
	what := c.settingText(f)
	if what == "" {
		return nil
	}
	r := row{name: prefix + f.Name, value: shownDefault(f.Type, f.Default), what: what, doc: f.Doc}
	if f.Required {
		r.value = "…"
	}
	rows := []row{r}
	for _, inner := range f.Fields {
		rows = append(rows, c.settingRows(inner, prefix+f.Name+".")...)
	}
	if f.Role == RoleShot || f.Role == RoleShow {
		doc := "`when` says at which moments; without it, whenever `" + f.Name + "` happens."
		rows = append(rows, row{name: prefix + "when", what: "event", doc: doc})
	}
	if f.Role == RoleShot {
		doc := "`delivery` asks for a promise: `at_least_once` that a crash loses none, `effect_once` that none counts twice " +
			"either. A flow that cannot keep it is an error that says why. With `best_effort` a loss can be borne: the source is " +
			"acknowledged without waiting for this."
		rows = append(rows, row{name: prefix + "delivery", what: "best_effort, at_least_once or effect_once", doc: doc})
	}
	return rows
}

// settingText says what a setting takes, or "" for a field that is none.
func (c *Catalog) settingText(f *Field) string {
	text := c.settingType(f)
	switch f.Role {
	case RoleSetting:
	case RoleConst, RoleBorder:
		text += ", constant"
	case RoleThing:
		return "a thing: " + strings.Join(f.Kinds, " or ")
	case RoleLevel, RoleDrive:
		text = payload("value", f.Type, text)
	case RoleShot:
		text = payload("event or reading", f.Type, text)
	case RoleEach, RoleAnswer:
		text += ", evaluated each time"
	case RolePath:
		text = "path, may capture a field as {name}"
	case RolePart:
		return "a type"
	case RoleTypeOf:
		return "a type"
	case RoleForm:
		return "words({ … })"
	case RolePattern:
		text += ", may capture a key as {name}"
	case RoleStale:
		text += " or never"
	case RoleEventTime:
		return "a field of the payload, a moment"
	case RoleKeys:
		return "types of the captures"
	case RoleBlock:
		return "block"
	case RoleBuffer:
		return "{ … }"
	case RoleTables:
		return "block with a name"
	case RoleKeep:
		return "{ TABLE = duration }"
	case RoleShow, RoleNature, RoleMaxKeys, RoleForget:
	default:
		return ""
	}
	text += shownRange(f.Tags)
	return text
}

// settingType leaves out that a setting may be left out: the reader sees it.
func (c *Catalog) settingType(f *Field) string {
	t := f.Type
	if t != nil && t.Name == "optional" {
		t = t.Elem
	}
	text := c.TypeText(t)
	if f.Tags["secret"] == "may" {
		text += " or secret"
	}
	return text
}

// outputRows are the rows of a field that a flow reads.
func (c *Catalog) outputRows(f *Field) []row {
	text := c.TypeText(f.Type)
	switch f.Role {
	case RoleEvent, RoleReading:
		return []row{{name: f.Name, what: payload(string(f.Role), f.Type, text), doc: f.Doc}}
	case RoleValue, RoleDrive:
		return []row{{name: f.Name, what: payload("value", f.Type, text), doc: f.Doc}}
	case RoleSelf:
		shape := "reading"
		if f.Happens {
			shape = "event"
		}
		return []row{{name: "(its own name)", what: payload(shape, f.Type, text), doc: strings.Replace(f.Doc, "`self` is", "This is", 1)}}
	case RoleMeta:
		var rows []row
		if r := c.Record(f.Type.Ref); r != nil {
			for _, inner := range r.Fields {
				rows = append(rows, row{name: f.Name + "." + inner.Name, what: c.TypeText(inner.Type), doc: inner.Doc})
			}
		}
		return rows
	}
	return nil
}

// typeNotes say where a kind's type parameters get their types.
func (k *Kind) typeNotes() []string {
	var notes []string
	for _, name := range k.TypeParams {
		var from []string
		for _, f := range k.Fields {
			gives := f.Role == RoleTypeOf || f.Role == RoleShot
			if gives && f.Type != nil && f.Type.Name == "param" && f.Type.Ref == name {
				from = append(from, "`"+f.Name+"`")
			}
		}
		if len(from) > 0 {
			notes = append(notes, name+" is the type of "+strings.Join(from, " or ")+".")
		}
	}
	return notes
}

// shownDefault is a default as the formatter would write it.
func shownDefault(t *Type, text string) string {
	if t != nil && t.Name == "bool" {
		switch text {
		case "true":
			return "on"
		case "false":
			return "off"
		}
	}
	return text
}

// shownRange is what a value may be: ", 0 to 2", or ", at least 0".
func shownRange(tags map[string]string) string {
	switch low, high, ok := strings.Cut(tags["range"], ","); {
	case !ok:
		return ""
	case high == "":
		return ", at least " + low
	default:
		return ", " + low + " to " + high
	}
}
