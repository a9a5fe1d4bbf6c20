package delivery

import (
	"strconv"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/rate"
	"flowc/lang/typed"
)

// Cause is something for which a way is not surer.
type Cause struct {
	Sort CauseSort
	// X is the operator or what happens at the origin.
	X typed.Expr
	// Thing is the source, its connection or the sink; Set is the setting of it that is
	// to blame, and Field the one that says it, or would.
	Thing *typed.Thing
	Set   *typed.Set
	Field *catalog.Field
	// Why is half a sentence of the catalogue's.
	Why string
}

// CauseSort is what sort of cause it is.
type CauseSort uint8

// The sorts.
const (
	// Borne: the flow says that a loss can be borne, and nobody waits for the sink.
	Borne CauseSort = iota
	// NoRepeat: what begins at X does not come again, and nothing keeps it.
	NoRepeat
	// UnsureSource: a setting of the source or its connection.
	UnsureSource
	// Held: the operator X keeps it in memory for a while.
	Held
	// Thinned: the operator X may take a repetition for what it has had.
	Thinned
	// Unconfirmed: the sink does not tell when it has it, or a setting of it.
	Unconfirmed
	// NoKey: the sink cannot tell a repetition.
	NoKey
)

// Drop is a setting that lets some go.
type Drop struct {
	Thing *typed.Thing
	Set   *typed.Set
}

// path finds out how sure a way is.
func (t *Table) path(w way, sink *typed.Thing) Path {
	p := Path{Origin: w.Origin, Sink: sink, Class: AtLeastOnce, Buffered: buffered(sink)}
	if sink.Delivery == Loose {
		p.because(Cause{Sort: Borne, Thing: sink})
		p.drops(sink)
		return p
	}
	local := p.Buffered || sink.Kind.Stores && !sink.Far()
	p.source(local)
	for i := len(w.ops) - 1; i >= 0; i-- {
		p.operator(w.ops[i])
	}
	p.First = p.Buffered && (w.Repeats() == "" || p.Class < AtLeastOnce)
	p.sink()
	p.drops(sink)
	return p
}

func (p *Path) because(c Cause) {
	p.Causes = append(p.Causes, c)
	p.Class = BestEffort
}

// source looks at where it begins. local says that the sink has it on the disk of this
// machine at once, so that nobody needs to repeat it.
func (p *Path) source(local bool) {
	o := p.Origin
	if o.Repeats() == "" {
		if !local {
			p.because(Cause{Sort: NoRepeat, X: o.X, Thing: o.Thing, Why: o.once()})
		}
		return
	}
	p.unsure(UnsureSource, o.Thing)
	for _, s := range o.Thing.Settings {
		if via, ok := s.X.(*typed.ThingRef); ok {
			p.unsure(UnsureSource, via.Thing)
		}
	}
	p.drops(o.Thing)
}

// once says why nothing comes again.
func (o Origin) once() string {
	if o.Value {
		return "looks at a value, which holds no message"
	}
	return "does not come again"
}

func (p *Path) operator(op passed) {
	switch {
	case op.Op.Holds:
		p.because(Cause{Sort: Held, X: op.OpCall})
	case op.Op.Thins == "kept" && op.kept, op.Op.Thins == "anew" && !op.kept:
		p.because(Cause{Sort: Thinned, X: op.OpCall})
	}
}

func (p *Path) sink() {
	if p.Sink.Kind.Confirms == "" {
		p.because(Cause{Sort: Unconfirmed, Thing: p.Sink})
	} else {
		p.unsure(Unconfirmed, p.Sink)
	}
	if p.Class < AtLeastOnce {
		return
	}
	f := onceField(p.Sink.Kind)
	switch {
	case f != nil && gives(p.Sink, f):
		p.Class = EffectOnce
	default:
		p.Causes = append(p.Causes, Cause{Sort: NoKey, Thing: p.Sink, Field: f})
	}
}

// unsure looks for settings with which a thing confirms or repeats nothing.
func (p *Path) unsure(sort CauseSort, th *typed.Thing) {
	for _, s := range th.Settings {
		value, why, _ := strings.Cut(s.Field.Tags["unsure"], " ")
		if value == "" {
			continue
		}
		if _, known := s.X.(*typed.Const); !known {
			why = "it is only known when the program starts, and may be `" + value + "`"
		} else if !equals(s.X, value) {
			continue
		}
		p.because(Cause{Sort: sort, Thing: th, Set: s, Field: s.Field, Why: why})
	}
}

// drops notes what a thing lets go because the flow says so.
func (p *Path) drops(th *typed.Thing) {
	list := th.Settings
	if buffered(th) {
		list = append(list[:len(list):len(list)], th.Buffer.Sets...)
	}
	for _, s := range list {
		for _, value := range strings.Fields(s.Field.Tags["drops"]) {
			if value == "*" || equals(s.X, value) {
				p.Drops = append(p.Drops, Drop{th, s})
			}
		}
	}
}

// onceField is the setting by which the things of a kind know a repetition.
func onceField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Tags["once"] != "" {
			return f
		}
	}
	return nil
}

// buffered reports whether what cannot go on waits on the disk.
func buffered(th *typed.Thing) bool { return th.Buffer != nil && th.Buffer.When != "never" }

// gives reports whether a thing was given a setting or input.
func gives(th *typed.Thing, f *catalog.Field) bool {
	for _, s := range th.Settings {
		if s.Field == f {
			return true
		}
	}
	for _, in := range th.Inputs {
		if in.Field == f {
			return true
		}
	}
	return false
}

// equals reports whether a constant is what a value of the catalogue says.
func equals(x typed.Expr, value string) bool {
	k, ok := x.(*typed.Const)
	if !ok {
		return false
	}
	switch v := k.V.(type) {
	case bool:
		return v == (value == "on" || value == "true")
	case int64:
		return strconv.FormatInt(v, 10) == value
	case string:
		return v == value
	case time.Duration:
		d, ok := rate.Time(value)
		return ok && d == v
	}
	return false
}
