package scan

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"flowc/lang/catalog"
)

// function adds a pure function; its Go signature is its type.
func (s *scanner) function(d *declaration) bool {
	obj, ok := d.obj.(*types.Func)
	if !ok {
		s.problem(d.obj.Pos(), d.obj.Name(), " must be a func to be `", d.name, "`.")
		return false
	}
	sig := obj.Type().(*types.Signature)
	f := &catalog.Function{Name: d.name, Doc: s.doc(obj, d.name), Package: d.pkg.path, Go: obj.Name(), Args: []*catalog.Arg{}, Pos: s.file(obj)}
	f.TypeParams = s.typeParams(sig.TypeParams(), obj.Pos())
	good := s.functionArgs(f, obj, sig)
	good = s.functionResult(f, obj, sig) && good
	if !good {
		return false
	}
	s.directArgs(d, f.Args)
	s.cat.Functions = append(s.cat.Functions, f)
	return true
}

func (s *scanner) functionArgs(f *catalog.Function, obj types.Object, sig *types.Signature) bool {
	good := true
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		if i == 0 && isZone(p.Type()) {
			f.Zone = true
			continue
		}
		if f.Zone && i == 1 && isSite(p.Type()) {
			f.Site = true
			continue
		}
		a := &catalog.Arg{Name: flowName(p.Name()), Shape: "any", Input: true}
		t := p.Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			a.Variadic, t = true, t.(*types.Slice).Elem()
		}
		a.Type = s.dataType(t)
		switch {
		case a.Type == nil:
			s.untyped(p.Pos(), "The parameter "+p.Name()+" of "+obj.Name(), t)
			good = false
			continue
		case a.Type.Name == "val" || a.Type.Name == "hap":
			s.problem(p.Pos(), "A function takes data: ", p.Name(), " of ", obj.Name(), " must not be a flow.Val or flow.Hap.")
			good = false
		case a.Type.Name == "func":
			a.Shape = "lambda"
		case a.Type.Name == "string" && a.Type.Go != "":
			a.Shape = "const"
		}
		f.Args = append(f.Args, a)
	}
	return good
}

func (s *scanner) functionResult(f *catalog.Function, obj types.Object, sig *types.Signature) bool {
	n := sig.Results().Len()
	if n > 0 && isError(sig.Results().At(n-1).Type()) {
		f.Fallible = true
		n--
	}
	if n != 1 {
		s.problem(obj.Pos(), obj.Name(), " must return one result, or one and an error.")
		return false
	}
	t := sig.Results().At(0).Type()
	f.Result = s.dataType(t)
	if f.Result == nil {
		s.untyped(obj.Pos(), "The result of "+obj.Name(), t)
		return false
	}
	return true
}

// directArgs applies //flow:in and //flow:delta.
func (s *scanner) directArgs(d *declaration, args []*catalog.Arg) {
	for _, dir := range d.list {
		if dir.name != "in" && dir.name != "delta" && dir.name != "with" {
			continue
		}
		words := strings.FieldsFunc(dir.rest, func(r rune) bool { return r == ' ' || r == ',' })
		names := words
		if dir.name == "in" {
			names = words[:1]
		}
		for _, name := range names {
			a := pick(args, name)
			switch {
			case a == nil:
				s.problem(dir.pos, "//flow:", dir.name, " names `", name, "`, which is no parameter of ", d.obj.Name(), ".",
					suggestion("", catalog.Nearest(name, argNames(args))))
			case dir.name == "delta":
				a.Delta = true
			case dir.name == "with":
				a.With = true
			case (words[1] == "lambda") != (a.Type.Name == "func"):
				s.problem(dir.pos, "`", name, "` of ", d.obj.Name(), " is a lambda only if its Go type is a func, and then always.")
			default:
				a.Shape = words[1]
			}
		}
	}
}

func argNames(args []*catalog.Arg) []string {
	var names []string
	for _, a := range args {
		names = append(names, a.Name)
	}
	return names
}

// constraints are what a type parameter can ask for.
var constraints = map[string]string{
	"Number": "number", "Quantity": "quantity", "Linear": "linear", "Ordered": "ordered",
}

// isZone reports whether t is fn.Zone. As a function's first parameter it is not
// written in a flow: it is the zone of the flow's site.
func isZone(t types.Type) bool {
	obj := named(t)
	return obj != nil && inPackage(obj, "rt/fn") && obj.Name() == "Zone"
}

// isSite reports whether t is fn.Site: where the flow runs.
func isSite(t types.Type) bool {
	obj := named(t)
	return obj != nil && inPackage(obj, "rt/fn") && obj.Name() == "Site"
}

// parsed reports whether a type is one that a flow writes as a constant text: its
// package has func ParseT(text string) (T, error).
func parsed(obj *types.TypeName) bool {
	if _, ok := obj.Type().Underlying().(*types.Struct); !ok {
		return false
	}
	f, ok := obj.Pkg().Scope().Lookup("Parse" + obj.Name()).(*types.Func)
	if !ok {
		return false
	}
	sig := f.Type().(*types.Signature)
	if sig.Params().Len() != 1 || sig.Results().Len() != 2 || sig.TypeParams().Len() > 0 {
		return false
	}
	text, ok := sig.Params().At(0).Type().(*types.Basic)
	return ok && text.Kind() == types.String && types.Identical(sig.Results().At(0).Type(), obj.Type()) &&
		isError(sig.Results().At(1).Type())
}

// typeParams names the type parameters with their constraints.
func (s *scanner) typeParams(list *types.TypeParamList, pos token.Pos) []catalog.TypeParam {
	var params []catalog.TypeParam
	for i := range list.Len() {
		p := list.At(i)
		word := constraint(p.Constraint())
		if word == "" {
			s.problem(pos, "The constraint of ", p.Obj().Name(), " must be one of any, comparable, flow.Number, flow.Quantity, flow.Linear, flow.Ordered, fn.Sortable.")
			continue
		}
		params = append(params, catalog.TypeParam{Name: p.Obj().Name(), Constraint: word})
	}
	return slices.Clip(params)
}

func constraint(t types.Type) string {
	if word := constraints[vocabulary(t)]; word != "" {
		return word
	}
	if obj := named(t); obj != nil && inPackage(obj, "rt/fn") && obj.Name() == "Sortable" {
		return "sortable"
	}
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() == nil && t.Obj().Name() == "comparable" {
			return "comparable"
		}
	case *types.Interface:
		if t.Empty() {
			return "any"
		}
	}
	return ""
}
