package catalog

import (
	"flag"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// small has one of everything that a page can show.
func small() *Catalog {
	param := &Type{Name: "param", Ref: "T"}
	duration := &Type{Name: "duration"}
	return &Catalog{
		Kinds: []*Kind{{
			Name: "lamp_in", Package: "flowc/rt/lamp", Type: "Lamp", TypeParams: []string{"T"},
			Doc: "`lamp_in` is a lamp that listens. It has a second sentence that is long enough to be wrapped at the end of the line.\n\n\tlamp_in hall {\n\t  pin = 17\n\n\t  will {\n\t    topic = \"bye\"\n\t  }\n\t}\n\nA last paragraph.",
			Fields: []*Field{
				{Name: "pin", Role: RoleSetting, Type: &Type{Name: "int"}, Doc: "`pin` is where.", Required: true, Tags: map[string]string{"range": "0,27"}},
				{Name: "via", Role: RoleThing, Kinds: []string{"mqtt", "serial"}, Doc: "`via` is the connection.", Required: true},
				{Name: "pull", Role: RoleSetting, Type: &Type{Name: "enum", Ref: "lamp.Pull"}, Default: "up", Doc: "`pull` is the resistor."},
				{Name: "active_low", Role: RoleSetting, Type: &Type{Name: "bool"}, Default: "false", Doc: "`active_low` turns it | round."},
				{Name: "user", Role: RoleSetting, Type: &Type{Name: "optional", Elem: &Type{Name: "string"}}, Tags: map[string]string{"secret": "may"}, Doc: "`user` is who."},
				{Name: "topic", Role: RolePattern, Type: &Type{Name: "string"}, Required: true, Doc: "`topic` is what to listen to."},
				{Name: "json", Role: RoleTypeOf, Type: param, Doc: "`json` is the form."},
				{Name: "stale", Role: RoleStale, Type: duration, Doc: "`stale` is how long silence may last."},
				{Name: "will", Role: RoleBlock, Doc: "`will` is sent at the end.", Fields: []*Field{
					{Name: "topic", Role: RoleSetting, Type: &Type{Name: "string"}, Required: true, Doc: "`topic` is where to."},
				}},
				{Name: "send", Role: RoleShot, Type: param, Required: true, Doc: "`send` is what."},
				{Name: "on", Role: RoleDrive, Type: &Type{Name: "bool"}, Required: true, Doc: "`on` lights it."},
				{Name: "level", Role: RoleLevel, Type: &Type{Name: "quantity", Ref: "TemperatureStep"}, Doc: "`level` is how much."},
				{Name: "decode", Role: RoleDecoder, Type: param},
				{Name: "self", Role: RoleSelf, Type: param, Doc: "`self` is what came in."},
				{Name: "meta", Role: RoleMeta, Type: &Type{Name: "record", Ref: "lamp.Meta"}},
				{Name: "pressed", Role: RoleEvent, Type: &Type{Name: "unit"}, Doc: "`pressed` happens."},
			},
		}},
		Operators: []*Operator{
			{Name: "band", Doc: "`band` is a switch.", TypeParams: []TypeParam{{Name: "T", Constraint: "ordered"}},
				Args: []*Arg{{Name: "v", Type: param, Shape: "value", Input: true}, {Name: "n", Type: &Type{Name: "int"}, Shape: "const", Default: "3", Optional: true, Doc: "`n` is how many.", Tags: map[string]string{"range": "1,10"}}},
				Options: []*Arg{
					{Name: "low", Type: &Type{Name: "optional", Elem: param}, Shape: "value", Doc: "`low` is the lower."},
					{Name: "step", Type: param, Shape: "const", Delta: true, Doc: "`step` is the width."}},
				OptionSets: [][]string{{"low"}, {"step"}},
				Out:        "value", Result: &Type{Name: "bool"}, Ready: "follows", Fresh: "own", Fallible: true, Across: true, Holds: true, Breaks: true, Bounded: true},
			{Name: "thin", Doc: "`thin` lets some pass.", TypeParams: []TypeParam{{Name: "T", Constraint: "any"}},
				Args: []*Arg{{Name: "e", Type: param, Shape: "any", Input: true, Hap: true, Variadic: true}},
				Out:  "same", Result: param, Ready: "first"},
		},
		Functions: []*Function{
			{Name: "band", Doc: "`band` is also a function.", Pos: "rt/fn/numbers.go", Args: []*Arg{}, Result: &Type{Name: "map", Elem: &Type{Name: "any"}}},
			{Name: "find", Doc: "`find` finds.", Pos: "rt/fn/lists.go", TypeParams: []TypeParam{{Name: "T", Constraint: "quantity"}},
				Args: []*Arg{{Name: "list", Type: &Type{Name: "list", Elem: param}, Shape: "any"},
					{Name: "test", Type: &Type{Name: "func", Params: []*Type{param}, Elem: &Type{Name: "bool"}}, Shape: "lambda"}},
				Result: &Type{Name: "optional", Elem: param}, Fallible: true},
		},
		Enums:   []*Enum{{Name: "lamp.Pull", Values: []*EnumValue{{Name: "up"}, {Name: "down"}, {Name: "none"}}}},
		Records: []*Record{{Name: "lamp.Meta", Fields: []*Field{{Name: "topic", Type: &Type{Name: "string"}, Doc: "`topic` is where it came."}}}},
	}
}

func TestDocPages(t *testing.T) {
	c := small()
	for _, name := range []string{"", "lamp_in", "band", "thin", "find", "units", "celsius"} {
		var b strings.Builder
		if err := Doc(c, name, &b); err != nil {
			t.Fatal(err)
		}
		file := name
		if file == "" {
			file = "overview"
		}
		golden(t, file, b.String())
	}
	var b strings.Builder
	if err := Markdown(c, &b); err != nil {
		t.Fatal(err)
	}
	golden(t, "markdown", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs (go test ./lang/catalog -update rewrites it): %v\n%s", path, err, got)
	}
}

func TestDocUnknown(t *testing.T) {
	err := Doc(small(), "bnad", &strings.Builder{})
	if want := "There is no kind, operator, function, component, setting or unit `bnad`. Did you mean `band`?"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	err = Doc(small(), "nothing_like_it", &strings.Builder{})
	if err == nil || strings.Contains(err.Error(), "Did you mean") {
		t.Errorf("got %v, want no suggestion", err)
	}
}

// Every page of the committed catalogue can be read on a terminal of 80 columns,
// and the reference has everything.
func TestCommittedReference(t *testing.T) {
	c := Load()
	if c.Kind("button") == nil || len(c.Operator("toggle")) == 0 || len(c.Function("clamp")) == 0 {
		t.Fatal("button, toggle or clamp is not in the catalogue")
	}
	var all strings.Builder
	if err := Markdown(c, &all); err != nil {
		t.Fatal(err)
	}
	for _, name := range c.Names() {
		var b strings.Builder
		if err := Doc(c, name, &b); err != nil {
			t.Error(err)
		}
		for line := range strings.SplitSeq(b.String(), "\n") {
			prose := strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "    ") && !strings.Contains(line, "(") && !strings.Contains(line, "   ")
			if prose && utf8.RuneCountInString(line) > columns {
				t.Errorf("%s: longer than %d columns: %s", name, columns, line)
			}
		}
		if !strings.Contains(all.String(), "\n### "+name+"\n") {
			t.Errorf("the whole reference lacks %s", name)
		}
	}
}

func TestSynopsis(t *testing.T) {
	cases := map[string]string{
		"`x` is a thing. It does more.": "a thing",
		"`x` goes on\nat once. More.":   "goes on at once",
		"Something else":                "Something else",
		"`x` is e, 2.718…\n\n\tx = 1":   "e, 2.718…",
		"`x` waits: then. Ends.":        "waits: then",
	}
	for doc, want := range cases {
		if got := Synopsis("x", doc); got != want {
			t.Errorf("Synopsis(%q) = %q, want %q", doc, got, want)
		}
	}
}
