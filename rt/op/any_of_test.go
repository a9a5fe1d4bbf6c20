package op

import (
	"slices"
	"testing"

	"flowc/rt/flow"
)

func TestAnyOf(t *testing.T) {
	k := overKeys[bool, bool](&AnyOf{})
	want := func(when, want string) {
		t.Helper()
		if got := onOffVal(k.o.Result()); got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	want("without keys", "-")
	a, b := k.add(), k.add()
	want("with keys that are not ready", "-")
	k.set(a, flow.Ready(false))
	want("with one off and one not ready", "off")
	k.set(b, flow.Ready(true))
	want("with one on", "on")
	k.set(b, flow.Val[bool]{})
	want("when the one that was on falls silent", "off")
	k.forget(a)
	want("when the only ready one is forgotten", "-")
}

func TestAnyOfIsOneOfTheReady(t *testing.T) {
	acrossProperty(t, func() across[bool, bool] { return &AnyOf{} }, coin,
		func(_ int, ready []bool) flow.Val[bool] {
			return flow.When(len(ready) > 0, slices.Contains(ready, true))
		})
}
