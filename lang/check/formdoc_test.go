package check

import (
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
		} else if f.Calls[0] == f.Name {
			written = f.Name
		}
		if !strings.Contains(example, written) {
			t.Errorf("%s: the example does not show it", f.Name)
		}
		_, found, sources := checkFiles("flow", map[string][]byte{"flow.hcl": []byte(around + example), "greeting.txt": []byte("Good morning."), "clean.sql": []byte("DELETE FROM weather")})
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
