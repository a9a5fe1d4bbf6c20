package flowc_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rule forbids imports in a part of the tree. Folders cover what is below them.
type rule struct {
	// in are the folders that the rule is for, except those in not.
	in, not []string
	// forbids are import paths, except those in but. "*" is whatever is neither
	// the standard library's nor named in but.
	forbids, but []string
	why          string
}

const (
	hcl    = "github.com/hashicorp/hcl/v2"
	cty    = "github.com/zclconf/go-cty"
	jen    = "github.com/dave/jennifer"
	paho   = "github.com/eclipse/paho.golang"
	periph = "periph.io"
	mochi  = "github.com/mochi-mqtt/server"
	bolt   = "go.etcd.io/bbolt"
	sqlite = "modernc.org/sqlite"
)

// testsOnly are packages that only tests link.
var testsOnly = []string{"rt/flow/flowtest", "rt/mqtt/witness", "rt/postgres/witness", "examples/drive"}

var rules = []rule{
	{
		in: []string{"lang"}, forbids: []string{"flowc/compiler", "flowc/cmd"},
		why: "cmd → compiler → lang: the language does not know how it is compiled, so it can be checked, formatted and explained alone",
	},
	{
		in: []string{"compiler"}, forbids: []string{"flowc/cmd"},
		why: "cmd → compiler → lang: the compiler can be used without the tool",
	},
	{
		in: []string{"rt", "examples"}, forbids: []string{"flowc/lang", "flowc/compiler", "flowc/cmd"},
		why: "rt goes into the programs that people run; the compiler must not come along",
	},
	{
		in: []string{"rt", "examples"}, forbids: []string{hcl, cty, jen, mochi},
		why: "the generated program links neither the parser of flows, its values, the printer of Go nor a broker",
	},
	{
		in:      []string{"lang", "compiler"},
		forbids: []string{"flowc/rt"}, but: []string{"flowc/rt/fn", "flowc/rt/unit", "flowc/rt/flow", "flowc/rt/sqlite/lite", "flowc/rt/postgres/dollar"},
		why: "statements are prepared by the very SQLite that runs them (sqlite/lite, in memory); else of rt the compiler links only leaves that need nothing but the standard library (fn, unit, and flow, whose types fn's functions take); everything else it knows from the catalogue, read from source",
	},
	{
		in:      []string{"lang", "compiler"},
		forbids: []string{paho, periph, mochi, bolt},
		why:     "checking and compiling a flow opens no network and touches no pin",
	},
	{
		in: []string{"."}, not: []string{"compiler/emit"}, forbids: []string{jen},
		why: "the plan decides, emit prints: only the printer knows how Go is printed",
	},
	{
		in: []string{"."}, not: []string{"lang/syntax", "lang/check", "lang/diag", "lang/types", "lang/typed"}, forbids: []string{hcl},
		why: "HCL is the form of flows, not of programs; beyond the parser and the checker only its ranges are used, for messages",
	},
	{
		in: []string{"lang/diag", "lang/types", "lang/typed"}, forbids: []string{hcl + "/hclsyntax", hcl + "/hclwrite"},
		why: "only ranges of HCL are used here, for messages",
	},
	{
		in: []string{"."}, not: []string{"lang/syntax", "lang/check"}, forbids: []string{cty},
		why: "cty holds constants while they are checked; its big numbers do not behave as a program's float64",
	},
	{
		in: []string{"rt"}, not: []string{"rt/mqtt"}, forbids: []string{paho},
		why: "one package per heavy dependency: a program without MQTT does not pay for it, and the client can be replaced",
	},
	{
		in: []string{"rt"}, not: []string{"rt/gpio"}, forbids: []string{periph},
		why: "one package per heavy dependency: a program without pins does not pay for it",
	},
	{
		in: []string{"rt"}, not: []string{"rt/persist", "rt/outbox", "rt/boltfile"}, forbids: []string{bolt},
		why: "one package per heavy dependency: a program that keeps nothing does not pay for a database",
	},
	{
		in: []string{"rt"}, not: []string{"rt/sqlite"}, forbids: []string{sqlite, "database/sql"},
		why: "one package per heavy dependency: a program without a database does not pay five megabytes for it",
	},
	{
		in: []string{"lang", "compiler"}, not: []string{"lang/sqlcheck"}, forbids: []string{sqlite, "flowc/rt/sqlite/lite", "database/sql"},
		why: "one package prepares statements; the checker asks it, and can be built with another",
	},
	{
		in: []string{"rt/mqtt"}, not: []string{"rt/mqtt/mqtttls"}, forbids: []string{"crypto/tls", "crypto/x509"},
		why: "TLS costs two megabytes and is linked only where a URL asks for it",
	},
	{
		in: []string{"rt"}, not: []string{"rt/feed"}, forbids: []string{"github.com/mmcdole/gofeed", "flowc/rt/feed"},
		why: "it links the letters of all of East Asia: a program that reads no feed does not pay a megabyte and a half for it",
	},
	{
		in: []string{"rt"}, not: []string{"rt/web", "rt/feed"}, forbids: []string{"flowc/rt/web"},
		why: "it links net/http and TLS",
	},
	{
		in: []string{"rt"}, not: []string{"rt/web"}, forbids: []string{"net/http"},
		why: "it links TLS, three megabytes: a program that asks no web server and answers no browser does not pay for them",
	},
	{
		in: []string{"rt"}, forbids: []string{paho + "/autopaho"},
		why: "it links net/http and a websocket library: 5.4 MB instead of 2.5",
	},
	{
		in: []string{"rt/flow", "rt/op", "rt/fn", "rt/unit", "rt/wirejson", "rt/wiretext", "rt/wiresql"}, forbids: []string{"*"},
		but: []string{"flowc/rt/flow", "flowc/rt/fn", "flowc/rt/unit", "flowc/rt/wirejson"},
		why: "the core needs nothing but the standard library",
	},
	{
		in: []string{"rt/flow"}, not: []string{"rt/flow/flowtest"}, forbids: []string{"flowc/rt"},
		why: "everything in rt is written against flow, so flow knows none of it",
	},
	{
		in: []string{"rt/unit"}, forbids: []string{"flowc"},
		why: "quantities are a leaf: kinds, functions and users' own Go import them",
	},
	{
		in: []string{"rt/fn"}, forbids: []string{"flowc"}, but: []string{"flowc/rt/flow", "flowc/rt/unit"},
		why: "the checker links the functions to fold constants; what they need comes along",
	},
	{
		in: []string{"."}, not: testsOnly, forbids: []string{"testing"},
		why: "it adds its flags to every program that links it",
	},
	{
		in: []string{"compiler/plan"}, forbids: []string{"go/ast", "go/token", "go/format", "go/printer", hcl},
		why: "the plan knows no HCL and no syntax of Go",
	},
}

// skipped are folders that hold no source of this module.
var skipped = []string{".git", "testdata"}

func TestImports(t *testing.T) {
	breaches, files := breaches(t, os.DirFS("."))
	for _, b := range breaches {
		t.Error(b)
	}
	if files < 150 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestBreachesAreSeen plants breaches.
func TestBreachesAreSeen(t *testing.T) {
	dir := t.TempDir()
	for file, imports := range map[string][]string{
		"lang/check/a.go":       {hcl, cty + "/cty", "flowc/compiler/plan", "flowc/rt/fn", "fmt"},
		"lang/types/a.go":       {hcl, hcl + "/hclsyntax", "flowc/rt/gpio"},
		"rt/gpio/a.go":          {"flowc/lang/types", "periph.io/x/host/v3/gpioioctl", paho + "/paho"},
		"rt/unit/a.go":          {"flowc/rt/flow", "example.org/x"},
		"rt/unit/a_test.go":     {"flowc/lang/types", "testing"},
		"compiler/plan/plan.go": {jen + "/jen"},
		"lang/testdata/a.go":    {"flowc/cmd/flowc"},
		"cmd/flowc/main.go":     {"flowc/lang/types", "flowc/compiler", mochi + "/v2", "testing"},
	} {
		text := "package a\n"
		for _, i := range imports {
			text += "import _ " + strconv.Quote(i) + "\n"
		}
		name := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := breaches(t, os.DirFS(dir))
	for i, b := range got {
		got[i], _, _ = strings.Cut(b, ":")
	}
	slices.Sort(got)
	want := []string{
		"cmd/flowc/main.go imports testing",
		"compiler/plan/plan.go imports " + jen + "/jen",
		"lang/check/a.go imports flowc/compiler/plan",
		"lang/types/a.go imports flowc/rt/gpio",
		"lang/types/a.go imports " + hcl + "/hclsyntax",
		"rt/gpio/a.go imports flowc/lang/types",
		"rt/gpio/a.go imports " + paho + "/paho",
		"rt/unit/a.go imports example.org/x",
		"rt/unit/a.go imports flowc/rt/flow",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// breaches lists what imports something forbidden, with the reason, and counts
// the files that were looked at. Tests may import what they like.
func breaches(t *testing.T, tree fs.FS) (list []string, files int) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(skipped, d.Name()):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		files++
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if why, bad := forbidden(path.Dir(name), imported); bad {
				list = append(list, name+" imports "+imported+": "+why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list, files
}

// forbidden gives the reason why a folder must not import a package.
func forbidden(folder, imported string) (why string, bad bool) {
	for _, r := range rules {
		if below(folder, r.in) && !below(folder, r.not) && r.names(imported) {
			return r.why, true
		}
	}
	return "", false
}

func (r rule) names(imported string) bool {
	if below(imported, r.but) {
		return false
	}
	return slices.Contains(r.forbids, "*") && !standard(imported) || below(imported, r.forbids)
}

// below reports whether a path is one of the roots or in one of them.
func below(p string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return root == "." || p == root || strings.HasPrefix(p, root+"/")
	})
}

// standard reports whether a path is of the standard library: its first element
// has no dot and is not this module.
func standard(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return !strings.Contains(first, ".") && first != "flowc"
}
