package check

import (
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
)

// TestSwappedExpressions puts expressions of the cases in the place of others: all
// parse, few make sense, none may panic or hang. FLOWC_SWAPS=100000 looks longer.
func TestSwappedExpressions(t *testing.T) {
	rounds := 2000
	if n, err := strconv.Atoi(os.Getenv("FLOWC_SWAPS")); err == nil {
		rounds = n
	}
	flows := caseFlows(t)
	var pool []string
	for _, src := range flows {
		for _, r := range expressions(src) {
			pool = append(pool, string(src[r.Start.Byte:r.End.Byte]))
		}
	}
	random := rand.New(rand.NewSource(1))
	for range rounds {
		src := flows[random.Intn(len(flows))]
		for range 1 + random.Intn(3) {
			places := expressions(src)
			if len(places) == 0 {
				break
			}
			r := places[random.Intn(len(places))]
			src = []byte(string(src[:r.Start.Byte]) + pool[random.Intn(len(pool))] + string(src[r.End.Byte:]))
		}
		checkOne(t, src)
	}
}

func checkOne(t *testing.T, src []byte) {
	t.Helper()
	defer func() {
		if v := recover(); v != nil {
			t.Fatalf("panic: %v\n%s", v, src)
		}
	}()
	p, found := syntax.Parse("swap", map[string][]byte{"swap.hcl": src})
	program, more := Check(p, catalog.Load())
	if (program == nil) != more.HasErrors() {
		t.Fatalf("a program with errors, or none without:\n%s", src)
	}
	_ = render(t, append(found, more...), p.Sources())
	if program != nil && !found.HasErrors() {
		_ = dump(program)
	}
}

func caseFlows(t *testing.T) [][]byte {
	t.Helper()
	var flows [][]byte
	files, _ := filepath.Glob(filepath.Join(cases, "*.txtar"))
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range archive.Files {
			if strings.HasSuffix(a.Name, ".hcl") {
				flows = append(flows, a.Data)
			}
		}
	}
	return flows
}

// expressions are the places of all expressions of a flow.
func expressions(src []byte) []hcl.Range {
	file, found := hclsyntax.ParseConfig(src, "swap.hcl", hcl.InitialPos)
	if found.HasErrors() {
		return nil
	}
	var list []hcl.Range
	_ = hclsyntax.VisitAll(file.Body.(*hclsyntax.Body), func(n hclsyntax.Node) hcl.Diagnostics {
		switch e := n.(type) {
		case *hclsyntax.ObjectConsKeyExpr, hclsyntax.ChildScope:
		case hclsyntax.Expression:
			r := e.Range()
			if r.Start.Byte < r.End.Byte && r.End.Byte <= len(src) {
				list = append(list, r)
			}
		}
		return nil
	})
	return list
}
