package plan

import (
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
)

func keyOf(r *Region) types.Key {
	if r == nil {
		return types.Key{}
	}
	return r.Key
}

func (b *builder) region(k types.Key) *Region {
	if !k.Keyed() {
		return nil
	}
	r := b.regions[k]
	if r == nil {
		r = &Region{Key: k, Go: b.names.top(keyStem(k))}
		b.regions[k] = r
		b.out.Regions = append(b.out.Regions, r)
	}
	return r
}

// knownKeys are the keys of captures that are enumerations, all of them; nil where
// one is not.
func knownKeys(captures []typed.Capture) [][]string {
	keys := [][]string{nil}
	for _, c := range captures {
		if c.Type.Kind != types.Enum {
			return nil
		}
		var longer [][]string
		for _, k := range keys {
			for _, v := range c.Type.Values {
				longer = append(longer, append(k[:len(k):len(k)], v))
			}
		}
		keys = longer
	}
	return keys
}

// forgetAfter is when a silent key is freed: as said, by default after 30 days,
// and never while a reading of it would still count.
func forgetAfter(t *typed.Thing) time.Duration {
	after := t.ForgetAfter
	if after == 0 {
		after = 30 * 24 * time.Hour
	}
	return max(after, t.Stale)
}
