package catalog

import (
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Written is how a setting is written in the example of a kind.
type Written struct {
	// Text is the value as it stands there.
	Text string
	// Names are the names of other things that it reads.
	Names []string
}

var examples sync.Map // of *Kind to map[string]Written

// Written gives a setting as the kind's own documentation writes it; ok tells whether it
// does.
func (k *Kind) Written(setting string) (w Written, ok bool) {
	known, found := examples.Load(k)
	if !found {
		known, _ = examples.LoadOrStore(k, writtenIn(k))
	}
	w, ok = known.(map[string]Written)[setting]
	return w, ok
}

// writtenIn reads the examples of a kind. The first that has a setting shows it, one that
// reads no names before others.
func writtenIn(k *Kind) map[string]Written {
	settings := map[string]Written{}
	for _, b := range blocks(k.Doc) {
		if !b.code {
			continue
		}
		src := []byte(strings.Join(b.lines, "\n") + "\n")
		file, found := hclsyntax.ParseConfig(src, k.Name, hcl.InitialPos)
		if found.HasErrors() {
			continue
		}
		for _, block := range file.Body.(*hclsyntax.Body).Blocks {
			if block.Type != k.Name {
				continue
			}
			for name, a := range block.Body.Attributes {
				w := written(a.Expr, src)
				if known, has := settings[name]; !has || len(known.Names) > 0 && len(w.Names) == 0 {
					settings[name] = w
				}
			}
		}
	}
	return settings
}

func written(e hclsyntax.Expression, src []byte) Written {
	w := Written{Text: string(e.Range().SliceBytes(src))}
	for _, v := range e.Variables() {
		w.Names = append(w.Names, v.RootName())
	}
	return w
}
