package op

import (
	"slices"
	"testing"

	"flowc/rt/flow"
)

func TestAllOf(t *testing.T) {
	k := overKeys[bool, bool](&AllOf{})
	want := func(when, want string) {
		t.Helper()
		if got := onOffVal(k.o.Result()); got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	want("without keys", "-")
	a, b := k.add(), k.add()
	k.set(a, flow.Ready(true))
	want("while a known key is not ready", "-")
	k.set(b, flow.Ready(false))
	want("with one off", "off")
	k.set(b, flow.Ready(true))
	want("with all on", "on")
	k.set(a, flow.Val[bool]{})
	want("when one falls silent", "-")
	k.forget(a)
	want("when the silent one is forgotten", "on")
}

func TestAllOfIsAllOfTheKnown(t *testing.T) {
	acrossProperty(t, func() across[bool, bool] { return &AllOf{} }, coin,
		func(known int, ready []bool) flow.Val[bool] {
			return flow.When(known > 0 && len(ready) == known, !slices.Contains(ready, false))
		})
}
