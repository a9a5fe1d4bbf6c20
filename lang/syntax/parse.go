package syntax

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// Parse reads a flow from memory: the name of its folder or file, and the files by name.
// The program is never nil; with errors it holds what could be understood.
func Parse(name string, files map[string][]byte) (*Program, diag.List) {
	p := &Program{Name: programName(name)}
	files, p.Go, p.below = apart(files)
	names := slices.Sorted(maps.Keys(files))
	if d := limitProgram(names, files); d != nil {
		return p, diag.List{d}
	}
	var found diag.List
	things := 0
	for _, name := range names {
		r := reader{name: name, src: files[name]}
		r.read()
		p.Files = append(p.Files, r.file())
		found = append(found, r.found...)
		if things += r.things; things > maxThings {
			found = append(found, tooBig("This flow has too many things", r.top(), "",
				"A flow may have 10,000 things and equations. Divide it into several flows."))
			break
		}
		p.Blocks = append(p.Blocks, r.blocks...)
		p.Equations = append(p.Equations, r.equations...)
	}
	found = append(found, checkNames(p)...)
	found.Sort()
	return p, found
}

// reader turns one file into declarations.
type reader struct {
	name string
	src  []byte

	text      []byte // src as HCL reads it: same places, broken parts blanked, a line end at the end
	tokens    hclsyntax.Tokens
	body      *hclsyntax.Body
	comments  comments
	things    int
	blocks    []*Block
	equations []*Attr
	found     diag.List
}

func (r *reader) top() hcl.Range {
	return hcl.Range{Filename: r.name, Start: hcl.InitialPos, End: hcl.InitialPos}
}

func (r *reader) file() *File {
	body := r.body
	if body == nil {
		body = &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: r.top(), EndRange: r.top()}
	}
	return &File{Name: r.name, Src: r.src, Body: body}
}

// read goes from the outside in: bytes, tokens, brackets, grammar. Each step protects the next.
func (r *reader) read() {
	if d := limitFile(r.name, r.src); d != nil {
		r.found = diag.List{d}
		return
	}
	r.text = withLineEnd(r.src)
	r.tokens = lex(r.name, r.text)
	var d *diag.Diagnostic
	if d, r.things = limitTokens(r.tokens); d != nil {
		r.found = diag.List{d}
		return
	}
	var odd, numbers diag.List
	r.text, r.tokens, odd = balance(r.name, r.text, r.tokens)
	r.text, numbers = limitNumbers(r.text, r.tokens)
	if len(numbers) > 0 {
		r.tokens = lex(r.name, r.text)
	}
	r.found = append(odd, numbers...)
	if len(odd) > 0 { // blanking can bring tokens to light that were text before
		if d, r.things = limitTokens(r.tokens); d != nil {
			r.found = append(r.found, d)
			return
		}
	}
	r.comments = commentsOf(r.tokens)
	body, hclFound := parseHCL(r.text, r.name, hcl.InitialPos)
	if len(hclFound) > 0 {
		if d := foreignFile(r.name, r.src); d != nil {
			r.found = diag.List{d}
			return
		}
		body = r.readItems()
	} else {
		r.declare(body)
	}
	r.body = body
	r.sortDeclarations()
}

// withLineEnd adds the line end many editors leave out; HCL needs it after a heredoc.
func withLineEnd(src []byte) []byte {
	if n := len(src); n == 0 || src[n-1] == '\n' {
		return src
	}
	return append(slices.Clip(src), '\n')
}

// parseHCL runs HCL's parser. It is written not to panic; should it do so all the same, that is a finding.
func parseHCL(src []byte, name string, start hcl.Pos) (body *hclsyntax.Body, found hcl.Diagnostics) {
	defer func() {
		if recover() != nil {
			end := hcl.Range{Filename: name, Start: start, End: start}
			body = &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: end, EndRange: end}
			found = hcl.Diagnostics{{Severity: hcl.DiagError, Subject: &end}}
		}
	}()
	file, found := hclsyntax.ParseConfig(src, name, start)
	return file.Body.(*hclsyntax.Body), found
}

// maxFileFindings bounds what is told of one file.
const maxFileFindings = 100

// readItems reads a file with errors item by item: after its first error HCL's parser keeps silent about others,
// and one item cannot harm the next this way.
func (r *reader) readItems() *hclsyntax.Body {
	whole := &hclsyntax.Body{Attributes: hclsyntax.Attributes{}, SrcRange: r.top(), EndRange: r.top()}
	words := wordsOf(r.tokens)
	for _, item := range itemsOf(words) {
		first, last := words[item.from].Range, words[item.to-1].Range
		body, hclFound := parseHCL(r.text[first.Start.Byte:last.End.Byte], r.name, first.Start)
		if len(hclFound) > 0 && len(r.found) < maxFileFindings {
			r.found = append(r.found, reword(r.text, words[item.from:item.to], body, hclFound)...)
		}
		r.declare(body)
		for name, a := range body.Attributes {
			if whole.Attributes[name] == nil {
				whole.Attributes[name] = a
			}
		}
		whole.Blocks = append(whole.Blocks, body.Blocks...)
		whole.EndRange = body.EndRange
	}
	whole.SrcRange.End = whole.EndRange.End
	return whole
}

// declare takes over what HCL found in a body at the top level.
func (r *reader) declare(body *hclsyntax.Body) {
	attrs, blocks := r.members(body)
	r.equations = append(r.equations, attrs...)
	r.blocks = append(r.blocks, blocks...)
}

func (r *reader) members(body *hclsyntax.Body) (attrs []*Attr, blocks []*Block) {
	if body == nil {
		return nil, nil
	}
	for _, a := range body.Attributes {
		if a == nil || a.Expr == nil {
			continue
		}
		attrs = append(attrs, &Attr{
			Name:      a.Name,
			NameRange: a.NameRange,
			Expr:      a.Expr,
			Range:     a.SrcRange,
			Doc:       r.comments.above(a.NameRange.Start.Line),
		})
	}
	slices.SortFunc(attrs, byPlace)
	for _, b := range body.Blocks {
		blocks = append(blocks, r.block(b))
	}
	return attrs, blocks
}

func (r *reader) block(b *hclsyntax.Block) *Block {
	out := &Block{
		Kind:      b.Type,
		KindRange: b.TypeRange,
		Doc:       r.comments.above(b.TypeRange.Start.Line),
		Range:     hcl.RangeBetween(b.TypeRange, b.OpenBraceRange),
		Body:      hcl.RangeBetween(b.OpenBraceRange, b.CloseBraceRange),
		End:       b.CloseBraceRange,
	}
	for i, text := range b.Labels {
		at := b.LabelRanges[i]
		quoted := at.Start.Byte < len(r.text) && r.text[at.Start.Byte] == '"'
		out.Labels = append(out.Labels, Label{Text: text, Range: at, Quoted: quoted})
	}
	out.Attrs, out.Blocks = r.members(b.Body)
	return out
}

func byPlace(a, b *Attr) int {
	return cmp.Compare(a.NameRange.Start.Byte, b.NameRange.Start.Byte)
}

func (r *reader) sortDeclarations() {
	slices.SortFunc(r.equations, byPlace)
	slices.SortFunc(r.blocks, func(a, b *Block) int {
		return cmp.Compare(a.KindRange.Start.Byte, b.KindRange.Start.Byte)
	})
}
