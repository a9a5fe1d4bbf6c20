package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// nodeConsts prints the numbers by which the runtime knows things and steps.
func (g *generator) nodeConsts(f *jen.File) {
	f.Comment("Nodes, as the runtime numbers them.")
	f.Const().DefsFunc(func(d *jen.Group) {
		for i, n := range g.plan.Nodes {
			s := d.Id(n.Go)
			if i == 0 {
				s.Int32().Op("=").Iota()
			}
		}
	})
	f.Line()
}

// bitConsts prints a bit for each entry, and for each step of a region.
func (g *generator) bitConsts(f *jen.File) {
	var names []string
	for _, e := range g.plan.Entries {
		names = append(names, entryBit(e))
	}
	printBits(f, "Bits of Program.dirty, in plan order.", names)
	for _, r := range g.plan.Regions {
		names = nil
		for _, s := range regionOrder(r) {
			names = append(names, stepBit(s))
		}
		printBits(f, "Bits of "+partType(r)+".dirty, in plan order.", names)
	}
}

// timerConsts prints the place of each timer.
func (g *generator) timerConsts(f *jen.File) {
	printTimers(f, "Places of the timers in Program.timers.", g.plan.Timers)
	for _, r := range g.plan.Regions {
		printTimers(f, "Places of the timers in "+partType(r)+".timers.", r.Timers)
	}
}

func printTimers(f *jen.File, comment string, timers []*plan.Timer) {
	if len(timers) == 0 {
		return
	}
	f.Comment(comment)
	f.Const().DefsFunc(func(d *jen.Group) {
		for i, t := range timers {
			s := d.Id(timerName(t))
			if i == 0 {
				s.Op("=").Iota()
			}
		}
	})
	f.Line()
}

func printBits(f *jen.File, comment string, names []string) {
	for from := 0; from < len(names); from += 64 {
		part := names[from:min(from+64, len(names))]
		f.Comment(comment)
		f.Const().DefsFunc(func(d *jen.Group) {
			for i, n := range part {
				s := d.Id(n)
				if i == 0 {
					s.Uint64().Op("=").Lit(1).Op("<<").Iota()
				}
			}
		})
		f.Line()
	}
}

// regionOrder are a region's steps in plan order.
func regionOrder(r *plan.Region) []*plan.Step {
	list := make([]*plan.Step, len(r.Steps))
	for _, s := range r.Steps {
		list[s.Bit] = s
	}
	return list
}

func entryBit(e *plan.Entry) string { return "run" + e.Go }

func stepBit(s *plan.Step) string { return "run" + s.Name }

func timerNodes(part jen.Code, timers []*plan.Timer) []jen.Code {
	list := []jen.Code{part}
	for _, t := range timers {
		list = append(list, jen.Id(t.Node.Go))
	}
	return list
}
