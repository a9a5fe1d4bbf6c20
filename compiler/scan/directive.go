package scan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"flowc/lang/catalog"
)

// directive is a comment `//flow:name rest`.
type directive struct {
	name string
	rest string
	pos  token.Pos
}

// rule says where a directive may stand and what follows it.
type rule struct {
	// on are the sorts of declarations: kind, op, func; and package, whose word is that of
	// all its kinds.
	on []string
	// words are the legal words after it; nil for other forms.
	words []string
	// form is "name", "flag", "word", "text", "in", "params", "dim" or "call".
	form string
	many bool
}

// rules are the whole set of directives.
var rules = map[string]rule{
	"kind":     {on: []string{"kind"}, form: "name"},
	"by":       {on: []string{"kind"}, form: "name"},
	"op":       {on: []string{"op"}, form: "name"},
	"func":     {on: []string{"func"}, form: "name"},
	"call":     {on: []string{"op"}, form: "call"},
	"in":       {on: []string{"op", "func"}, form: "in", words: shapes, many: true},
	"out":      {on: []string{"op"}, form: "word", words: []string{"event", "value", "reading", "same"}},
	"ready":    {on: []string{"op"}, form: "word", words: []string{"follows", "first", "always"}},
	"fresh":    {on: []string{"op"}, form: "word", words: []string{"own", "input"}},
	"across":   {on: []string{"op"}, form: "flag"},
	"holds":    {on: []string{"op"}, form: "flag"},
	"breaks":   {on: []string{"op"}, form: "flag"},
	"bounded":  {on: []string{"op"}, form: "flag"},
	"delta":    {on: []string{"op", "func"}, form: "params", many: true},
	"with":     {on: []string{"op"}, form: "params", many: true},
	"clock":    {on: []string{"op"}, form: "flag"},
	"calendar": {on: []string{"op"}, form: "flag"},
	"timed":    {on: []string{"op"}, form: "flag"},
	"passes":   {on: []string{"op"}, form: "flag"},
	"over":     {on: []string{"op"}, form: "word"},
	"rate":     {on: []string{"op"}, form: "call"},
	"dim":      {on: []string{"op"}, form: "dim", many: true},
	"keeps":    {on: []string{"op"}, form: "text"},
	"token":    {on: []string{"op"}, form: "word", words: []string{"begins", "both"}},
	"thins":    {on: []string{"op"}, form: "word", words: []string{"kept", "anew"}},

	"repeats":  {on: []string{"kind"}, form: "text"},
	"confirms": {on: []string{"kind"}, form: "text"},
	"again":    {on: []string{"kind"}, form: "text"},
	"stores":   {on: []string{"kind"}, form: "flag"},
	"opens":    {on: []string{"kind", "package"}, form: "word", words: []string{"pins", "network", "database", "nothing"}},
	"memory":   {on: []string{"kind"}, form: "text", many: true},
}

var shapes = []string{"event", "value", "reading", "any", "const", "lambda"}

// declaration is a type or function with the directives above it.
type declaration struct {
	pkg  *goPackage
	obj  types.Object
	sort string // kind, op or func
	name string
	list []directive
}

// declarations finds all that the scanned packages declare for flows.
func (s *scanner) declarations() []*declaration {
	var list []*declaration
	for _, p := range s.order {
		if !p.scanned {
			continue
		}
		for _, f := range p.files {
			list = append(list, s.inFile(p, f)...)
		}
	}
	return list
}

func (s *scanner) inFile(p *goPackage, f *ast.File) []*declaration {
	var list []*declaration
	used := map[*ast.CommentGroup]bool{}
	add := func(doc *ast.CommentGroup, name *ast.Ident, sorts ...string) {
		found := s.directives(doc)
		used[doc] = true
		if d := s.sort(found, name, sorts); d != nil && p.info.Defs[name] != nil {
			d.pkg, d.obj = p, p.info.Defs[name]
			list = append(list, d)
		}
	}
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				add(decl.Doc, decl.Name, "func")
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					doc := t.Doc
					if doc == nil && !decl.Lparen.IsValid() {
						doc = decl.Doc
					}
					add(doc, t.Name, "kind", "op")
				}
			}
		}
	}
	if f.Doc != nil {
		used[f.Doc] = true
		s.ofPackage(p, s.directives(f.Doc))
	}
	for _, group := range f.Comments {
		if used[group] {
			continue
		}
		for _, d := range s.directives(group) {
			s.problem(d.pos, "//flow:", d.name, " stands above no type and no function.")
		}
	}
	return list
}

// ofPackage reads what stands above a package clause.
func (s *scanner) ofPackage(p *goPackage, list []directive) {
	for _, d := range list {
		switch {
		case !slices.Contains(rules[d.name].on, "package"):
			s.problem(d.pos, "//flow:", d.name, " stands above no type and no function.")
		case p.opens != "":
			s.problem(d.pos, "//flow:", d.name, " is there twice.")
		default:
			p.opens = d.rest
		}
	}
}

// directives reads those of a comment and tells of unknown ones.
func (s *scanner) directives(doc *ast.CommentGroup) []directive {
	if doc == nil {
		return nil
	}
	var list []directive
	for _, c := range doc.List {
		text, ok := strings.CutPrefix(c.Text, "//flow:")
		if !ok {
			if spaced := strings.TrimLeft(strings.TrimPrefix(c.Text, "//"), " \t"); strings.HasPrefix(spaced, "flow:") {
				s.problem(c.Pos(), "A directive has no space after `//`: write //", spaced, ".")
			}
			continue
		}
		name, rest, _ := strings.Cut(text, " ")
		d := directive{name: name, rest: strings.TrimSpace(rest), pos: c.Pos()}
		r, known := rules[name]
		if !known {
			s.problem(d.pos, "There is no directive //flow:", name, ".", suggestion("//flow:", catalog.Nearest(name, ruleNames())))
			continue
		}
		if fault := r.fault(d); fault != "" {
			s.problem(d.pos, fault)
			continue
		}
		list = append(list, d)
	}
	return list
}

// fault says what is wrong with what follows a directive's name.
func (r rule) fault(d directive) string {
	words := strings.Fields(d.rest)
	begin := "//flow:" + d.name + " "
	switch r.form {
	case "name":
		if !validName(strings.TrimPrefix(d.rest, "sun.")) {
			return begin + "wants a name in small letters: " + begin + "some_name."
		}
	case "flag":
		if d.rest != "" {
			return begin + "stands alone."
		}
	case "word":
		if r.words != nil && !slices.Contains(r.words, d.rest) {
			return begin + "wants one of " + strings.Join(r.words, ", ") + "."
		}
	case "text":
		if d.rest == "" {
			return begin + "wants some words after it."
		}
	case "in":
		if len(words) != 2 || !slices.Contains(r.words, words[1]) {
			return begin + "wants a parameter and one of " + strings.Join(r.words, ", ") + "."
		}
	case "dim":
		if len(words) != 2 {
			return begin + "wants a type parameter and what it is made of: " + begin + "R T/s."
		}
	case "params", "call":
		if len(words) == 0 && r.form == "params" {
			return begin + "wants the name of a parameter."
		}
	}
	return ""
}

// sort finds out what a declaration is, and checks that its directives go
// together.
func (s *scanner) sort(list []directive, name *ast.Ident, sorts []string) *declaration {
	if len(list) == 0 {
		return nil
	}
	d := &declaration{list: list}
	for _, dir := range list {
		if !slices.Contains([]string{"kind", "op", "func"}, dir.name) {
			continue
		}
		if !slices.Contains(sorts, dir.name) {
			s.problem(dir.pos, "//flow:", dir.name, " does not go with ", name.Name, ": a kind or an operator is a struct, a function is a func.")
			return nil
		}
		if d.sort != "" {
			s.problem(dir.pos, name.Name, " is declared twice, as `", d.name, "` and as `", dir.rest, "`.")
			return nil
		}
		d.sort, d.name = dir.name, dir.rest
	}
	if d.sort == "" {
		s.problem(list[0].pos, "Above ", name.Name, " stands //flow:", list[0].name, " but none of //flow:kind, //flow:op and //flow:func.")
		return nil
	}
	if !name.IsExported() {
		s.problem(name.Pos(), name.Name, " must begin with a capital: generated programs use it.")
		return nil
	}
	return d.misplaced(s)
}

// misplaced drops directives that do not belong to this sort of declaration or
// that are there twice.
func (d *declaration) misplaced(s *scanner) *declaration {
	seen := map[string]bool{}
	kept := d.list[:0:0]
	for _, dir := range d.list {
		r := rules[dir.name]
		switch {
		case !slices.Contains(r.on, d.sort):
			s.problem(dir.pos, "//flow:", dir.name, " does not go with //flow:", d.sort, ".")
			continue
		case seen[dir.name] && !r.many:
			s.problem(dir.pos, "//flow:", dir.name, " is there twice.")
			continue
		}
		seen[dir.name] = true
		kept = append(kept, dir)
	}
	d.list = kept
	return d
}

// get is what follows the directive of that name, and whether it is there.
func (d *declaration) get(name string) (directive, bool) {
	for _, dir := range d.list {
		if dir.name == name {
			return dir, true
		}
	}
	return directive{}, false
}

func (d *declaration) has(name string) bool {
	_, ok := d.get(name)
	return ok
}

// word is the directive's word, or otherwise.
func (d *declaration) word(name, otherwise string) string {
	if dir, ok := d.get(name); ok {
		return dir.rest
	}
	return otherwise
}

func ruleNames() []string {
	var names []string
	for n := range rules {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// suggestion is a question to put behind a message, or nothing.
func suggestion(prefix string, near []string) string {
	if len(near) == 0 {
		return ""
	}
	return " Did you mean " + prefix + near[0] + "?"
}
