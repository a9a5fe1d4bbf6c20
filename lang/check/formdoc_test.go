package check

import (
	"slices"
	"strings"
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/diag"
)

// around is what the examples of the forms refer to.
const around = `
mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in attic {
  via   = home
  topic = "attic"
  json  = { temperature = C }
  stale = 1.h
}
`

// library is what the example of `use` brings in.
const library = `
component lamp_of {
  inputs  = { lit = value(bool) }
  outputs = { on = lamp.on }

  led lamp {
    pin = 18
    on  = lit
  }
}
`

func TestEveryFormIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range formDocs {
		documented[f.Name] = true
		if !strings.HasPrefix(f.Doc, "`"+f.Name+"` ") {
			t.Errorf("the text of %s begins with its name", f.Name)
		}
	}
	for name := range forms {
		if !documented[name] && len(catalog.Load().Function(name)) == 0 {
			t.Errorf("%s has no page", name)
		}
	}
}

func TestExamplesOfForms(t *testing.T) {
	for _, f := range formDocs {
		example := exampleIn(f.Doc)
		written := f.Name + "("
		if f.Sort == "block" {
			written = f.Name + " "
		} else if f.Calls[0] == f.Name || f.Sort == "word" {
			written = f.Name
		}
		if !strings.Contains(example, written) {
			t.Errorf("%s: the example does not show it", f.Name)
		}
		_, found, sources := checkFiles("flow", map[string][]byte{"flow.hcl": []byte(around + example), "greeting.txt": []byte("Good morning."), "clean.sql": []byte("DELETE FROM weather"), "lib/lamp.hcl": []byte(library)})
		var errors diag.List
		for _, d := range found {
			if d.Severity == diag.Error || d.Code != "W0602" {
				errors = append(errors, d)
			}
		}
		if len(errors) > 0 {
			t.Errorf("%s:\n%s", f.Name, render(t, errors, sources))
		}
	}
}

func TestReferenceShowsForms(t *testing.T) {
	var b strings.Builder
	if err := catalog.Doc(Reference(catalog.Load()), "where", &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"where · form", "where(e, condition)", "cold = where("} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

// What a block takes is told of in the reference, and nothing else is.
func TestBlocksTellOfTheirSettings(t *testing.T) {
	sub := func(of string, names []string) (list []string) {
		for _, n := range names {
			list = append(list, of+"."+n)
		}
		return list
	}
	program := slices.Concat([]string{"edition", "health", logFaults, memorySetting, "persist"}, sub("health", healthSettings), sub("persist", persistSettings))
	for block, want := range map[string][]string{
		"program":   program,
		"state":     stateSettings,
		"sequence":  slices.Concat(sequenceSettings, []string{"step"}, sub("step", stepSettings)),
		"interlock": interlockSettings,
		"invariant": invariantSettings,
		"test":      slices.Concat([]string{"at", "replay"}, stepNames()),
	} {
		var have []string
		for _, s := range settingsOf(block) {
			have = append(have, s.Name)
			last := s.Name[strings.LastIndexByte(s.Name, '.')+1:]
			if !strings.HasPrefix(s.Doc, "`"+last) {
				t.Errorf("%s: the text of %s begins with its name", block, s.Name)
			}
		}
		slices.Sort(have)
		slices.Sort(want)
		if !slices.Equal(have, want) {
			t.Errorf("%s: the reference tells of %q, the block takes %q", block, have, want)
		}
	}
}
