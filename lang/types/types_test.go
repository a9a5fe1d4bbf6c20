package types

import (
	"testing"

	"flowc/rt/unit"
)

func quantity(t *testing.T, name string) *Type {
	t.Helper()
	u, ok := LookupUnit(name)
	if !ok {
		t.Fatalf("no unit %s", name)
	}
	return QuantityOf(u)
}

func TestSameAndAlike(t *testing.T) {
	c, f, k := quantity(t, "C"), quantity(t, "F"), quantity(t, "K")
	for _, tc := range []struct {
		a, b        *Type
		same, alike bool
	}{
		{c, c, true, true},
		{c, f, false, true},
		{c, k, false, false}, // a point and a step
		{TInt, TNumber, false, false},
		{ListOf(c), ListOf(f), false, true},
		{OptionalOf(c), c, false, false},
		{record("a", c), record("a", c), true, true},
		{record("a", c), record("b", c), false, false},
		{record("a", c), record("a", f), false, true},
	} {
		if got := Same(tc.a, tc.b); got != tc.same {
			t.Errorf("Same(%s, %s) = %v", tc.a, tc.b, got)
		}
		if got := Alike(tc.a, tc.b); got != tc.alike {
			t.Errorf("Alike(%s, %s) = %v", tc.a, tc.b, got)
		}
	}
	sure := record("a", OptionalOf(c))
	sure.Fields[0].Sure = true
	if !Same(sure, record("a", OptionalOf(c))) {
		t.Error("what a filter has looked at is another type")
	}
}

func record(name string, t *Type) *Type {
	return &Type{Kind: Record, Fields: []Field{{Name: name, Type: t}}}
}

func TestOriginDoesNotMatter(t *testing.T) {
	a := TInt.From(Origin{Text: "here"})
	if !Same(a, TInt) || TInt.Origin.Text != "" {
		t.Error("From changes the type, or the one it was made of")
	}
}

// TestBaseUnits: the base unit of every dimension is coherent, and the preferred
// one has the same dimension and Go type.
func TestBaseUnits(t *testing.T) {
	for _, u := range unit.All() {
		if u.Point {
			continue
		}
		base, preferred := BaseUnit(u.Dim), PreferredUnit(u.Dim)
		if !base.Coherent() || base.Dim != u.Dim {
			t.Errorf("%s: base unit %q is not coherent", u.Name, base.Symbol)
		}
		if base.GoType != u.GoType || preferred.GoType != u.GoType {
			t.Errorf("%s: %s and %s, want %s", u.Name, base.GoType, preferred.GoType, u.GoType)
		}
		if base.GoName == "" && base.Name != "" {
			t.Errorf("%s: %s has no scale", u.Name, base.Name)
		}
	}
}

func TestScaleAndOffset(t *testing.T) {
	f, _ := LookupUnit("F")
	if got := (70 + f.Offset) * f.Scale; got < 21.1 || got > 21.2 {
		t.Errorf("70 °F is %v °C", got)
	}
	if s := f.StepUnit(); s.Name != "dF" || s.Point {
		t.Errorf("the step of F is %s", s.Name)
	}
}

func TestUnknownDimension(t *testing.T) {
	dim := Dim{unit.BaseMetre: 4, unit.BaseAmpere: -1}
	if u := PreferredUnit(dim); u.GoType != "Derived" || u.Symbol != "m⁴/A" || !u.Coherent() {
		t.Errorf("got %+v", u)
	}
}

func TestSourcesWithin(t *testing.T) {
	root := &Source{Name: "soil"}
	good := &Source{Name: "good", Of: root}
	best := &Source{Name: "best", Of: good}
	other := &Source{Name: "other"}
	for _, tc := range []struct {
		a, b *Source
		want bool
	}{{best, root, true}, {good, good, true}, {root, best, false}, {best, other, false}, {nil, root, false}} {
		if got := tc.a.Within(tc.b); got != tc.want {
			t.Errorf("%v within %v: %v", tc.a, tc.b, got)
		}
	}
}

func TestWords(t *testing.T) {
	pct := quantity(t, "pct")
	for _, tc := range []struct {
		t             *Type
		say, asWriten string
	}{
		{pct, "a percentage (%)", "pct"},
		{OptionalOf(pct), "a percentage (%) that may be missing", "optional(pct)"},
		{ListOf(TString), "a list of texts", "list(string)"},
		{record("a", TInt), "a record { a }", "{ a = int }"},
		{&Type{Kind: Enum, Name: "mode", Values: []string{"eco", "off"}}, "one of eco, off", "mode"},
		{&Type{Kind: Enum, Name: "pull", GoType: "gpio.Pull", Values: []string{"up", "down"}}, "one of up, down", "up | down"},
	} {
		if got := tc.t.Say(); got != tc.say {
			t.Errorf("got %q, want %q", got, tc.say)
		}
		if got := tc.t.String(); got != tc.asWriten {
			t.Errorf("got %q, want %q", got, tc.asWriten)
		}
	}
}
