package check

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// testWriting is the work on one test.
type testWriting struct {
	c *checker
	t *typed.Test
	b *syntax.Block
	// now is the moment that the steps have come to, while that is known beforehand.
	now   time.Time
	known bool
	// begun says that a step has run: settings are read before the first.
	begun bool
	// round is the count of the repetition that the steps stand in, nil outside.
	round *typed.Local
	// asks says that something is expected.
	asks bool
	// by stands for the test where the uses of names are noted.
	by *decl
}

// tests types the tests of the flow, in order.
func (c *checker) tests() (list []*typed.Test) {
	seen := map[string]*syntax.Block{}
	var all []*decl
	for _, b := range c.testBlocks {
		if first := seen[b.Name()]; first != nil {
			c.report(errTestTwice(b, first))
			continue
		}
		seen[b.Name()] = b
		w := &testWriting{c: c, b: b, by: &decl{name: b.Name(), sort: sortTest, at: b.KindRange, block: b}}
		w.t = &typed.Test{Name: b.Name(), Pos: pos(b.KindRange)}
		w.block()
		list, all = append(list, w.t), append(all, w.by)
	}
	if len(list) > 0 {
		c.unlooked(all)
	}
	return list
}

// testAt is when a test begins that does not say so: a summer's noon.
const testAt = "2026-06-01 12:00"

func (w *testWriting) block() {
	c := w.c
	if w.b.Name() == "" {
		c.report(errTestName(w.b))
		return
	}
	saved := c.scope
	c.scope = scope{by: w.by}
	defer func() { c.scope = saved }()
	at := testAt
	for _, a := range w.b.Attrs {
		switch a.Name {
		case "at":
			if text, ok := w.text(a); ok {
				at = text
				w.t.At, w.known = w.moment(a, text)
			}
		case "replay":
			w.recording(a)
		default:
			c.report(c.errUnknownAttr(a, "test", []string{"at", "replay"}))
		}
	}
	if w.b.Attr("at") == nil {
		w.t.At, w.known = readMoment(at, w.location())
	}
	if w.t.Replay != "" {
		w.known = false
	}
	w.now = w.t.At
	w.t.Steps = w.steps(w.b)
	if !w.asks && len(c.invariants) == 0 && !c.found.HasErrors() {
		c.report(errNothingAsked(w.b))
	}
}

// recording is `replay =`: a file below the folder of the flow.
func (w *testWriting) recording(a *syntax.Attr) {
	name, ok := w.text(a)
	if !ok {
		return
	}
	if at := w.b.Attr("at"); at != nil {
		w.c.report(errReplayAt(a, at))
		return
	}
	if !filepath.IsLocal(name) {
		w.c.report(errReplayFile(a, "it must be below the folder of the flow"))
		return
	}
	if info, err := os.Stat(filepath.Join(w.c.flow.Dir, name)); w.c.flow.Dir != "" && (err != nil || info.IsDir()) {
		w.c.report(errReplayFile(a, "there is no such file"))
		return
	}
	w.t.Replay = name
}

func (w *testWriting) location() *time.Location {
	if loc, err := time.LoadLocation(w.c.zone); err == nil {
		return loc
	}
	return time.UTC
}

// moment reads a time of day and date by the clocks of the site.
func (w *testWriting) moment(a *syntax.Attr, text string) (time.Time, bool) {
	t, ok := readMoment(text, w.location())
	if !ok {
		w.c.report(errMoment(a, text, w.c.zone))
	}
	return t, ok
}

// readMoment reads "2026-06-01 12:00"; a moment that clocks skip is none.
func readMoment(text string, loc *time.Location) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02 15:04:05.999999999"} {
		t, err := time.ParseInLocation(layout, text, loc)
		if err != nil {
			continue
		}
		if t.Format(layout[:min(len(layout), 16)]) != text[:min(len(text), 16)] {
			return t, false
		}
		if earlier := t.Add(-time.Hour); earlier.Format("2006-01-02 15:04") == t.Format("2006-01-02 15:04") {
			t = earlier // the first of two
		}
		return t.UTC(), true
	}
	return time.Time{}, false
}

// text is a constant text.
func (w *testWriting) text(a *syntax.Attr) (string, bool) {
	k := w.constant(a, types.TString)
	if k == nil {
		return "", false
	}
	return k.V.(string), true
}

// constant is a constant of a type; nil after an error.
func (w *testWriting) constant(a *syntax.Attr, want *types.Type) *typed.Const {
	x := w.momentary(a, want)
	if x == nil {
		return nil
	}
	k, ok := constant(x)
	if !ok {
		w.c.report(w.c.errNotConstant(x, "`"+a.Name+"`"))
		return nil
	}
	return k
}

// momentary types an expression of a type that is worked out at one moment of a
// test; nil after an error.
func (w *testWriting) momentary(a *syntax.Attr, want *types.Type) typed.Expr {
	c := w.c
	x := c.expr(a.Expr, want)
	if isBad(x) || !w.still(x, want, a) {
		return nil
	}
	b := x.Base()
	if b.Type.Kind == types.Optional && want.Kind != types.Optional {
		c.report(c.errMissingHanded(x))
		return nil
	}
	if _, ok := convertible(b.Type, want); !ok {
		c.report(c.errWrongType(x, want, "`"+a.Name+"`", a.NameRange))
		return nil
	}
	return c.convert(x, want)
}

// still reports whether an expression has a value at any one moment, without a past
// of its own.
func (w *testWriting) still(x typed.Expr, want *types.Type, a *syntax.Attr) bool {
	c := w.c
	switch b := x.Base(); {
	case b.Shape == types.Event:
		c.report(errEventInTest(x))
		return false
	case b.Key.Keyed():
		c.report(c.errKeyedInTest(x))
		return false
	case open(b.Type) && b.Type.Kind != types.Null:
		c.report(errOpenType(x))
		return false
	}
	fine := true
	typed.Walk(x, func(n typed.Expr) bool {
		switch n := n.(type) {
		case *typed.OpCall:
			if n.Op.Across && !n.Op.Args[0].Hap {
				return fine
			}
			if fine {
				c.report(errRemembersInTest(n))
			}
			fine = false
		case *typed.Where, *typed.Initially, *typed.Since, *typed.KeysOf, *typed.MetaOf:
			if fine {
				c.report(errRemembersInTest(n))
			}
			fine = false
		case *typed.KeyOf:
			if fine {
				c.report(errKeyInTest(n))
			}
			fine = false
		case *typed.TimeOf:
			return true
		}
		return fine
	})
	return fine
}

// unlooked warns of actuators that no test looks at, itself or in something that
// follows it.
func (c *checker) unlooked(tests []*decl) {
	if c.found.HasErrors() {
		return
	}
	for _, d := range c.things() {
		looked := func(test *decl) bool { return c.mentions(test, d) }
		if d.kind.Decides && !slices.ContainsFunc(tests, looked) {
			c.report(c.errNoTest(d))
		}
	}
}
