package types

import "strings"

// Say describes a type in words of the home: "a temperature (°C)".
func (t *Type) Say() string {
	switch t.Kind {
	case Bool:
		return "a switch (on or off)"
	case Int:
		return "a whole number"
	case Number:
		return "a number"
	case String:
		return "a text"
	case Bytes:
		return "bytes"
	case Time:
		return "a moment"
	case Duration:
		return "a duration"
	case Nothing:
		return "nothing (it only happens)"
	case Quantity:
		return t.Unit.Label
	case Enum:
		return "one of " + strings.Join(t.Values, ", ")
	case Record:
		return t.sayRecord()
	case List:
		return "a list of " + t.Elem.plural()
	case Map:
		return "a map of " + t.Elem.plural()
	case Optional:
		return t.Elem.Say() + " that may be missing"
	case Secret:
		return "a secret"
	case Null:
		return "null (missing data)"
	case Never:
		return "a failure, never a value"
	case Variant:
		return "a `" + t.Name + "`: " + strings.Join(t.Cases(), ", ")
	case JSON:
		return "JSON that is not decoded"
	case Date:
		return "a date"
	case TimeOfDay:
		return "a time of day"
	}
	return "unknown"
}

func (t *Type) sayRecord() string {
	if t.Name != "" {
		return "a record `" + t.Name + "`"
	}
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return "a record { " + strings.Join(names, ", ") + " }"
}

func (t *Type) plural() string {
	switch t.Kind {
	case Bool:
		return "switches"
	case Int:
		return "whole numbers"
	case Number:
		return "numbers"
	case String:
		return "texts"
	case Time:
		return "moments"
	case Duration:
		return "durations"
	case Date:
		return "dates"
	case TimeOfDay:
		return "times of day"
	case Record:
		return "records"
	case List:
		return "lists"
	case Quantity:
		return t.Unit.Symbol
	}
	return t.Say()
}

// String writes the type as a flow does: `optional(V)`.
func (t *Type) String() string {
	switch t.Kind {
	case Bool:
		return "bool"
	case Int:
		return "int"
	case Number:
		return "number"
	case String:
		return "string"
	case Bytes:
		return "bytes"
	case Time:
		return "time"
	case Duration:
		return "duration"
	case Nothing:
		return "nothing"
	case Quantity:
		if t.Unit.Name == "" {
			return t.Unit.Symbol
		}
		return t.Unit.Name
	case Enum:
		if t.Name != "" && t.GoType == "" {
			return t.Name
		}
		return strings.Join(t.Values, " | ")
	case Record:
		return t.writeRecord()
	case List:
		return "list(" + t.Elem.String() + ")"
	case Map:
		return "map(" + t.Elem.String() + ")"
	case Optional:
		return "optional(" + t.Elem.String() + ")"
	case Secret:
		return "secret"
	case Null:
		return "null"
	case Variant:
		return t.Name
	case JSON:
		return "json"
	case Date:
		return "date"
	case TimeOfDay:
		return "time_of_day"
	}
	return "?"
}

func (t *Type) writeRecord() string {
	if t.Name != "" {
		return t.Name
	}
	parts := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		parts[i] = f.Name + " = " + f.Type.String()
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}
