package main

import (
	"fmt"
	"strings"

	"flowc/compiler"
	"flowc/lang/catalog"
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
	if paths := deliveries(p); len(paths) > 0 {
		text += "\nWhat happens to messages\n"
		t := ratesOf(p)
		for _, d := range paths {
			text += d.text(t)
		}
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

// delivery is a way from a source to a sink, and how sure it is.
type delivery struct {
	from, to *typed.Thing
	class    string
	why      string
}

func (d delivery) text(t *rate.Table) string {
	return fmt.Sprintf("  %s → %s: %s, %s; %s\n", d.from.Name, d.to.Name, t.Shots(d.to), d.class, d.why)
}

// deliveries follows what triggers each sink back to where it comes from.
func deliveries(p *typed.Program) []delivery {
	var list []delivery
	for _, sink := range p.Things {
		if !sink.Kind.Shoots || logs(sink) {
			continue
		}
		way := &way{seen: map[typed.Decl]bool{}}
		way.shots(sink)
		for _, from := range way.sources {
			list = append(list, classify(from, sink, way.holds))
		}
	}
	return list
}

func logs(t *typed.Thing) bool {
	return len(t.Inputs) > 0 && t.Inputs[0].Field.Role == catalog.RoleShow
}

// way is the way back from a sink.
type way struct {
	seen    map[typed.Decl]bool
	sources []*typed.Thing
	// holds are the operators on it that keep an occurrence in memory.
	holds []string
}

func (w *way) shots(sink *typed.Thing) {
	if sink.When != nil {
		w.follow(sink.When)
		return
	}
	for _, in := range sink.Inputs {
		if in.Field.Role == catalog.RoleShot {
			w.follow(in.X)
		}
	}
}

// follow looks at what can happen in x; values that are only sampled carry no occurrence.
func (w *way) follow(x typed.Expr) {
	if !x.Base().Shape.Happens() {
		return
	}
	switch x := x.(type) {
	case *typed.Wire:
		w.wire(x)
		return
	case *typed.OpCall:
		if x.Op.Holds {
			w.holds = append(w.holds, x.Op.Name)
		}
	}
	for _, c := range typed.Operands(x) {
		w.follow(c)
	}
}

func (w *way) wire(x *typed.Wire) {
	if x.Eq != nil {
		if !w.seen[x.Eq] {
			w.seen[x.Eq] = true
			w.follow(x.Eq.X)
		}
		return
	}
	if !w.seen[x.Thing] {
		w.seen[x.Thing] = true
		w.sources = append(w.sources, x.Thing)
	}
}

// classify says how sure a message arrives: at least once needs a peer that repeats what was not confirmed, a sink
// that confirms, and nothing between them that keeps messages in memory.
func classify(from, to *typed.Thing, holds []string) delivery {
	d := delivery{from: from, to: to, class: "best effort"}
	switch {
	case !from.Kind.Completes:
		d.why = "a " + from.Kind.Name + " cannot repeat what was lost"
	case constInt(from, "qos") == 0:
		d.why = "`qos = 0` in " + from.Name + ": the broker does not repeat"
	case constInt(to, "qos") == 0:
		d.why = "`qos = 0` in " + to.Name + ": nothing confirms that it arrived"
	case len(holds) > 0:
		d.why = "`" + holds[0] + "` keeps messages in memory; a crash loses them"
	case dedupes(to):
		d.class = "effect once"
		d.why = from.Name + " is acknowledged when " + to.Name + " was confirmed; what a crash repeats is stored once, by its key"
	default:
		d.class = "at least once"
		d.why = from.Name + " is acknowledged when " + to.Name + " was confirmed; a crash can repeat, not lose"
	}
	return d
}

// dedupes reports whether a sink stores what has the same key once.
func dedupes(t *typed.Thing) bool {
	for _, in := range t.Inputs {
		if in.Field.Tags["once"] != "" {
			return true
		}
	}
	return false
}

// constInt is a whole setting that is known, 1 where it is not said: QoS 1 is the default of every kind that has one.
func constInt(t *typed.Thing, name string) int64 {
	for _, s := range t.Settings {
		if c, ok := s.X.(*typed.Const); ok && s.Field.Name == name {
			if n, ok := c.V.(int64); ok {
				return n
			}
		}
	}
	return 1
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
			if most, ok := catalog.Capacity(f.Tags["capacity"]); ok {
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
