package scan

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"
)

// readDocs keeps the comments of a package's types, fields, constants and
// functions, without their directives.
func (s *scanner) readDocs(p *goPackage) {
	for _, f := range p.files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BlockStmt:
				return false
			case *ast.FuncDecl:
				s.keepDoc(p, n.Doc, n.Name)
			case *ast.GenDecl:
				if len(n.Specs) == 1 && !n.Lparen.IsValid() {
					s.keepDoc(p, n.Doc, specNames(n.Specs[0])...)
				}
			case *ast.TypeSpec:
				s.keepDoc(p, n.Doc, n.Name)
				s.keepDoc(p, n.Comment, n.Name)
			case *ast.ValueSpec:
				s.keepDoc(p, n.Doc, n.Names...)
				s.keepDoc(p, n.Comment, n.Names...)
			case *ast.Field:
				s.keepDoc(p, n.Doc, n.Names...)
				s.keepDoc(p, n.Comment, n.Names...)
				s.noteWrapper(p, n)
			}
			return true
		})
	}
}

func specNames(spec ast.Spec) []*ast.Ident {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return []*ast.Ident{spec.Name}
	case *ast.ValueSpec:
		return spec.Names
	}
	return nil
}

// keepDoc takes the first comment there is: the one above wins over the one at
// the end of the line.
func (s *scanner) keepDoc(p *goPackage, doc *ast.CommentGroup, names ...*ast.Ident) {
	text := strings.TrimSpace(doc.Text())
	if text == "" {
		return
	}
	for _, n := range names {
		if obj := p.info.Defs[n]; obj != nil && s.docs[obj] == "" {
			s.docs[obj] = text
		}
	}
}

// doc is an object's comment for readers of a flow: a Go comment begins with the
// Go name, and they know the flow's.
func (s *scanner) doc(obj types.Object, name string) string {
	text := s.docs[obj]
	rest, ok := strings.CutPrefix(text, obj.Name())
	if ok && (rest == "" || strings.ContainsRune(" \n,.:;'", rune(rest[0]))) {
		text = "`" + name + "`" + rest
	}
	return text
}

// camel is a Go name of several words: what else could it be in a sentence?
var camel = regexp.MustCompile("`?\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b`?")

// inFlowWords gives the other fields that a comment names their flow's names too.
func inFlowWords(text string, list []member) string {
	return camel.ReplaceAllStringFunc(text, func(word string) string {
		bare := strings.Trim(word, "`")
		for _, m := range list {
			if m.v.Name() == bare {
				return "`" + flowName(bare) + "`"
			}
		}
		return word
	})
}
