package compiler

import (
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"flowc/compiler/gobuild"
	"flowc/lang/catalog"
)

// FuzzWhatChecksCompiles holds the compiler's first promise: a flow that has no
// errors becomes Go that the Go compiler takes. And its second: no text of a flow
// becomes code, so what is generated only ever imports the runtime and a few
// packages of the standard library.
func FuzzWhatChecksCompiles(f *testing.F) {
	importAll(f)
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		flow := CheckText("fuzz", map[string][]byte{"fuzz.hcl": []byte(text)})
		if flow.Typed == nil {
			return
		}
		m, err := flow.Generate()
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if err := typeCheck(m); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// importAll reads what generated code imports beforehand. A fuzzing process ends an
// input that takes more than ten seconds, and the first one would pay for all.
func importAll(t testing.TB) {
	imp, _ := sourceImporter()
	paths := append(catalog.Load().Packages(), "flowc/rt/flow", "flowc/rt/fn", "flowc/rt/unit", "flowc/rt/wirejson", "flowc/rt/sim")
	for path := range allowedImport {
		paths = append(paths, path)
	}
	for _, path := range paths {
		if _, err := imp.Import(path); err != nil {
			t.Fatal(err)
		}
	}
}

func seeds(t testing.TB) []string {
	var list []string
	for _, pattern := range []string{"../examples/*/*.hcl", "../testdata/emit/*.hcl"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, string(text))
		}
	}
	var cases []string
	for _, pattern := range []string{"../testdata/run/*.txtar", "../testdata/check/[Wg]*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, files...)
	}
	for _, file := range cases {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if strings.HasSuffix(f.Name, ".hcl") {
				list = append(list, string(f.Data))
			}
		}
	}
	docs := documentation()
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		list = append(list, hclExamples(docs[name])...)
	}
	return list
}

// sourceImporter type-checks imports from source, once for all inputs.
var sourceImporter = sync.OnceValues(func() (types.Importer, *token.FileSet) {
	fset := token.NewFileSet()
	return &onceImporter{importer.ForCompiler(fset, "source", nil), map[string]*types.Package{}}, fset
})

// onceImporter asks for a package once: the importer from source runs the go command to find one, each time.
type onceImporter struct {
	from types.Importer
	seen map[string]*types.Package
}

func (i *onceImporter) Import(path string) (*types.Package, error) {
	if p := i.seen[path]; p != nil {
		return p, nil
	}
	p, err := i.from.Import(path)
	if err == nil {
		i.seen[path] = p
	}
	return p, err
}

var checking sync.Mutex

// typeCheck runs Go's own type checker over a generated module.
func typeCheck(m gobuild.Module) error {
	checking.Lock()
	defer checking.Unlock()
	imp, fset := sourceImporter()
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		if pretty, err := format.Source(m.Files[name]); err == nil && string(pretty) != string(m.Files[name]) {
			return errUnformatted(name)
		}
		file, err := parser.ParseFile(fset, name, m.Files[name], parser.ParseComments)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			if path := strings.Trim(i.Path.Value, `"`); !allowedImport[path] && !strings.HasPrefix(path, "flowc/rt/") {
				return errImport(path)
			}
		}
		files = append(files, file)
	}
	conf := types.Config{Importer: imp}
	_, err := conf.Check("main", fset, files, nil)
	return err
}

type errUnformatted string

func (e errUnformatted) Error() string { return string(e) + " is not in gofmt's form" }

type errImport string

func (e errImport) Error() string { return "generated code imports " + string(e) }

var allowedImport = map[string]bool{
	"runtime/debug": true, "time": true, "strings": true, "bytes": true, "errors": true, "unicode/utf8": true, "math": true, "reflect": true,
	"slices": true, "maps": true,
}
