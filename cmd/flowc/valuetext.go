package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
	"flowc/rt/unit"
)

// valueText writes a value, as typed.Const holds it, for people: 21.5 °C, on, "text", { moisture = 12 % }.
func valueText(v any, t *types.Type) string {
	if t.Kind == types.Optional && v != nil {
		return valueText(v, t.Elem)
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		if v {
			return "on"
		}
		return "off"
	case int64:
		return fn.FormatInt(v)
	case float64:
		if t.Kind == types.Quantity {
			return unit.Format(v, t.Unit.Symbol)
		}
		return fn.FormatNumber(v)
	case string:
		if t.Kind == types.Enum {
			return v
		}
		return strconv.Quote(v)
	case time.Duration:
		return fn.FormatDuration(v)
	case fn.Date:
		return fn.FormatDate(v)
	case fn.TimeOfDay:
		return fn.FormatTimeOfDay(v)
	case time.Time:
		return fn.FormatTime(v)
	case []byte:
		return fmt.Sprintf("%d bytes, % x", len(v), v)
	case []any:
		return listText(v, t)
	case map[string]any:
		return fieldsText(v, t)
	case typed.Made:
		if v.V == nil {
			return t.Name + "." + v.Case
		}
		return t.Name + "::" + v.Case + "(" + valueText(v.V, t.CaseType(v.Case)) + ")"
	}
	return fmt.Sprint(v)
}

func listText(list []any, t *types.Type) string {
	parts := make([]string, len(list))
	for n, v := range list {
		parts[n] = valueText(v, elementType(t))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func fieldsText(m map[string]any, t *types.Type) string {
	var parts []string
	if t.Kind == types.Record {
		for _, f := range t.Fields {
			parts = append(parts, f.Name+" = "+valueText(m[f.Name], f.Type))
		}
	} else {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			parts = append(parts, strconv.Quote(k)+" = "+valueText(m[k], elementType(t)))
		}
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func elementType(t *types.Type) *types.Type {
	if t.Elem == nil {
		return types.TBad
	}
	return t.Elem
}
