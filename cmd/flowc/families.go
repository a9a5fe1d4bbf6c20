package main

import (
	"slices"
	"strings"

	"flowc/lang/typed"
)

// families are the instances that one block makes with `for_each`: what is said of all
// of them is said once, of `bench.*.running`.
type families []family

type family struct {
	// base is the block's name with a point behind it; keys are those of its instances.
	base string
	keys []string
}

func familiesOf(p *typed.Program) (list families) {
	for _, e := range p.Equations {
		g, ok := e.X.(*typed.Gather)
		if !ok {
			continue
		}
		base := e.Name[:strings.LastIndexByte(e.Name, '.')+1]
		if !slices.ContainsFunc(list, func(f family) bool { return f.base == base }) {
			list = append(list, family{base, g.Keys.Values})
		}
	}
	return list
}

// fold writes `*` for the keys in the names of a text.
func (f families) fold(text string) string {
	for _, of := range f {
		for _, key := range of.keys {
			text = replaceName(text, of.base+key+".", of.base+"*.")
		}
	}
	return text
}

// replaceName replaces the beginning of names, and nothing in the middle of one.
func replaceName(text, from, to string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, from)
		if i < 0 {
			return b.String() + text
		}
		b.WriteString(text[:i])
		if i > 0 && (text[i-1] == '_' || text[i-1] == '.' || text[i-1] >= '0' && text[i-1] <= '9' || text[i-1] >= 'a' && text[i-1] <= 'z' || text[i-1] >= 'A' && text[i-1] <= 'Z') {
			b.WriteString(from)
		} else {
			b.WriteString(to)
		}
		text = text[i+len(from):]
	}
}

// once gives each text once, folded where several would be the same.
func (f families) once(list []string) (out []string) {
	count := map[string]int{}
	for _, text := range list {
		count[f.fold(text)]++
	}
	for _, text := range list {
		if folded := f.fold(text); count[folded] > 1 {
			text = folded
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}
