package check

import (
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
)

// written is how a setting is written in the documentation of its kind.
type written struct {
	// text is the value as it stands there.
	text string
	// names are the names of other things that it reads.
	names []string
}

var writtenByKind sync.Map // of *catalog.Kind to map[string]written

// writtenAs gives a setting as the kind's own documentation writes it; ok tells whether
// it does.
func writtenAs(k *catalog.Kind, setting string) (w written, ok bool) {
	known, found := writtenByKind.Load(k)
	if !found {
		known, _ = writtenByKind.LoadOrStore(k, writtenIn(k))
	}
	w, ok = known.(map[string]written)[setting]
	return w, ok
}

// writtenIn reads the examples of a kind. The first that has a setting shows it, one that
// reads no names before others.
func writtenIn(k *catalog.Kind) map[string]written {
	settings := map[string]written{}
	for _, text := range catalog.Examples(k.Doc) {
		src := []byte(text)
		file, found := hclsyntax.ParseConfig(src, k.Name, hcl.InitialPos)
		if found.HasErrors() {
			continue
		}
		for _, block := range file.Body.(*hclsyntax.Body).Blocks {
			if block.Type != k.Name {
				continue
			}
			for name, a := range block.Body.Attributes {
				w := writtenHere(a.Expr, src)
				if known, has := settings[name]; !has || len(known.names) > 0 && len(w.names) == 0 {
					settings[name] = w
				}
			}
		}
	}
	return settings
}

func writtenHere(e hclsyntax.Expression, src []byte) written {
	w := written{text: string(e.Range().SliceBytes(src))}
	for _, v := range e.Variables() {
		w.names = append(w.names, v.RootName())
	}
	return w
}
