package gobuild

import (
	"crypto/sha256"
	"encoding/hex"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"

	"flowc"
)

// runtimePath is where the runtime's packages are: flowc/rt/gpio.
const runtimePath = "flowc/rt/"

// runtimeSource is the runtime that this flowc carries.
type runtimeSource struct {
	// files are the Go files to extract, by path ("rt/flow/engine.go").
	files map[string][]byte
	// imports are the imports of a package of the runtime, by import path.
	imports map[string][]string
	// require are the requirements of flowc's own go.mod, by module path.
	require map[string]string
	// sums are the lines of flowc's go.sum.
	sums []string
	// goLine is the version in flowc's go line.
	goLine string
}

// testFolders hold what only the runtime's tests need.
var testFolders = []string{"testdata", "witness", "flowtest"}

// carried reads the embedded runtime once. It is part of the executable, so an error is a defect of flowc's own build.
var carried = sync.OnceValues(func() (*runtimeSource, error) { return readRuntime(flowc.Source()) })

func readRuntime(source fs.FS) (*runtimeSource, error) {
	r := &runtimeSource{files: map[string][]byte{}, imports: map[string][]string{}, require: map[string]string{}}
	err := fs.WalkDir(source, "rt", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(testFolders, d.Name()):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		return r.addFile(source, name)
	})
	if err != nil {
		return nil, err
	}
	return r, r.readRequirements(source)
}

func (r *runtimeSource) addFile(source fs.FS, name string) error {
	text, err := fs.ReadFile(source, name)
	if err != nil {
		return err
	}
	return r.add(name, text)
}

func (r *runtimeSource) add(name string, text []byte) error {
	imports, err := importsOf(name, text)
	if err != nil {
		return err
	}
	r.files[name] = text
	pkg := "flowc/" + path.Dir(name)
	r.imports[pkg] = append(r.imports[pkg], imports...)
	return nil
}

// real is the runtime without the files, and so without the packages, that only a simulation needs.
func (r *runtimeSource) real() (*runtimeSource, error) {
	without := *r
	without.files, without.imports = map[string][]byte{}, map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		if !wanted(r.files[name], false) {
			continue
		}
		if err := without.add(name, r.files[name]); err != nil {
			return nil, err
		}
	}
	return &without, nil
}

func (r *runtimeSource) readRequirements(source fs.FS) error {
	mod, err := fs.ReadFile(source, "go.mod")
	if err != nil {
		return err
	}
	parsed, err := modfile.Parse("go.mod", mod, nil)
	if err != nil {
		return err
	}
	for _, q := range parsed.Require {
		r.require[q.Mod.Path] = q.Mod.Version
	}
	r.goLine = parsed.Go.Version
	sums, err := fs.ReadFile(source, "go.sum")
	r.sums = strings.Split(strings.TrimSpace(string(sums)), "\n")
	return err
}

func importsOf(name string, text []byte) ([]string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, s := range f.Imports {
		p, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			return nil, err
		}
		paths = append(paths, p)
	}
	return paths, nil
}

// needs follows imports through the runtime: its packages that a program uses, and the modules of others.
func (r *runtimeSource) needs(imports []string) (packages, modules []string) {
	seen := map[string]bool{}
	used := map[string]bool{}
	for queue := slices.Clone(imports); len(queue) > 0; queue = queue[1:] {
		p := queue[0]
		if seen[p] {
			continue
		}
		seen[p] = true
		if strings.HasPrefix(p, runtimePath) {
			packages = append(packages, p)
			queue = append(queue, r.imports[p]...)
		} else if m := r.moduleOf(p); m != "" {
			r.useModule(used, m)
		}
	}
	slices.Sort(packages)
	return packages, slices.Sorted(maps.Keys(used))
}

// further are modules that a requirement of the runtime needs in turn. Its own source does not name them, so a test
// compares with what the go command links.
var further = map[string][]string{
	"periph.io/x/host/v3": {"periph.io/x/conn/v3"},
	"go.etcd.io/bbolt":    {"golang.org/x/sys"},
	"modernc.org/sqlite":  {"modernc.org/libc"},
	"modernc.org/libc": {
		"modernc.org/mathutil", "modernc.org/memory", "golang.org/x/sys", "github.com/dustin/go-humanize",
		"github.com/google/uuid", "github.com/mattn/go-isatty", "github.com/ncruces/go-strftime",
	},
	"github.com/mmcdole/gofeed": {"github.com/mmcdole/goxpp/v2", "golang.org/x/net", "golang.org/x/text"},
	"modernc.org/mathutil":      {"github.com/remyoudompheng/bigfft"},
}

func (r *runtimeSource) useModule(used map[string]bool, module string) {
	used[module] = true
	for _, m := range further[module] {
		r.useModule(used, m)
	}
}

// moduleOf is the requirement that holds a package, "" for the standard library.
func (r *runtimeSource) moduleOf(pkg string) string {
	for p := pkg; p != "." && p != "/"; p = path.Dir(p) {
		if _, ok := r.require[p]; ok {
			return p
		}
	}
	return ""
}

// modules are all modules of others that the runtime needs.
func (r *runtimeSource) modules() []string {
	_, modules := r.needs(slices.Sorted(maps.Keys(r.imports)))
	return modules
}

// goSum is the part of flowc's go.sum that concerns the given modules.
func (r *runtimeSource) goSum(modules []string) []byte {
	var b strings.Builder
	for _, line := range r.sums {
		if module, _, _ := strings.Cut(line, " "); slices.Contains(modules, module) {
			b.WriteString(line + "\n")
		}
	}
	return []byte(b.String())
}

// module is the runtime as a module of its own: the given packages, and requirements for them only.
func (r *runtimeSource) module(packages, modules []string) map[string][]byte {
	files := map[string][]byte{}
	for name, text := range r.files {
		if slices.Contains(packages, "flowc/"+path.Dir(name)) {
			files[name] = text
		}
	}
	files["go.mod"] = []byte("module flowc\n\ngo " + r.goLine + "\n" + r.requireBlock(modules, ""))
	files["go.sum"] = r.goSum(modules)
	return files
}

// requireBlock lists modules with their exact versions.
func (r *runtimeSource) requireBlock(modules []string, comment string) string {
	if len(modules) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\nrequire (\n")
	for _, m := range modules {
		b.WriteString("\t" + m + " " + r.require[m] + comment + "\n")
	}
	b.WriteString(")\n")
	return b.String()
}

// hashOf tells one set of files from another.
func hashOf(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		h.Write([]byte(name + "\x00"))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))[:20]
}
