//go:build sim

package gpio

import "testing"

func TestSimulatedPinsAreTheSystems(t *testing.T) {
	l, err := lines().Output(OutputRequest{Pin: 22, On: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if open := Sim().Lines(); len(open) != 1 || open[0].Pin != 22 || !open[0].High {
		t.Errorf("Sim has %+v", open)
	}
}
