// Package memory works out how much memory a typed program can need: what its queues,
// its operators and its keys grow to at most. It knows no kind and no operator by name:
// what each holds is said in the catalogue.
package memory

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/flow"
)

// What every program needs, in bytes: Go's own, the log, and the flow's things.
const (
	programBytes = 3e6
	thingBytes   = 16e3
)

// Sizes of what a program keeps, in bytes.
const (
	// wordBytes is what a number, a switch or a time takes with what is known of it.
	wordBytes = 24
	// stepBytes is what an equation or an operator takes beside what it keeps.
	stepBytes = 256
	// keyBytes is what a key takes that is a text of usual length.
	keyBytes = 256
	// messageBytes is the largest text, list or undecoded data of one message where its
	// source has no limit of its own: what an MQTT broker may send.
	messageBytes = 256 << 10
)

// Part is something that needs memory.
type Part struct {
	// Decl is the thing or equation that it belongs to; X the operator, if it is one.
	Decl typed.Decl
	X    typed.Expr
	What string
	// Bytes is how much it is at most, for all keys together; Keys how many of these
	// there are.
	Bytes, Keys float64
	// Settings are those of the thing that decide about it.
	Settings []string
}

// Name is what the flow calls it.
func (p Part) Name() string {
	switch d := p.Decl.(type) {
	case *typed.Thing:
		return d.Name
	case *typed.Equation:
		return d.Name
	}
	return "the program"
}

// Bound is how much memory a program can need.
type Bound struct {
	// Parts are what it consists of, the largest first.
	Parts []Part
	// Total is their sum in bytes.
	Total float64
}

// Of is the bound of a flow of these things and equations.
func Of(things []*typed.Thing, equations []*typed.Equation, rates *rate.Table) Bound {
	m := &measure{rates: rates, message: messageBytes, texts: map[*typed.Equation]float64{}, keys: map[string]float64{}}
	for _, th := range things {
		m.limits(th)
	}
	for _, e := range equations {
		typed.Visit(e.X, m.gathered)
	}
	m.add(Part{What: "Go's own and the log", Bytes: programBytes + thingBytes*float64(len(things)), Keys: 1})
	for _, th := range things {
		m.thing(th)
	}
	for _, e := range equations {
		m.expression(e, e.X)
	}
	for _, th := range things {
		for _, in := range th.Inputs {
			m.input(th, in.X)
		}
		m.input(th, th.When)
	}
	slices.SortStableFunc(m.parts, func(a, b Part) int { return cmp.Compare(b.Bytes, a.Bytes) })
	b := Bound{Parts: m.parts}
	for _, p := range b.Parts {
		b.Total += p.Bytes
	}
	return b
}

type measure struct {
	rates *rate.Table
	parts []Part
	// message is the most that the texts and lists of one message take.
	message float64
	// texts is how much those of equations take, keys how many keys of a type the flow
	// itself declares.
	texts map[*typed.Equation]float64
	keys  map[string]float64
}

func (m *measure) add(p Part) { m.parts = append(m.parts, p) }

// limits finds the largest message of sources that say how large one may be.
func (m *measure) limits(th *typed.Thing) {
	for _, n := range th.Kind.Needs {
		if list := n.Settings(); len(list) == 1 && list[0] == n.Size {
			m.message = max(m.message, setting(th, n.Size))
		}
	}
}

// thing adds the queues of a thing, and the last occurrence of each of its keys.
func (m *measure) thing(th *typed.Thing) {
	for _, n := range th.Kind.Needs {
		size := n.Bytes(func(name string) float64 { return setting(th, name) })
		if size > 0 {
			m.add(Part{Decl: th, What: n.What, Bytes: size, Keys: 1, Settings: n.Settings()})
		}
	}
	if th.Buffer != nil {
		m.add(Part{Decl: th, What: "rows of the buffer", Bytes: flow.BufferMemory, Keys: 1})
	}
	for _, f := range th.Kind.Fields {
		if f.Role == catalog.RoleSelf && th.Param != nil {
			words, wide := m.words(th.Param)
			m.add(m.keyed(Part{Decl: th, What: "the last of its messages", Bytes: keyBytes + wordBytes*words + wide}, th.Key))
		}
	}
}

// expression adds what an equation keeps: what it is, and each operator in it.
func (m *measure) expression(d typed.Decl, x typed.Expr) {
	steps := m.operators(d, x)
	m.add(m.keyed(Part{Decl: d, What: "what it is now", Bytes: steps + stepBytes + m.size(x)}, x.Base().Key))
}

// input adds what is kept for an input of a thing.
func (m *measure) input(d typed.Decl, x typed.Expr) {
	if x == nil {
		return
	}
	if steps := m.operators(d, x); steps > 0 {
		m.add(m.keyed(Part{Decl: d, What: "what it is given", Bytes: steps}, x.Base().Key))
	}
}

// operators adds those in an expression that keep more than one of what they are given,
// and gives what the others need.
func (m *measure) operators(d typed.Decl, x typed.Expr) (steps float64) {
	typed.Walk(x, func(n typed.Expr) bool {
		switch n := n.(type) {
		case *typed.OpCall:
			if n.Op.Keeps == "" {
				words, text := m.payload(n)
				steps += stepBytes + 2*(words+text)
				break
			}
			words, text := m.payload(n)
			times := 1.0
			if n.Op.Result.Name == "list" || n.Op.Result.Name == "record" {
				times = growth
			}
			bytes := stepBytes + m.kept(n)*(times*(words+wordBytes)+text)
			m.add(m.keyed(Part{Decl: d, X: n, What: n.Op.Name, Bytes: bytes}, inputKey(n)))
		case *typed.State, *typed.Sequence, *typed.Where, *typed.Since, *typed.Gather:
			steps += stepBytes
		}
		return true
	})
	return steps
}

// gathered notes how many instances a component has: each is a key.
func (m *measure) gathered(x typed.Expr) {
	if g, ok := x.(*typed.Gather); ok {
		m.keys[g.Base().Key.Types] = float64(len(g.Xs))
	}
}

func (m *measure) keyed(p Part, k types.Key) Part {
	if p.Keys = m.keys[k.Types]; p.Keys == 0 || !k.Keyed() {
		p.Keys, _ = m.rates.Keys(k)
	}
	p.Bytes *= p.Keys
	return p
}

// inputKey is the key of what an operator is given: across keys it keeps something of
// each.
func inputKey(x *typed.OpCall) types.Key {
	for _, a := range x.Args {
		if k := a.Base().Key; k.Keyed() && !x.Op.Across {
			return k
		}
	}
	return x.Key
}

// growth is how many times the plain parts are there of what an operator keeps to give
// it as a list: one that grows has room for as much again, and is copied when it is given.
const growth = 3

// payload is the size of the largest thing that an operator is given: of its plain parts,
// and of its texts and lists, which are never copied.
func (m *measure) payload(x *typed.OpCall) (words, text float64) {
	words = wordBytes
	for _, a := range x.Args {
		if a.Base().Shape == types.Constant {
			continue
		}
		n, wide := m.words(a.Base().Type)
		words = max(words, wordBytes*n)
		if wide > 0 {
			text = max(text, m.text(a))
		}
	}
	return words, text
}

// kept is how many payloads an operator keeps.
func (m *measure) kept(x *typed.OpCall) float64 {
	n := 1.0
	for _, product := range strings.Split(x.Op.Keeps, "|") {
		if p := factors(x, product); p > 0 {
			n = p
		}
	}
	return n
}

// factors is a product of numbers, arguments and options; 0 where one of them is not
// given.
func factors(x *typed.OpCall, product string) float64 {
	n := 1.0
	for _, word := range strings.Fields(product) {
		f, err := strconv.ParseFloat(word, 64)
		if err != nil {
			f = given(x, word)
		}
		n *= f
	}
	return n
}

// given is an argument or option that is a number and known; 0 where it is not.
func given(x *typed.OpCall, name string) float64 {
	at := func(e typed.Expr) float64 {
		if k, ok := e.(*typed.Const); ok {
			if n, ok := k.V.(int64); ok {
				return float64(n)
			}
		}
		return 0
	}
	for i, a := range x.Args {
		if i < len(x.Op.Args) && x.Op.Args[i].Name == name {
			return at(a)
		}
	}
	for _, o := range x.Options {
		if o.Arg.Name == name {
			return at(o.X)
		}
	}
	return 0
}

// setting is a setting that is a number; one that is known only when the program starts
// may be all that it may be.
func setting(th *typed.Thing, name string) float64 {
	for _, s := range th.Settings {
		if s.Field.Name != name {
			continue
		}
		k, ok := s.X.(*typed.Const)
		if !ok {
			return mostOf(s.Field)
		}
		switch v := k.V.(type) {
		case int64:
			return float64(v)
		case float64:
			return v
		}
	}
	return 0
}

// mostOf is the upper end of a setting's range.
func mostOf(f *catalog.Field) float64 {
	_, high, _ := strings.Cut(f.Tags["range"], ",")
	most, _ := strconv.ParseFloat(high, 64)
	return most
}
