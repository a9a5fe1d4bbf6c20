package check

import (
	"fmt"
	"slices"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// Answer is the value of a question, as far as it is known.
type Answer struct {
	// V is as in typed.Const; it counts only if Known.
	V     any
	Known bool
	// Missing are the paths that have no sample; Reasons tell what only a running program knows.
	Missing, Reasons []string
	// Failed is why the expression fails for the samples.
	Failed error
}

// Value works the question out, with samples for wires, fields of wires and settings by their paths. Each stands for
// one key of a keyed wire.
func (q *Question) Value(samples map[string]*typed.Const) (a Answer) {
	w := &working{samples: samples, env: q.env}
	defer func() {
		if recover() != nil { // a value that its type does not allow; nothing may end the console
			a = Answer{Reasons: []string{"this cannot be worked out here"}}
		}
	}()
	v, ok, err := value(w.known(q.X), q.env)
	switch {
	case err != nil:
		return Answer{Failed: err}
	case ok:
		return Answer{V: v, Known: true}
	}
	if len(w.missing)+len(w.reasons) == 0 {
		w.reasons = []string{"this is worked out only by a running program"}
	}
	return Answer{Missing: w.missing, Reasons: w.reasons}
}

// working puts samples where an expression reads wires.
type working struct {
	samples          map[string]*typed.Const
	env              env
	missing, reasons []string
	depth            int
}

// maxFollowed bounds how many equations are entered: they may go round through what waits.
const maxFollowed = 500

func (w *working) miss(path string) {
	if !slices.Contains(w.missing, path) {
		w.missing = append(w.missing, path)
	}
}

func (w *working) reason(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(w.reasons, text) {
		w.reasons = append(w.reasons, text)
	}
}

// samplePath is how a sample for an expression is named, "" where there can be none.
func samplePath(x typed.Expr) string {
	switch x := x.(type) {
	case *typed.TimeOf:
		return below(samplePath(x.X), ".time")
	case *typed.KeyOf:
		return below(samplePath(x.X), "."+x.Name)
	case *typed.Field:
		return below(samplePath(x.X), "."+x.Name)
	case *typed.Unwrap:
		return samplePath(x.X)
	case *typed.Pick:
		return samplePath(x.X) // a sample stands for one key
	case *typed.SettingRef:
		return x.Setting.Name
	case *typed.Wire, *typed.MetaOf:
		return pathOf(x)
	}
	return ""
}

func (w *working) sampled(x typed.Expr) (typed.Expr, bool) {
	path := samplePath(x)
	k, ok := w.samples[path]
	if path == "" || !ok {
		return nil, false
	}
	return k, true
}

// known is x with constants in place of all that has a sample.
func (w *working) known(x typed.Expr) typed.Expr {
	if k, ok := w.sampled(x); ok {
		return k
	}
	switch x := x.(type) {
	case *typed.Wire:
		return w.wire(x)
	case *typed.SettingRef:
		return w.setting(x)
	case *typed.Field, *typed.TimeOf, *typed.KeyOf:
		return w.part(x)
	case *typed.MetaOf:
		w.miss(samplePath(x))
		return x
	case *typed.Pick:
		return w.known(x.X)
	case *typed.Where:
		if y, passed := w.passes(x); passed {
			return w.known(y)
		}
		return x
	case *typed.IsReady:
		return w.ready(x)
	case *typed.OpCall:
		if x.Op.Across {
			w.reason("`%s` combines all keys: only a running program knows them", x.Op.Name)
		} else {
			w.reason("`%s` remembers what was before: only a running program has its value", x.Op.Name)
		}
		return x
	case *typed.KeysOf:
		w.reason("only a running program knows which keys there are")
		return x
	case *typed.SequencePart:
		w.reason("a sequence runs in time: only a running program knows where it is")
		return x
	case *typed.State:
		w.reason("a state remembers what was before: only a running program has its value")
		return x
	case *typed.Since:
		w.reason("`%s` measures time: only a running program has its value", x.Of.Name)
		return x
	}
	return typed.Rebuild(x, w.known)
}

// wire is what an equation says, or a record of samples.
func (w *working) wire(x *typed.Wire) typed.Expr {
	if x.Eq != nil {
		return w.inside(func() typed.Expr { return w.known(x.Eq.X) }, x)
	}
	if x.Type.Kind != types.Record || len(x.Type.Fields) == 0 {
		w.miss(samplePath(x))
		return x
	}
	r := &typed.RecordOf{Info: x.Info}
	complete := true
	for _, f := range x.Type.Fields {
		k, ok := w.samples[samplePath(x)+"."+f.Name]
		if !ok {
			w.miss(samplePath(x) + "." + f.Name)
			complete = false
		}
		r.Elems = append(r.Elems, k)
	}
	if !complete {
		return x
	}
	return r
}

// inside enters an equation, unless it goes round.
func (w *working) inside(f func() typed.Expr, x typed.Expr) typed.Expr {
	if w.depth >= maxFollowed {
		w.reason("`%s` goes round in a circle", samplePath(x))
		return x
	}
	w.depth++
	defer func() { w.depth-- }()
	return f()
}

func (w *working) setting(x *typed.SettingRef) typed.Expr {
	if x.Setting.Default == nil || x.Setting.Type.Kind == types.Secret {
		w.miss(x.Setting.Name)
		return x
	}
	return &typed.Const{Info: x.Info, V: x.Setting.Default}
}

// part is a field, capture or time of something: of what an equation stands for, if it is one.
func (w *working) part(x typed.Expr) typed.Expr {
	inner := w.opened(typed.Operands(x)[0])
	x = typed.Rebuild(x, func(typed.Expr) typed.Expr { return inner })
	if k, ok := w.sampled(x); ok {
		return k
	}
	f, isField := x.(*typed.Field)
	if _, isWire := inner.(*typed.Wire); isWire || !isField {
		if path := samplePath(x); path != "" {
			w.miss(path)
		} else {
			w.known(inner) // tells what is missing there
		}
		return x
	}
	if r, isRecord := inner.(*typed.RecordOf); isRecord {
		for n, rf := range r.Type.Fields {
			if rf.Name == f.Name {
				return w.known(r.Elems[n])
			}
		}
	}
	return typed.Rebuild(x, w.known)
}

// opened follows names and filters to what they stand for, as far as no sample was given on the way.
func (w *working) opened(x typed.Expr) typed.Expr {
	for range maxFollowed {
		if _, ok := w.sampled(x); ok {
			return x
		}
		switch y := x.(type) {
		case *typed.Unwrap:
			x = y.X
		case *typed.Pick:
			x = y.X
		case *typed.Where:
			passed := false
			if x, passed = w.passes(y); !passed {
				return y
			}
		case *typed.Wire:
			if y.Eq == nil {
				return y
			}
			x = y.Eq.X
		default:
			return x
		}
	}
	return x
}

// passes reports whether an occurrence gets through a filter, and gives what does.
func (w *working) passes(x *typed.Where) (typed.Expr, bool) {
	v, ok, err := value(w.known(x.If), w.env)
	switch {
	case err != nil:
		w.reason("the condition of `%s` fails: %s", short(x.Text), err)
	case ok && v == true:
		return x.X, true
	case ok:
		w.reason("`%s` lets nothing through for these samples", short(x.Text))
	}
	return x, false
}

// ready is on for what has a sample; whether anything else is ready only a running program knows.
func (w *working) ready(x *typed.IsReady) typed.Expr {
	inner := w.known(x.X)
	if _, ok, err := value(inner, w.env); ok && err == nil {
		return &typed.Const{Info: x.Info, V: true}
	}
	return inner
}

// short is an expression as a message quotes it.
func short(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
