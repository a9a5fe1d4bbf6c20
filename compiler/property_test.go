package compiler

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	propertyFlows = flag.Int("flows", 6, "how many random flows TestRandomFlows plays")
	propertySeed  = flag.Uint64("seed", 1, "the first random flow")
)

// TestRandomFlows plays random scripts on random flows. Whatever they mean, the
// generated Go compiles and vets, the same script gives the same lines, every
// accepted occurrence ends as exactly one outcome, nothing panics, and an equation
// is what it is also with its names replaced by what they stand for.
func TestRandomFlows(t *testing.T) {
	w := newWorkspace(t)
	var cases []*runCase
	for n := uint64(0); len(cases) < *propertyFlows; n++ {
		if n > 8*uint64(*propertyFlows) {
			t.Fatalf("only %d of %d random flows check", len(cases), n)
		}
		c := randomCase(t, w, *propertySeed+n)
		if c != nil {
			cases = append(cases, c)
		}
	}
	w.vet(t)
	program := w.buildTogether(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.holds(t, program) })
	}
	if pairsCompared == 0 {
		t.Error("no equation was compared with itself without names")
	}
	t.Logf("%d comparisons", pairsCompared)
}

// randomCase generates a flow; nil if it does not check.
func randomCase(t *testing.T, w *workspace, seed uint64) *runCase {
	text := randomFlow(rand.New(rand.NewPCG(seed, 0)))
	c := &runCase{name: "random" + strconv.FormatUint(seed, 10), flow: map[string][]byte{"flow.hcl": []byte(text)}}
	f := CheckText(c.name, c.flow)
	if f.Found.HasErrors() {
		t.Logf("%s does not check:\n%s", c.name, rendered(f))
		return nil
	}
	c.pkg = w.add(t, f)
	return c
}

// holds plays three scripts, each twice.
func (c *runCase) holds(t *testing.T, program string) {
	for i := range uint64(3) {
		c.script = []byte(randomScript(rand.New(rand.NewPCG(*propertySeed, i+1))))
		got := c.output(t, program)
		if again := c.output(t, program); !bytes.Equal(got, again) {
			t.Errorf("%s\nscript:\n%s\nprints\n%s\nand the second time\n%s", c.flow["flow.hcl"], c.script, got, again)
		}
		for _, wrong := range []string{"BROKEN", "stopped by", "quarantined", "exit code"} {
			if bytes.Contains(got, []byte(wrong)) {
				t.Errorf("%q in:\n%s\nscript:\n%s\nprints\n%s", wrong, c.flow["flow.hcl"], c.script, got)
			}
		}
		c.sameWithoutNames(t, string(got))
	}
}

// pairsCompared shows that the comparison compares.
var pairsCompared int

var shownEquation = regexp.MustCompile(`^([xy])(\d+(?:\["\w*"\])?)  +(.*)$`)

// sameWithoutNames compares x7 and y7 wherever all wires were shown.
func (c *runCase) sameWithoutNames(t *testing.T, output string) {
	t.Helper()
	shown := map[string]string{}
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, ">") {
			shown = map[string]string{}
		}
		found := shownEquation.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if found == nil {
			continue
		}
		text, known := shown[found[2]]
		if known {
			pairsCompared++
		}
		if known && text != found[3] {
			t.Errorf("x%s and y%s differ: %s, %s\n%s\nscript:\n%s\nprints\n%s", found[2], found[2], text, found[3], c.flow["flow.hcl"], c.script, output)
			return
		}
		shown[found[2]] = found[3]
	}
}
