// Package syntax reads a folder of .hcl files, or one, into declarations with their places, and formats them.
// With lang/check it is the only package that knows HCL; what HCL's parser says is re-worded here.
package syntax

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Program is everything written in the files of one flow.
type Program struct {
	// Name is the folder's or the file's name without ".hcl", made a valid name.
	Name string
	// Dir is the folder of the files; empty for Parse.
	Dir string
	// Files are sorted by name.
	Files []*File
	// Blocks are the things and other top-level blocks, in the order of files and positions.
	Blocks []*Block
	// Equations are the top-level attributes, in the same order. A name written twice is here twice.
	Equations []*Attr
	// Go are the flow's own Go files in its folder go, by path ("go/kalman.go").
	Go map[string][]byte
	// below are files in memory that the flow may ask for; libraries are those that it
	// asked for, by folder, and texts those that it included.
	below     map[string][]byte
	libraries map[string]*Library
	texts     map[string][]byte
}

// File is one source file. Ranges name it by Name.
type File struct {
	Name string
	Src  []byte
	// Body is what HCL made of the file; after an error it lacks what could not be understood.
	Body *hclsyntax.Body
}

// Block is `kind label { … }`, at the top level or inside another block.
type Block struct {
	Kind      string
	KindRange hcl.Range
	Labels    []Label
	// Attrs and Blocks are in source order.
	Attrs  []*Attr
	Blocks []*Block
	// Doc is the comment directly above, without its markers.
	Doc string
	// Range goes from the kind to the opening brace, Body from that brace to the closing one.
	Range, Body hcl.Range
	// End is the closing brace.
	End hcl.Range
}

// Label is a block's name, naked or in quotes. Text is without the quotes.
type Label struct {
	Text   string
	Range  hcl.Range
	Quoted bool
}

// Attr is `name = expression`: an equation at the top level, a setting inside a block.
type Attr struct {
	Name      string
	NameRange hcl.Range
	Expr      hclsyntax.Expression
	// Range goes from the name to the end of the expression.
	Range hcl.Range
	// Doc is the comment directly above, without its markers.
	Doc string
}

// With is the same flow with other declarations. What one of the two reads later, the
// other has too.
func (p *Program) With(blocks []*Block, equations []*Attr) *Program {
	if p.libraries == nil {
		p.libraries = map[string]*Library{}
	}
	if p.texts == nil {
		p.texts = map[string][]byte{}
	}
	whole := *p
	whole.Blocks, whole.Equations = blocks, equations
	return &whole
}

// Sources gives the text of each file by name, as diag.Text wants it.
func (p *Program) Sources() map[string][]byte {
	sources := make(map[string][]byte, len(p.Files)+len(p.Go))
	maps.Copy(sources, p.Go)
	maps.Copy(sources, p.texts)
	for _, l := range p.libraries {
		for _, f := range l.Files {
			sources[f.Name] = f.Src
		}
	}
	for _, f := range p.Files {
		sources[f.Name] = f.Src
	}
	return sources
}

// Attr is the block's attribute of that name, or nil.
func (b *Block) Attr(name string) *Attr {
	for _, a := range b.Attrs {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// Has reports whether the block has an attribute of that name.
func (b *Block) Has(name string) bool { return b.Attr(name) != nil }

// Name is the first label, or empty.
func (b *Block) Name() string {
	if len(b.Labels) == 0 {
		return ""
	}
	return b.Labels[0].Text
}
