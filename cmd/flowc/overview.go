package main

import (
	"fmt"
	"strings"

	"flowc/compiler"
	"flowc/lang/catalog"
	"flowc/lang/delivery"
	"flowc/lang/memory"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// overviewOf is what `flowc check -v` adds: what the flow consists of, and what happens to messages when something fails.
func overviewOf(f *compiler.Flow) string {
	p := f.Typed
	var s sheet
	s.row("things", thingCounts(p))
	s.row("equations", fmt.Sprint(len(p.Equations)))
	if len(p.Settings) > 0 {
		s.row("settings", fmt.Sprint(len(p.Settings)))
	}
	text := "\n" + p.Name + "\n" + s.String()
	if acting := paces(p); acting != "" {
		text += "\nHow often things act\n" + acting
	}
	if kept := keptLines(f); kept != "" {
		text += "\nWhat is kept, at most\n" + kept
	}
	if waiting := bufferText(f); waiting != "" {
		text += "\nWhat buffers need\n" + waiting
	}
	text += memoryText(p)
	if paths := deliveryText(p, func(delivery.Path) bool { return true }); paths != "" {
		text += "\nWhat can be lost\n" + paths
	}
	return text
}

// thingCounts is "4: 2 mqtt_in, 1 mqtt, 1 relay".
func thingCounts(p *typed.Program) string {
	var kinds []string
	count := map[string]int{}
	for _, t := range p.Things {
		if count[t.Kind.Name]++; count[t.Kind.Name] == 1 {
			kinds = append(kinds, t.Kind.Name)
		}
	}
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%d %s", count[k], k))
	}
	if len(parts) == 0 {
		return "0"
	}
	return fmt.Sprintf("%d: %s", len(p.Things), strings.Join(parts, ", "))
}

// memoryOfFlow is how much memory the program can need.
func memoryOfFlow(p *typed.Program) memory.Bound { return memory.Of(p.Things, p.Equations, ratesOf(p)) }

// memoryText tells how much memory the program can need, and what for.
func memoryText(p *typed.Program) string {
	b := memoryOfFlow(p)
	var s sheet
	for _, part := range b.Largest(8) {
		s.row(part.Name(), fmt.Sprintf("%7s  %s", memory.Size(part.Bytes), part.Text()))
	}
	return "\nMemory, at most " + memory.Size(b.Total) + "\n" + s.String()
}

// deliveryText tells of each way to a sink how sure it is. What goes into the log is no
// delivery.
func deliveryText(p *typed.Program, of func(delivery.Path) bool) string {
	var b strings.Builder
	t := ratesOf(p)
	for _, path := range delivery.New(p.Things, p.Persist).All() {
		if logs(path.Sink) || !of(path) {
			continue
		}
		fmt.Fprintf(&b, "  %s → %s: %s, %s\n", path.Origin.Name(), path.Sink.Name, path.Class, t.Shots(path.Sink))
		var s sheet
		for _, r := range path.Rows() {
			s.row("  "+r.Word, r.Text)
		}
		b.WriteString(s.String())
	}
	return b.String()
}

func logs(t *typed.Thing) bool {
	return len(t.Inputs) > 0 && t.Inputs[0].Field.Role == catalog.RoleShow
}

// paces tells how often each thing acts, and how much it takes.
func paces(p *typed.Program) string {
	var s sheet
	t := ratesOf(p)
	for _, th := range p.Things {
		if rate.Trigger(th) == nil {
			continue
		}
		text := t.Shots(th).String()
		for _, f := range th.Kind.Fields {
			if most, ok := catalog.Capacity(rate.Takes(th, f)); ok {
				text += "; takes " + rate.PerTime(most)
			}
		}
		s.row(th.Name, text)
	}
	return s.String()
}

// keptLines tell what keyed wires keep for each of their keys.
func keptLines(f *compiler.Flow) string {
	bounds, err := f.Bounds()
	if err != nil {
		return ""
	}
	var s sheet
	t := ratesOf(f.Typed)
	keys := func(k types.Key) float64 {
		n, _ := t.Keys(k)
		return n
	}
	for _, m := range bounds.Kept() {
		if text := keptText(m, keys); text != "" {
			s.row(strings.ReplaceAll(m.Key.Names, ",", ", "), text)
		}
	}
	return s.String()
}
