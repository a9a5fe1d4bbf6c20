package fn

import (
	"strings"
	"testing"
)

// Whatever the text, its characters are its parts, in order.
func FuzzCharacters(f *testing.F) {
	f.Add("Gru\u0308ße 👩‍👩‍👧 🇩🇪\r\n", int64(3))
	f.Add("\xff\u200d", int64(-2))
	f.Fuzz(func(t *testing.T, s string, n int64) {
		parts := Split(s, "")
		if strings.Join(parts, "") != s || int64(len(parts)) != Length(s) {
			t.Errorf("%q has the parts %q and the length %d", s, parts, Length(s))
		}
		if n < 0 {
			n = -(n + 1)
		}
		if head, tail := Substr(s, 0, n), Substr(s, n, -1); head+tail != s {
			t.Errorf("%q is cut at %d into %q and %q", s, n, head, tail)
		}
		for i, part := range parts {
			if Substr(s, int64(i-len(parts)), 1) != part {
				t.Errorf("character %d of %q from the end is %q, not %q", i, s, Substr(s, int64(i-len(parts)), 1), part)
			}
			if i > 50 {
				break
			}
		}
		if len(Reverse(s)) != len(s) {
			t.Errorf("%q backwards is %q", s, Reverse(s))
		}
		if v, err := ToNumber(s); err == nil && v-v != 0 {
			t.Errorf("%q is the number %v", s, v)
		}
	})
}
