package catalog

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"button", "motion", "motor", "led", "light", "log", "mqtt", "mqtt_in", "mqtt_out", "heater"}
	cases := []struct {
		name string
		want []string
	}{
		{"buton", []string{"button"}},
		{"buttons", []string{"button"}},
		{"bttuon", []string{"button"}}, // two swaps
		{"motio", []string{"motion", "motor"}},
		{"lde", []string{"led"}},
		{"lg", []string{"log"}}, // one letter, in a name so short
		{"mqttin", []string{"mqtt_in", "mqtt"}},
		{"led", nil}, // the name itself is no suggestion
		{"sensor", nil},
		{"", nil},
		{"x", nil},
	}
	for _, c := range cases {
		if got := Nearest(c.name, names); !slices.Equal(got, c.want) {
			t.Errorf("Nearest(%q) = %v, want %v", c.name, got, c.want)
		}
	}
}

// The distance between two names is the same both ways, 0 only between equal
// ones, and each edit adds at most one.
func TestDistance(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	word := func() []rune {
		w := make([]rune, rng.IntN(8))
		for i := range w {
			w[i] = rune("abcµ"[rng.IntN(4)])
		}
		return w
	}
	for range 2000 {
		a, b := string(word()), string(word())
		d := distance(a, b)
		if d != distance(b, a) {
			t.Fatalf("distance(%q, %q) is %d one way and %d the other", a, b, d, distance(b, a))
		}
		if (d == 0) != (a == b) {
			t.Fatalf("distance(%q, %q) is %d", a, b, d)
		}
		if e := distance(a, b+"x"); e > d+1 {
			t.Fatalf("distance(%q, %q) is %d, with one letter more %d", a, b, d, e)
		}
	}
}
