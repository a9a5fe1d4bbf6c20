package flow

import "testing"

// A script was once given to a program without the simulator, which ran for real
// and knocked at a broker that was none of its business.
func TestRealProgramRefusesToBeSimulated(t *testing.T) {
	env := func(name string) string { return map[string]string{"FLOWC_SIM_PLAY": "1"}[name] }
	if name := mistaken(env, false); name != "FLOWC_SIM_PLAY" {
		t.Errorf("got %q", name)
	}
	if name := mistaken(env, true); name != "" {
		t.Errorf("the simulator itself is refused: %q", name)
	}
	if name := mistaken(func(string) string { return "" }, false); name != "" {
		t.Errorf("got %q", name)
	}
}
