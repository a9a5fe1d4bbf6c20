package check

import (
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

const askedFlow = `mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in soil {
  via   = home
  topic = "soil"
  json  = { moisture = pct, battery = optional(V) }
}

answer = soil.moisture < 30.pct
late   = where(soil, soil.moisture > 10.pct)
round  = previous(round, 0) + 1
lit    = latch(soil, soil)

log seen {
  show = answer || late.moisture > 1.pct || round > 3 || lit
}
`

func asked(t *testing.T) *syntax.Program {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(askedFlow)})
	if found.HasErrors() {
		t.Fatal(found[0].Summary)
	}
	return p
}

// Places in findings are those of the question's own text, though it was checked as an equation.
func TestFindingsAboutAQuestion(t *testing.T) {
	q, found := Ask(asked(t), catalog.Load(), "soil.moistur + 1")
	if q != nil || len(found) != 1 {
		t.Fatalf("%v, %d findings", q, len(found))
	}
	r := found[0].Subject.Range
	if r.Filename != QuestionFile || r.Start.Byte != 5 || r.Start.Column != 6 || r.End.Byte != 12 {
		t.Errorf("the place is %s", r)
	}
	if len(found[0].Related) == 0 || found[0].Related[0].Range.Filename != "flow.hcl" {
		t.Errorf("the other place is %v", found[0].Related)
	}
}

// What the flow itself leaves unused, or says wrong, is no matter of the question.
func TestOnlyTheQuestionIsTold(t *testing.T) {
	p, _ := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte("unused = 1\nother = unused + nothing\n")})
	q, found := Ask(p, catalog.Load(), "unused + 1")
	if q == nil || len(found) > 0 {
		t.Errorf("%v, %v", q, found)
	}
}

func TestAnswers(t *testing.T) {
	p := asked(t)
	samples := map[string]*typed.Const{}
	for target, text := range map[string]string{"soil.moisture": "12.pct", "soil.battery": "2800.mV"} {
		path, k, found, err := Sample(p, catalog.Load(), target, text)
		if err != nil || len(found) > 0 || path != target {
			t.Fatalf("%s: %v %v %q", target, err, found, path)
		}
		samples[path] = k
	}
	for text, want := range map[string]any{
		"answer":                     true,
		"late.moisture + 1.pct":      13.0,
		"default(soil.battery, 3.V)": 2.8,
		"soil.battery != null":       true,
		"off && round > 1":           false,
		"1 / 0.5":                    2.0,
	} {
		q, found := Ask(p, catalog.Load(), text)
		if q == nil {
			t.Errorf("%s: %s", text, found[0].Summary)
			continue
		}
		if a := q.Value(samples); !a.Known || a.V != want {
			t.Errorf("%s is %+v, want %v", text, a, want)
		}
		if a := q.Value(nil); a.Known && a.V != want {
			t.Errorf("%s without samples is %v", text, a.V)
		}
	}
}

func TestUnanswered(t *testing.T) {
	p := asked(t)
	for text, want := range map[string]string{
		"soil.moisture": "", "round": "`previous` remembers what was before: only a running program has its value",
		"lit": "`latch` remembers what was before: only a running program has its value",
	} {
		q, _ := Ask(p, catalog.Load(), text)
		if q == nil {
			t.Fatalf("%s is not understood", text)
		}
		a := q.Value(nil)
		switch {
		case a.Known:
			t.Errorf("%s is %v", text, a.V)
		case want == "" && (len(a.Missing) != 1 || a.Missing[0] != text || len(a.Reasons) > 0):
			t.Errorf("%s: %+v", text, a)
		case want != "" && (len(a.Reasons) != 1 || a.Reasons[0] != want):
			t.Errorf("%s: %+v", text, a)
		}
	}
}

// FuzzAsk: whatever is typed, nothing breaks, and a value has the form of its type.
func FuzzAsk(f *testing.F) {
	for _, text := range []string{
		"soil.moisture + 5.pct", "late", "late.battery", "round", "1 /", "\"${soil.moisture}\"", "}\nled a {", "answer", "# x",
		"where(late, late.battery != null).battery + 1.V", "[for x in [1, 2] : x * 2.5.W]", "soil.time", "lit ? 1 : 2", "{ a = soil }.a.moisture",
		"ready(soil) && soil.moisture > 3.pct", "try(soil.battery, null)", "soil == soil", "<<-A\nA\n", "a = 3",
	} {
		f.Add(text, "12.pct")
	}
	f.Add("soil", "{ moisture = 1.pct, battery = null }")
	p, _ := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(askedFlow)})
	cat := catalog.Load()
	f.Fuzz(func(t *testing.T, text, sample string) {
		samples := map[string]*typed.Const{}
		for _, target := range []string{text, "soil.moisture"} {
			if path, k, _, _ := Sample(p, cat, target, sample); k != nil {
				samples[path] = k
			}
		}
		if q, found := Ask(p, cat, text); q != nil {
			q.Value(nil)
			q.Value(samples)
		} else if len(found) == 0 {
			t.Errorf("%q is refused without a word", text)
		}
	})
}
