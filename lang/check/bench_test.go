package check

import (
	"fmt"
	"strings"
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
)

// BenchmarkCheck reads and checks flows of 10 to 10,000 equations, a third as many
// things, over several files. What one equation costs stays about the same:
//
//	go test ./lang/check -run '^$' -bench Check -benchtime 3x
func BenchmarkCheck(b *testing.B) {
	for _, equations := range []int{10, 100, 1000, 10000} {
		files := largeFlow(equations)
		b.Run(fmt.Sprint(equations), func(b *testing.B) {
			cat := catalog.Load()
			for b.Loop() {
				p, found := syntax.Parse("large", files)
				program, more := Check(p, cat)
				if program == nil {
					b.Fatal(append(found, more...)[0].Summary)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*equations), "µs/equation")
		})
	}
}

// largeFlow has n equations that follow sensors and one another, in files of at
// most a thousand.
func largeFlow(n int) map[string][]byte {
	files := map[string][]byte{}
	var text strings.Builder
	text.WriteString("mqtt home {\n  url = \"tcp://localhost:1883\"\n}\n\nenum mode {\n  values = [off, eco, boost]\n}\n\n" +
		"function comfort {\n  params = { t = C, h = pct }\n  dry    = h < 30.pct\n  result = dry ? t - 1.K : t\n}\n\n")
	for i := range n {
		thing := i / 10
		if i%10 == 0 {
			fmt.Fprintf(&text, "mqtt_in s%d {\n  via   = home\n  topic = \"house/%d\"\n  json  = { t = C, h = pct, b = optional(V), mode = mode, l = list(number) }\n  stale = 1.h\n}\n\n", thing, thing)
		}
		fmt.Fprintf(&text, "e%d = %s\n\n", i, equationNumber(i, thing))
		if i%5 == 4 {
			fmt.Fprintf(&text, "log l%d {\n  show = \"${e%d} ${e%d} ${e%d} ${e%d} ${e%d}\"\n}\n\n", i, i-4, i-3, i-2, i-1, i)
		}
		if i%1000 == 999 || i == n-1 {
			files[fmt.Sprintf("part%d.hcl", i/1000)] = []byte(text.String())
			text.Reset()
		}
	}
	return files
}

// equationNumber is one of ten sorts of equations.
func equationNumber(i, thing int) string {
	sensor := fmt.Sprintf("s%d", thing)
	switch i % 10 {
	case 0:
		return fmt.Sprintf("average(%s.t, %d.min)", sensor, 1+i%50)
	case 1:
		return fmt.Sprintf("%s.t > %d.C && %s.h < 60.pct", sensor, i%30, sensor)
	case 2:
		return fmt.Sprintf("hysteresis(%s.h, { on_below = %d.pct, off_above = 80.pct })", sensor, 1+i%40)
	case 3:
		return fmt.Sprintf("e%d ? comfort(%s.t, %s.h) : %s.t", i-1, sensor, sensor, sensor)
	case 4:
		return fmt.Sprintf("default(%s.b, %d.V) * 2", sensor, 1+i%5)
	case 5:
		return fmt.Sprintf("match(%s.mode, { off = 5.C, eco = e%d, boost = 24.C })", sensor, i-2)
	case 6:
		return fmt.Sprintf("length([for x in %s.l : x * %d if x > 1])", sensor, i)
	case 7:
		return fmt.Sprintf("\"sensor %d: ${%s.t} at ${%s.time}\"", thing, sensor, sensor)
	case 8:
		return fmt.Sprintf("e%d > 3 || e%d", i-2, i-6)
	}
	return fmt.Sprintf("count(where(%s, %s.b != null && e%d))", sensor, sensor, i-1)
}

// TestLargeFlow: the flow of the benchmark is right, and no one warns of it.
func TestLargeFlow(t *testing.T) {
	program, found, sources := checkFiles("large", largeFlow(100))
	if program == nil || len(found) > 0 {
		t.Fatal(render(t, found, sources))
	}
	if len(program.Equations) < 100 {
		t.Errorf("only %d equations", len(program.Equations))
	}
}
