package plan

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/typed"
)

// Test is a test of the flow. Its steps read the wires that the program has; it adds
// none.
type Test struct {
	*typed.Test
	Steps []*TestStep
}

// TestStep is a step with its expressions lowered.
type TestStep struct {
	*typed.TestStep
	Thing *Thing
	// X, Topic, Payload, Keys, Every and Wants are those of the step.
	X, Topic, Payload, Every typed.Expr
	Keys, Wants              []typed.Expr
	// Sun is where the sun is put; Given is what a thing of a user's own kind tells.
	Sun   *typed.TestSun
	Given []typed.Given
	// Request is what a client asks.
	Request *typed.Request
	// Stored are states as an earlier version kept them.
	Stored []StoredState
	// Parts are the parts of X whose values tell why it does not hold.
	Parts []typed.Expr
	// Wires are the names of those that X or the thing follows, sources first.
	Wires []string
	// Counts says that a step inside reads the number of the round.
	Counts bool
	Steps  []*TestStep
}

// StoredState is what was kept of a state, of one key if it has keys.
type StoredState struct {
	Step *Step
	Key  any
	X    typed.Expr
}

// TestRule is an invariant that every test watches, with the wires that it follows.
type TestRule struct {
	Node  *Node
	Wires []string
}

// Picked is a read of one key of a keyed wire from outside its region.
type Picked struct {
	Region *Region
	Keys   []any
}

// tests lowers the tests. It comes last: nothing of the program may follow from them.
func (b *builder) tests() {
	if len(b.flow.Tests) == 0 {
		return
	}
	for _, s := range b.out.Steps {
		if s.Sort == Watch {
			f := b.following()
			f.step(s)
			b.out.TestRules = append(b.out.TestRules, &TestRule{Node: s.Node, Wires: f.names})
		}
	}
	for _, t := range b.flow.Tests {
		out := &Test{Test: t, Steps: b.testSteps(t.Steps)}
		b.out.Tests = append(b.out.Tests, out)
	}
}

func (b *builder) testSteps(steps []*typed.TestStep) (list []*TestStep) {
	for _, s := range steps {
		list = append(list, b.testStep(s))
	}
	return list
}

func (b *builder) testStep(s *typed.TestStep) *TestStep {
	out := &TestStep{TestStep: s, Thing: b.thingOf[s.Thing]}
	if s.It != nil {
		b.rounds = append(b.rounds, s.It)
	}
	low := func(x typed.Expr) typed.Expr {
		if x == nil {
			return nil
		}
		typed.Visit(x, func(e typed.Expr) { b.parseFor(e, &b.out.TestParsed) })
		return b.lowerTest(x, nil)
	}
	out.X, out.Topic, out.Payload, out.Every = low(s.X), low(s.Topic), low(s.Payload), low(s.Every)
	if s.Sun != nil {
		out.Sun = &typed.TestSun{Up: low(s.Sun.Up), Down: s.Sun.Down, Elevation: low(s.Sun.Elevation), Azimuth: low(s.Sun.Azimuth)}
	}
	for _, k := range s.Keys {
		out.Keys = append(out.Keys, low(k))
	}
	for _, g := range s.Given {
		out.Given = append(out.Given, typed.Given{Output: g.Output, X: low(g.X)})
	}
	for _, st := range s.Stored {
		out.Stored = append(out.Stored, StoredState{Step: b.wireOf[st.Eq].Step, Key: st.Key, X: low(st.X)})
	}
	out.Request = lowRequest(s.Request, low)
	for _, w := range s.Wants {
		out.Wants = append(out.Wants, low(w.X))
	}
	out.Steps = b.testSteps(s.Steps)
	if s.It != nil {
		out.Counts = out.reads(s.It)
	}
	if s.Sort == typed.StepExpect && out.X != nil {
		out.Parts = parts(out.X)
	}
	out.Wires = b.involved(out)
	return out
}

// lowRequest lowers the expressions of a request.
func lowRequest(r *typed.Request, low func(typed.Expr) typed.Expr) *typed.Request {
	if r == nil {
		return nil
	}
	out := &typed.Request{Method: r.Method, Body: low(r.Body), Status: low(r.Status), Within: low(r.Within)}
	for _, p := range r.Path {
		out.Path = append(out.Path, typed.PathPiece{Text: p.Text, X: low(p.X)})
	}
	for _, q := range r.Query {
		out.Query = append(out.Query, typed.QueryField{Name: q.Name, X: low(q.X)})
	}
	return out
}

// extra are the expressions of a step that only some sorts have.
func extra(s *typed.TestStep) (list []typed.Expr) {
	for _, g := range s.Given {
		list = append(list, g.X)
	}
	for _, st := range s.Stored {
		list = append(list, st.X)
	}
	if r := s.Request; r != nil {
		list = append(list, r.Body, r.Status, r.Within)
		for _, p := range r.Path {
			list = append(list, p.X)
		}
		for _, q := range r.Query {
			list = append(list, q.X)
		}
	}
	return list
}

// Extra are the lowered ones.
func (s *TestStep) Extra() []typed.Expr {
	given := &typed.TestStep{Given: s.Given, Request: s.Request}
	for _, st := range s.Stored {
		given.Stored = append(given.Stored, typed.StoredState{X: st.X})
	}
	return extra(given)
}

// reads reports whether a step reads a variable of the test.
func (s *TestStep) reads(l *typed.Local) bool {
	given := s.TestStep
	all := append([]typed.Expr{given.X, given.Topic, given.Payload, given.Every}, given.Keys...)
	if sun := given.Sun; sun != nil {
		all = append(all, sun.Up, sun.Elevation, sun.Azimuth)
	}
	for _, w := range given.Wants {
		all = append(all, w.X)
	}
	all = append(all, extra(given)...)
	return slices.ContainsFunc(all, func(x typed.Expr) bool { return readsLocal(x, l) }) || slices.ContainsFunc(s.Steps, func(in *TestStep) bool { return in.reads(l) })
}

func readsLocal(x typed.Expr, l *typed.Local) (found bool) {
	typed.Walk(x, func(e typed.Expr) bool {
		if r, ok := e.(*typed.LocalRef); ok && r.Local == l {
			found = true
		}
		return !found
	})
	return found
}

// lowerTest replaces names by reads of the program's wires; inside a pick, by reads of
// one key.
func (b *builder) lowerTest(x typed.Expr, pick *typed.Pick) typed.Expr {
	switch x := x.(type) {
	case *typed.Wire:
		return b.read(b.testWire(x, pick), x.Base())
	case *typed.Pick:
		y := b.lowerTest(x.X, x)
		if r, ok := y.(*Read); ok {
			r.Info.Text = x.Text
		}
		return y
	case *typed.OpCall: // across keys: a test holds no other
		return b.over(x)
	}
	return typed.Rebuild(x, func(y typed.Expr) typed.Expr { return b.lowerTest(y, pick) })
}

// testWire is the wire that a name reads, without making one.
func (b *builder) testWire(x *typed.Wire, pick *typed.Pick) *Wire {
	w := b.wireOf[x.Eq]
	if x.Eq == nil {
		if w = b.outputs[outputKey{x.Thing, x.Output}]; w == nil {
			w = b.unread(x)
		}
	}
	if pick == nil || w.Region == nil {
		return w
	}
	one := *w
	one.Region, one.Always = nil, false
	one.Picked = &Picked{Region: w.Region, Keys: pick.Keys}
	return &one
}

// unread is an output that the program itself does not read.
func (b *builder) unread(x *typed.Wire) *Wire {
	th := b.thingOf[x.Thing]
	if x.Output == "" {
		return &Wire{
			Name: th.Name, Label: th.Name, Shape: th.Thing.Self, Type: th.Param,
			Thing: th, Field: fieldOf(th, "self"), Pos: th.Pos,
		}
	}
	f := outputField(th, x.Output)
	return &Wire{
		Name: th.Name + "." + x.Output, Label: th.Name + "." + x.Output, Shape: roleShape(f.Role), Type: x.Type,
		Thing: th, Output: x.Output, Field: f.Go, Pos: th.Pos, Always: f.Role == "drive",
	}
}

// parts are the largest parts of an expression that only read: wires, and fields of
// them.
func parts(x typed.Expr) (list []typed.Expr) {
	seen := map[string]bool{}
	typed.Walk(x, func(e typed.Expr) bool {
		if !onlyReads(e) {
			return true
		}
		if text := e.Base().Text; !seen[text] {
			seen[text] = true
			list = append(list, e)
		}
		return false
	})
	return list
}

func onlyReads(x typed.Expr) bool {
	switch x := x.(type) {
	case *Read, *typed.LocalRef, *typed.SettingRef:
		return true
	case *typed.Field:
		return onlyReads(x.X)
	case *typed.Unwrap:
		return onlyReads(x.X)
	case *typed.TimeOf:
		return onlyReads(x.X)
	}
	return false
}

// involved names the wires that a step's expression or sink follows, sources first.
func (b *builder) involved(s *TestStep) []string {
	f := b.following()
	switch s.Sort {
	case typed.StepExpect:
		if s.X != nil {
			for _, r := range Reads(s.X) {
				f.wire(r.Wire)
			}
		}
	case typed.StepExpectSent, typed.StepExpectNothing, typed.StepExpectFault, typed.StepRequest:
		if s.Thing != nil {
			f.thing(s.Thing)
		}
		if s.Eq != nil {
			f.wire(b.wireOf[s.Eq])
		}
	}
	return f.names
}

// following gathers the named wires behind others.
type following struct {
	names []string
	seen  map[string]bool
	steps map[*Step]bool
	// named are the wires that have a name of their own.
	named map[string]bool
	// one is the key that is followed, in its region.
	one *Picked
}

func (b *builder) following() *following {
	f := &following{seen: map[string]bool{}, steps: map[*Step]bool{}, named: map[string]bool{}}
	for _, w := range b.out.Wires {
		f.named[w.Name] = true
	}
	return f
}

func (f *following) wire(w *Wire) {
	if w == nil {
		return
	}
	if w.Over != nil {
		for _, in := range w.Over.told() {
			f.wire(in)
		}
		return
	}
	if w.Picked != nil {
		outer := f.one
		f.one = w.Picked
		defer func() { f.one = outer }()
	}
	name := w.Name
	if f.one != nil && (w.Picked != nil || w.Region == f.one.Region) {
		name += f.one.text()
	}
	if f.seen[name] {
		return
	}
	f.seen[name] = true
	switch {
	case w.Step != nil:
		f.step(w.Step)
	case w.Thing != nil:
		f.thing(w.Thing)
	}
	if w.Output != "" || f.named[w.Name] {
		f.names = append(f.names, name)
	}
}

// text is the key as a watcher shows it.
func (k *Picked) text() string {
	var parts []string
	for _, v := range k.Keys {
		parts = append(parts, fmt.Sprint(v))
	}
	return "[\"" + strings.Join(parts, "\", \"") + "\"]"
}

func (f *following) thing(th *Thing) {
	for _, s := range []*Step{th.Decide, th.Shoot} {
		if s != nil {
			f.step(s)
		}
	}
}

func (f *following) step(s *Step) {
	if f.steps[s] && f.one == nil {
		return
	}
	f.steps[s] = true
	if p, ok := s.X.(*typed.Pick); ok && s.Trigger != nil && s.Trigger.Region != nil {
		outer := f.one
		f.one = &Picked{Region: s.Trigger.Region, Keys: p.Keys}
		defer func() { f.one = outer }()
	}
	for _, w := range s.looked() {
		f.wire(w)
	}
}
