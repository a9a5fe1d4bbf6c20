package check

import (
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Question is an expression over the names of a flow, as `flowc console` asks.
type Question struct {
	// X is the expression, typed as an equation of the flow would be.
	X   typed.Expr
	env env
}

// Findings about a question or a sample name these files; their places are those of its text.
const (
	QuestionFile = "question"
	SampleFile   = "sample"
)

// Ask types text as an expression over the names of a flow that has no errors. The question is nil if there are
// errors in it.
func Ask(p *syntax.Program, cat *catalog.Catalog, text string) (*Question, diag.List) {
	a := askAbout(p, cat, map[string]string{QuestionFile: text})
	if a.asked == nil {
		return nil, a.told()
	}
	return &Question{X: a.asked.x, env: a.c.env()}, a.told()
}

// Sample types text as a value for target: a wire, a field of one, or a setting. path is how Value knows it; k is nil
// if there are findings. The error is for a target that is none of these.
func Sample(p *syntax.Program, cat *catalog.Catalog, target, text string) (path string, k *typed.Const, found diag.List, err error) {
	a := askAbout(p, cat, map[string]string{QuestionFile: target, SampleFile: text})
	if a.asked == nil {
		return "", nil, a.told(), nil
	}
	t := a.asked.x.Base().Type
	switch path = samplePath(a.asked.x); {
	case path == "":
		return "", nil, nil, errors.New("only a wire, a field of one or a setting can be given a sample")
	case t.Kind == types.Secret || t.Kind == types.Nothing:
		return "", nil, nil, errors.New("`" + path + "` has no value that a sample could stand for")
	}
	k = a.value(t)
	if told := a.told(); told.HasErrors() || k == nil {
		return "", nil, told, nil
	}
	return path, k, nil, nil
}

// asking is one question to one flow.
type asking struct {
	c     *checker
	name  string
	texts map[string]string
	found diag.List
	// asked is the equation that was added; sample the attribute with a value for it.
	asked  *decl
	sample *syntax.Attr
}

// askAbout checks the flow with the question as one more equation.
func askAbout(p *syntax.Program, cat *catalog.Catalog, texts map[string]string) *asking {
	a := &asking{name: freeEquation(p), texts: texts}
	files := maps.Clone(p.Sources())
	for file, text := range texts {
		files[file] = []byte(a.before() + text + "\n")
	}
	q, found := syntax.Parse(p.Name, files)
	if a.found = found; found.HasErrors() {
		return a
	}
	q.Dir = p.Dir
	q.Equations = slices.DeleteFunc(q.Equations, func(e *syntax.Attr) bool {
		if e.Range.Filename == SampleFile {
			a.sample = e
			return true
		}
		return false
	})
	a.c = newChecker(q, cat)
	a.c.declare()
	a.c.checkAll()
	if d := a.c.decls[a.name]; d != nil && d.x != nil && !isBad(d.x) {
		a.asked = d
	}
	return a
}

// before is what stands before the text in its file.
func (a *asking) before() string { return a.name + " = " }

// freeEquation is a name that the flow does not use.
func freeEquation(p *syntax.Program) string {
	name := "answer"
	taken := func() bool {
		return slices.ContainsFunc(p.Equations, func(e *syntax.Attr) bool { return e.Name == name }) ||
			slices.ContainsFunc(p.Blocks, func(b *syntax.Block) bool { return b.Name() == name })
	}
	for taken() {
		name += "_"
	}
	return name
}

// value is the sample, converted to the type of what it is for.
func (a *asking) value(t *types.Type) *typed.Const {
	x := a.c.with(scope{by: a.asked}, func() typed.Expr { return a.c.expr(a.sample.Expr, t) })
	if isBad(x) {
		return nil
	}
	if _, ok := convertible(x.Base().Type, t); !ok {
		a.c.report(a.c.errWrongType(x, t, "the sample", rangeT{}))
		return nil
	}
	k, ok := a.c.convert(x, t).(*typed.Const)
	if !ok {
		a.c.report(a.c.errNotConstant(x, "a sample"))
	}
	return k
}

// told are the findings about what was asked, with the places of its own text.
func (a *asking) told() diag.List {
	found := a.found
	if a.c != nil {
		a.c.found.Sort()
		found = append(found, a.c.found...)
	}
	var list diag.List
	for _, d := range found {
		if _, ours := a.texts[d.Subject.Range.Filename]; !ours {
			continue
		}
		moved := *d
		moved.Subject.Range = a.moved(d.Subject.Range)
		moved.Related = slices.Clone(d.Related)
		for n := range moved.Related {
			moved.Related[n].Range = a.moved(d.Related[n].Range)
		}
		moved.Fix = nil // there is no file to mend
		list = append(list, &moved)
	}
	return list
}

// moved takes the name of the equation out of a place.
func (a *asking) moved(r hcl.Range) hcl.Range {
	if _, ours := a.texts[r.Filename]; !ours {
		return r
	}
	for _, p := range []*hcl.Pos{&r.Start, &r.End} {
		if n := len(a.before()); p.Line == 1 {
			p.Byte, p.Column = max(0, p.Byte-n), max(1, p.Column-n)
		}
	}
	return r
}
