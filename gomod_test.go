package flowc_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestGoModTellsWhatIsDirect: whoever asks which modules we depend on by our own doing
// reads it off go.mod.
func TestGoModTellsWhatIsDirect(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	imported := foreignImports(t)
	for _, r := range mod.Require {
		direct := slices.ContainsFunc(imported, func(p string) bool { return below(p, []string{r.Mod.Path}) })
		switch {
		case direct && r.Indirect:
			t.Errorf("go.mod marks %s as indirect, and this module imports it", r.Mod.Path)
		case !direct && !r.Indirect:
			t.Errorf("go.mod lists %s as direct, and this module does not import it", r.Mod.Path)
		}
	}
}

// foreignImports are what this module's files, tests included, import from others.
func foreignImports(t *testing.T) (list []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(skipped, d.Name()):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err == nil && strings.Contains(p, ".") {
				list = append(list, p)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
