package main

import (
	"fmt"

	"flowc/compiler"
	"flowc/lang/delivery"
	"flowc/lang/memory"
	"flowc/lang/rate"
	"flowc/lang/typed"
)

// builtNeeds tells what the program needs of the machine: memory, and how often it writes to the card. `check -v` says
// what for.
func builtNeeds(f *compiler.Flow) string {
	var s sheet
	s.row("memory", "at most "+memory.Size(memoryOfFlow(f.Typed).Total)+"; flowc check -v tells what for")
	s.lines("writes", writers(f.Typed))
	return "\nNeeds\n" + s.String()
}

// writers tell what writes to the disk, and how often a day.
func writers(p *typed.Program) (list []string) {
	if p.Persist != nil {
		list = append(list, "what is remembered: at most "+rate.Number(rate.PerDay(1/p.Persist.Every.Seconds()))+" writes a day")
	}
	t := ratesOf(p)
	ways := delivery.New(p.Things, p.Persist)
	for _, th := range p.Things {
		switch {
		case th.Buffer != nil:
			list = append(list, th.Name+": "+writesText(t, th, ways.WritesFirst(th)))
		case storesRows(th) && !th.Far():
			list = append(list, th.Name+": "+dailyText(t.Shots(th)))
		}
	}
	return list
}

// storesRows reports whether a thing writes rows to a database.
func storesRows(th *typed.Thing) bool {
	for _, f := range th.Kind.Fields {
		if f.Tags["wears"] != "" {
			return true
		}
	}
	return false
}

// dailyText is how many writes a day a rate makes at most.
func dailyText(r rate.Rate) string {
	switch {
	case !r.Bounded():
		return "a write for each row or batch, of which any number may come"
	case r.Max == 0:
		return "it writes seldom"
	case r.Exact():
		return fmt.Sprintf("%s writes a day", rate.Number(rate.PerDay(r.Max)))
	}
	return fmt.Sprintf("at most %s writes a day", rate.Number(rate.PerDay(r.Max)))
}
