package emit

import (
	"sort"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// bitRef is a bit by name, in its word.
type bitRef struct {
	word int
	name string
}

// entriesOf are the program's bits of steps: their own, or their segment's.
func entriesOf(steps ...*plan.Step) []bitRef {
	var refs []bitRef
	seen := map[*plan.Entry]bool{}
	for _, s := range steps {
		if !seen[s.Entry] {
			seen[s.Entry] = true
			refs = append(refs, bitRef{s.Entry.Bit / 64, entryBit(s.Entry)})
		}
	}
	sort.SliceStable(refs, func(i, j int) bool { return refs[i].word < refs[j].word })
	return refs
}

// setBits prints p.dirty[0] |= runA | runB.
func (g *generator) setBits(refs []bitRef) []jen.Code { return orBits(p("dirty"), refs) }

func orBits(dirty *jen.Statement, refs []bitRef) []jen.Code {
	var out []jen.Code
	for i := 0; i < len(refs); {
		word := refs[i].word
		var bits []*jen.Statement
		for ; i < len(refs) && refs[i].word == word; i++ {
			bits = append(bits, jen.Id(refs[i].name))
		}
		out = append(out, dirty.Clone().Index(jen.Lit(word)).Op("|=").Add(sumOf("|", bits)))
	}
	return out
}

// markPart lets steps of one part run.
func (g *generator) markPart(r *plan.Region, s *jen.Statement, steps []*plan.Step) []jen.Code {
	if len(steps) == 0 {
		return nil
	}
	var refs []bitRef
	for _, st := range steps {
		refs = append(refs, bitRef{st.Bit / 64, stepBit(st)})
	}
	sort.SliceStable(refs, func(i, j int) bool { return refs[i].word < refs[j].word })
	return append(orBits(s.Dot("dirty"), refs), g.setBits(entriesOf(steps...))...)
}

// ifMoved prints what follows where a wire moved; nothing may.
func ifMoved(moved *jen.Statement, follow []jen.Code) jen.Code {
	if len(follow) == 0 {
		return moved
	}
	return jen.If(moved).Block(follow...)
}

// follow lets everything run that reads w.
func (g *generator) follow(w *plan.Wire) []jen.Code {
	var code []jen.Code
	byRegion := map[*plan.Region][]*plan.Step{}
	var plain []*plan.Step
	again := false
	for _, s := range w.Readers {
		if s.Sort == plan.Across {
			continue // its update marks it
		}
		for _, back := range s.Back {
			again = again || back == w
		}
		if s.Region == nil {
			plain = append(plain, s)
		} else {
			byRegion[s.Region] = append(byRegion[s.Region], s)
		}
	}
	plain = append(plain, w.Across...)
	if len(plain) > 0 {
		code = append(code, g.setBits(entriesOf(plain...))...)
	}
	for _, r := range g.plan.Regions {
		steps := byRegion[r]
		switch {
		case len(steps) == 0:
		case w.Region == r:
			code = append(code, g.markPart(r, jen.Id("s"), steps)...)
		default:
			code = append(code, g.markAll(r, steps)...)
		}
	}
	if again {
		code = append(code, p("Again").Call())
	}
	return code
}

// markAll lets steps of every part run.
func (g *generator) markAll(r *plan.Region, steps []*plan.Step) []jen.Code {
	byWord := map[int]*jen.Statement{}
	var words []int
	for _, s := range steps {
		word := s.Bit / 64
		if byWord[word] == nil {
			byWord[word] = jen.Id(stepBit(s))
			words = append(words, word)
		} else {
			byWord[word] = byWord[word].Op("|").Id(stepBit(s))
		}
	}
	sort.Ints(words)
	var code []jen.Code
	for _, word := range words {
		code = append(code, p("mark"+upper(r.Go)).Call(jen.Lit(word), byWord[word]))
	}
	return append(code, g.setBits(entriesOf(steps...))...)
}

// before and after wrap the setting of a wire that operators across keys follow.
func (g *generator) before(w *plan.Wire) []jen.Code {
	for _, s := range w.Across {
		if hasUpdateVal(s) {
			return []jen.Code{jen.Id("old").Op(":=").Add(g.wire(w)).Dot("Val").Call()}
		}
	}
	return nil
}

func (g *generator) after(w *plan.Wire) []jen.Code {
	var code []jen.Code
	for _, s := range w.Across {
		if hasUpdateVal(s) {
			code = append(code, p(s.OpGo, "Update").Call(jen.Id("s").Dot("n"), jen.Id("old"), g.wire(w).Dot("Val").Call()))
		} else {
			code = append(code, p(s.OpGo, "Update").Call(jen.Id("s").Dot("n"), g.wire(w).Dot("Hap").Call(p("Pass"))))
		}
	}
	return append(code, g.follow(w)...)
}
