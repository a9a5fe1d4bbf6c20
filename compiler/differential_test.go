package compiler

import (
	"bytes"
	"context"
	"flag"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

var (
	differential     = flag.Int("differential", 600, "how many random expressions to compare with HCL's own evaluation")
	differentialSeed = flag.Int64("differential-seed", 1, "the seed of the first batch")
)

// differentialBatch is how many expressions become one program.
const differentialBatch = 600

// TestExpressionsAgreeWithHCL compares what the generated program computes with
// HCL's own evaluation of the same text, every result rounded to float64, bit for
// bit. The language differs in known places: what HCL lets pass as infinite, or as
// a remainder of a division by zero, is a failure here.
func TestExpressionsAgreeWithHCL(t *testing.T) {
	for done, seed := 0, *differentialSeed; done < *differential; done, seed = done+differentialBatch, seed+1 {
		compareBatch(t, seed, min(differentialBatch, *differential-done))
	}
}

func compareBatch(t *testing.T, seed int64, n int) {
	g := &exprGen{r: rand.New(rand.NewSource(seed))}
	var texts []string
	for range n {
		text := g.any()
		for !strings.Contains(text, "v.") { // a constant is folded away and not shown
			text = g.any()
		}
		texts = append(texts, text)
	}
	f := checkExpressions(texts)
	if refused := refusedForZero(f); len(refused) > 0 && len(refused) <= n/20 {
		texts = slices.DeleteFunc(texts, func(text string) bool { return refused[text] })
		f = checkExpressions(texts)
	}
	if f.Found.HasErrors() {
		f.Found = slices.DeleteFunc(f.Found, func(d *diag.Diagnostic) bool { return d.Severity != diag.Error })
		t.Fatalf("seed %d: a generated expression does not check:\n%s", seed, rendered(f))
	}
	w := newWorkspace(t)
	pkg := w.add(t, f)
	bin := w.build(t, "-tags", "sim")
	got := playShow(t, filepath.Join(bin, pkg))
	for i, text := range texts {
		want := hclValue(t, text)
		have, ok := got["x"+strconv.Itoa(i)]
		if !ok && folded(f, "x"+strconv.Itoa(i)) {
			continue
		}
		if !ok {
			t.Errorf("seed %d: %s is not shown", seed, text)
			continue
		}
		if have != want {
			t.Errorf("seed %d: %s\n  flowc: %s\n  HCL:   %s", seed, text, have, want)
		}
	}
}

func checkExpressions(texts []string) *Flow {
	var flow strings.Builder
	flow.WriteString(differentialHead)
	for i, text := range texts {
		flow.WriteString("x" + strconv.Itoa(i) + " = " + text + "\n")
	}
	return CheckText("differential", map[string][]byte{"differential.hcl": []byte(flow.String())})
}

// refusedForZero are the expressions that cannot be worked out whatever comes in: the checker tells a division by what is
// always zero (E0405), HCL only when it evaluates.
func refusedForZero(f *Flow) map[string]bool {
	refused := map[string]bool{}
	for _, d := range f.Found {
		if d.Code != "E0405" {
			continue
		}
		line := strings.Split(string(f.Sources[d.Subject.Range.Filename]), "\n")[d.Subject.Range.Start.Line-1]
		_, text, _ := strings.Cut(line, " = ")
		refused[text] = true
	}
	return refused
}

// folded reports whether an equation turned out to be a constant, which the
// simulator does not show: `{ a = v.a, b = 2.0 }.b` does not need v.
func folded(f *Flow, name string) bool {
	return !slices.ContainsFunc(f.Typed.Equations, func(e *typed.Equation) bool { return e.Name == name })
}

const differentialHead = `mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in v {
  via   = home
  topic = "in"
  stale = never
  json  = {
    a  = number
    b  = number
    c  = number
    s  = string
    t  = string
    p  = bool
    q  = bool
    xs = list(number)
    ss = list(string)
    rs = list({ n = number, on = bool, name = string })
  }
}

`

const differentialInput = `{"a":2.5,"b":-7,"c":0.1,"s":"Ab c","t":"é","p":true,"q":false,` +
	`"xs":[1,2.25,-3,0.7],"ss":["x","Yy",""],"rs":[{"n":1,"on":true,"name":"k"},{"n":-2.5,"on":false,"name":"m"}]}`

func playShow(t *testing.T, program string) map[string]string {
	ctx, cancel := context.WithTimeout(context.Background(), playLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "FLOWC_SIM_PLAY=1")
	cmd.Stdin = strings.NewReader("pub in " + differentialInput + "\nshow\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := bytes.Cut(out, []byte("> show\n"))
	values := map[string]string{}
	for line := range strings.Lines(string(shown)) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		values[name] = strings.TrimPrefix(strings.TrimLeft(value, " "), " ")
	}
	return values
}
