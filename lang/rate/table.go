package rate

import (
	"math"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// Table gives the rates of a program's wires, each worked out once.
type Table struct {
	things []*typed.Thing
	enums  []*types.Type
	eqs    map[*typed.Equation]Rate
	// changes are those of equations that an actuator looks at.
	changes map[*typed.Equation]Rate
	// busy are the equations and things being worked out: what comes back to them is
	// a circle, of which nothing is known.
	busy map[any]bool
	// Shut reports whether a filter is known to let nothing through; nil if nobody
	// knows of any.
	Shut func(*typed.Where) bool
}

// New makes the table of a flow of these things and enumerations.
func New(things []*typed.Thing, enums []*types.Type) *Table {
	return &Table{things: things, enums: enums, eqs: map[*typed.Equation]Rate{}, changes: map[*typed.Equation]Rate{}, busy: map[any]bool{}}
}

// Of is how often an expression happens; of a value, how often it changes.
func (t *Table) Of(x typed.Expr) Rate {
	if x == nil || x.Base().Shape == types.Constant {
		return never
	}
	switch x := x.(type) {
	case *typed.Wire:
		return t.wire(x)
	case *typed.OpCall:
		return t.operator(x)
	case *typed.Where:
		if t.Shut != nil && t.Shut(x) {
			return never
		}
		return t.Of(x.X).upTo()
	case *typed.Pick:
		r := t.Of(x.X)
		r.All = 0
		return r
	case *typed.KeysOf:
		return t.Of(x.X).ofKeys(t.Keys(x.X.Base().Key)).upTo()
	case *typed.Since:
		r := t.Of(x.Event)
		return r.plus(r).upTo()
	case *typed.State:
		return t.state(x)
	case *typed.Sequence:
		return t.sequence(x)
	case *typed.SequencePart:
		return t.Of(x.X).upTo()
	case *typed.Lambda:
		return never
	}
	return t.combined(x)
}

// combined is the rate of an expression that remembers nothing: what happens in it
// decides, if something does; else any change of an operand.
func (t *Table) combined(x typed.Expr) Rate {
	var sum Rate
	seen := false
	shape := x.Base().Shape
	for _, o := range typed.Operands(x) {
		if o.Base().Shape == types.Constant {
			continue
		}
		r := t.Of(o)
		if shape.Happens() {
			if !o.Base().Shape.Happens() {
				continue
			}
			// Those that happen together do so as often as the rarest.
			if !seen || r.Max < sum.Max {
				sum = r
			}
			seen = true
			continue
		}
		sum = sum.plus(r)
	}
	switch {
	case !shape.Happens():
		return sum.upTo()
	case !seen:
		return Any(nil)
	}
	return sum
}

func (t *Table) wire(x *typed.Wire) Rate {
	switch {
	case x.Eq != nil:
		return t.equation(x.Eq)
	case x.Thing == nil:
		return Any(nil) // faults of the program
	}
	return t.Output(x.Thing, x.Output)
}

func (t *Table) equation(eq *typed.Equation) Rate {
	if r, ok := t.eqs[eq]; ok {
		return r
	}
	if t.busy[eq] || eq.X == nil {
		return Any(nil)
	}
	t.busy[eq] = true
	r := t.Of(eq.X)
	delete(t.busy, eq)
	t.eqs[eq] = r
	return r
}

// Output is how often an output of a thing happens or changes; "" is the thing
// itself.
func (t *Table) Output(th *typed.Thing, name string) Rate {
	for _, f := range th.Kind.Fields {
		isSelf := name == "" && f.Role == catalog.RoleSelf
		if !isSelf && (f.Name != name || name == "") {
			continue
		}
		if f.Role == catalog.RoleDrive || th.Kind.Decides && f.Role == catalog.RoleValue {
			return t.driven(th)
		}
		if text := f.Tags["rate"]; text != "" {
			if r, ok := catalog.ParseRate(text); ok {
				return t.output(th, r)
			}
		}
		if f.Role != catalog.RoleSetting {
			break
		}
	}
	return Any(th)
}

func (t *Table) output(th *typed.Thing, r catalog.Rate) Rate {
	switch r.Word {
	case "once":
		return Rate{Once: true}
	case "limit":
		if n, ok := settingFrequency(th, r.Times[0]); ok {
			return limited(th, n)
		}
	case "shots":
		if t.busy[th] {
			return Any(nil)
		}
		t.busy[th] = true
		shots := t.Shots(th).upTo()
		delete(t.busy, th)
		return shots
	case "most", "exact":
		n := perSecond(r, func(name string) (time.Duration, bool) { return settingTime(th, name) })
		got := Rate{Max: n, From: th}
		if r.Word == "exact" && !math.IsInf(n, 1) {
			got.Min = n
		}
		return got
	}
	return Any(th)
}

// limited is an output that a setting of the thing bounds, for all keys together.
func limited(th *typed.Thing, perSecond float64) Rate {
	r := Rate{Max: perSecond, From: th}
	if th.Key.Keyed() {
		r.All = perSecond
	}
	return r
}

// driven is how often an actuator may be switched: each change of what is wanted,
// and as often as its limits end a run.
func (t *Table) driven(th *typed.Thing) Rate {
	if t.busy[th] {
		return Any(nil)
	}
	t.busy[th] = true
	defer delete(t.busy, th)
	var sum Rate
	for _, in := range th.Inputs {
		sum = sum.plus(t.Changes(in.X))
	}
	if d, ok := settingTime(th, "max_on"); ok && d > 0 {
		sum = sum.plus(Rate{Max: 2 / d.Seconds(), From: th}).upTo()
	}
	return sum
}

// Shots is how often a sink acts, for all keys together.
func (t *Table) Shots(th *typed.Thing) Rate {
	x := Trigger(th)
	if x == nil {
		return never
	}
	r := t.Of(x)
	if th.When == nil && follows(th) {
		r = t.Changes(x)
	}
	if th.Key.Keyed() {
		return t.Together(r, th.Key)
	}
	return r
}

// follows reports whether a thing follows what something is, and not what happens.
func follows(th *typed.Thing) bool {
	for _, in := range th.Inputs {
		if in.Field.Role == catalog.RoleDrive || in.Field.Role == catalog.RoleLevel {
			return true
		}
	}
	return false
}

// Together is how often all keys do something that each does at a rate.
func (t *Table) Together(r Rate, k types.Key) Rate { return r.ofKeys(t.Keys(k)) }

// Trigger is what makes a sink act: its `when`, else what it is given. It is nil for
// a thing that is no sink.
func Trigger(th *typed.Thing) typed.Expr {
	if th.When != nil {
		return th.When
	}
	for _, in := range th.Inputs {
		switch in.Field.Role {
		case catalog.RoleShot, catalog.RoleShow, catalog.RoleDrive, catalog.RoleLevel:
			return in.X
		}
	}
	return nil
}

// Keys is how many keys there are at most; known says that they always are.
func (t *Table) Keys(k types.Key) (n float64, known bool) {
	if !k.Keyed() {
		return 1, true
	}
	n, known = 1, true
	for _, name := range strings.Split(k.Types, ",") {
		members := 0.0
		for _, e := range t.enums {
			if e.Name == name {
				members = float64(len(e.Values))
			}
		}
		known = known && members > 0
		n *= members
	}
	if known {
		return n, true
	}
	n = 0
	for _, th := range t.things {
		if th.Key == k && len(th.Captures) > 0 {
			n = max(n, float64(th.MaxKeys))
		}
	}
	if n == 0 {
		n = math.Inf(1)
	}
	return n, false
}

// perSecond is what the times of a declared rate come to; infinite if one is not
// known.
func perSecond(r catalog.Rate, look func(string) (time.Duration, bool)) float64 {
	var sum time.Duration
	for _, name := range r.Times {
		d, ok := Time(name)
		if !ok {
			if d, ok = look(name); !ok {
				return math.Inf(1)
			}
		}
		sum += d
	}
	if sum <= 0 {
		return math.Inf(1)
	}
	return r.Count / sum.Seconds()
}

// Time reads a time as it is written out in a flow.
func Time(text string) (time.Duration, bool) {
	dot := strings.LastIndexByte(text, '.')
	if dot < 0 {
		return 0, false
	}
	u, ok := unit.LookupDuration(text[dot+1:])
	if !ok {
		return 0, false
	}
	n := 0.0
	for _, c := range text[:dot] {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + float64(c-'0')
	}
	return time.Duration(n * float64(u.Nanoseconds)), true
}

// settingFrequency is a setting of a thing that is known and a frequency, in Hz.
func settingFrequency(th *typed.Thing, name string) (float64, bool) {
	for _, s := range th.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == name {
			n, ok := k.V.(float64)
			return n, ok && n > 0
		}
	}
	return 0, false
}

// settingTime is a setting of a thing that is known and a time.
func settingTime(th *typed.Thing, name string) (time.Duration, bool) {
	for _, s := range th.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == name {
			d, ok := k.V.(time.Duration)
			return d, ok
		}
	}
	return 0, false
}
