package scan

import (
	"go/token"
	"go/types"

	"flowc/lang/catalog"
)

// ownFunction adds an exported function of the flow's own package; its Go
// signature is its type. *T is an optional, and an error that comes last makes it
// fallible.
func (o *ownScan) ownFunction(d *declaration, place *catalog.Place) bool {
	obj := d.obj.(*types.Func)
	sig := obj.Type().(*types.Signature)
	f := &catalog.Function{
		Name: d.name, Doc: o.doc(obj, d.name), Package: d.pkg.path, Go: obj.Name(), Args: []*catalog.Arg{},
		Pos: o.file(obj), Place: place,
	}
	if sig.TypeParams().Len() > 0 {
		o.problem(obj.Pos(), obj.Name(), " has type parameters, and a flow cannot say which types are meant: write it for one type.")
		return false
	}
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		a := &catalog.Arg{Name: flowName(p.Name()), Shape: "any", Input: true}
		t := p.Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			a.Variadic, t = true, t.(*types.Slice).Elem()
		}
		if a.Name == "" || a.Name == "_" {
			a.Name = "argument"
		}
		if a.Type = o.boundary(p.Pos(), "The parameter "+p.Name()+" of "+obj.Name(), t, !a.Variadic, false); a.Type == nil {
			return false
		}
		f.Args = append(f.Args, a)
	}
	if !o.ownResult(f, obj, sig) {
		return false
	}
	o.cat.Functions = append(o.cat.Functions, f)
	return true
}

// ownResult takes the result. One that holds numbers or members of enumerations is
// looked at after each call, since Go's may be NaN or no member, and so the call can
// fail.
func (o *ownScan) ownResult(f *catalog.Function, obj *types.Func, sig *types.Signature) bool {
	n := sig.Results().Len()
	if n > 0 && isError(sig.Results().At(n-1).Type()) {
		f.Errs = true
		n--
	}
	if n != 1 {
		o.problem(obj.Pos(), obj.Name(), " must return one result, or one and an error.")
		return false
	}
	f.Result = o.boundary(obj.Pos(), "The result of "+obj.Name(), sig.Results().At(0).Type(), true, true)
	if f.Result == nil {
		return false
	}
	f.Checked = o.checked(f.Result)
	f.Fallible = f.Errs || f.Checked
	return true
}

// checked reports whether a type holds what may have a value that a flow must not
// see.
func (o *ownScan) checked(t *catalog.Type) bool {
	switch t.Name {
	case "number", "quantity", "enum":
		return true
	case "record":
		for _, r := range o.records {
			if r.Name != t.Ref {
				continue
			}
			for _, f := range r.Fields {
				if o.checked(f.Type) {
					return true
				}
			}
		}
	}
	return t.Elem != nil && o.checked(t.Elem)
}

// boundary is a Go type as it crosses between a flow and its own Go, nil with a
// problem where it cannot. A pointer is an optional, where pointer allows one; a
// result may also be a smaller number.
func (o *ownScan) boundary(pos token.Pos, what string, t types.Type, pointer, result bool) *catalog.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok && pointer {
		elem := o.boundary(pos, what, p.Elem(), false, false)
		if elem == nil {
			return nil
		}
		return &catalog.Type{Name: "optional", Go: "*", Elem: elem}
	}
	typ := o.dataType(t)
	if typ == nil {
		o.untyped(pos, what, t)
		return nil
	}
	if why := o.inexact(typ, result); why != "" {
		o.problem(pos, what, why)
		return nil
	}
	return typ
}

// inexact says why a Go type is not the one that generated code has for it, or
// nothing. widen allows the smaller numbers, which become larger ones.
func (o *ownScan) inexact(t *catalog.Type, widen bool) string {
	switch t.Name {
	case "val", "hap", "func", "any", "param", "unit":
		return " has a type that a flow has no data for."
	case "int", "number", "string", "bool":
		return inexactBasic(t, widen)
	case "record":
		return o.inexactRecord(t.Ref)
	}
	if t.Elem != nil {
		return o.inexact(t.Elem, false)
	}
	return ""
}

func inexactBasic(t *catalog.Type, widen bool) string {
	switch {
	case t.Go == "":
		return ""
	case t.Name == "int" && (t.Go == "uint" || t.Go == "uint64"):
		return " is an " + t.Go + ", and a flow's whole numbers are int64: write int64."
	case t.Name == "int" && widen && isLower(t.Go):
		return ""
	case t.Name == "int":
		return " is an " + lastPart(t.Go) + ", and a flow's whole numbers are int64 on every machine: write int64."
	case t.Name == "number" && widen && t.Go == "float32":
		return ""
	case t.Name == "number":
		return " is a " + lastPart(t.Go) + ", and a flow's numbers are float64: write float64, or a quantity of flowc/rt/unit."
	}
	return " is a " + lastPart(t.Go) + ", which a flow does not have: write " + t.Name + "."
}

func isLower(s string) bool { return s[0] >= 'a' && s[0] <= 'z' && lastPart(s) == s }

func lastPart(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '.' {
			return path[i+1:]
		}
	}
	return path
}

// inexactRecord holds a struct against the one that generated code would have for
// its fields.
func (o *ownScan) inexactRecord(ref string) string {
	if o.inside[ref] {
		return " is a struct that holds itself, which no record of a flow does."
	}
	if o.inside == nil {
		o.inside = map[string]bool{}
	}
	o.inside[ref] = true
	defer delete(o.inside, ref)
	for obj, r := range o.records {
		if r.Name != ref {
			continue
		}
		st, ok := obj.Type().Underlying().(*types.Struct)
		switch {
		case obj.Pkg() != o.own.types:
			return " is a struct of the runtime, which no flow can hold."
		case !ok || st.NumFields() == 0:
			return " is a struct without fields."
		case st.NumFields() != len(r.Fields):
			return " is the struct " + obj.Name() + ", and not all of its fields are exported ones of its own: a flow could not copy it."
		}
		for _, f := range r.Fields {
			if why := o.inexact(f.Type, false); why != "" {
				return " is the struct " + obj.Name() + ", whose field " + f.Go + why
			}
		}
	}
	return ""
}

// exactOperator holds the inputs, options and result of an operator of the flow's
// own to the types of generated code.
func (o *ownScan) exactOperator(d *declaration, op *catalog.Operator) bool {
	for _, a := range append(append([]*catalog.Arg{}, op.Args...), op.Options...) {
		if why := o.inexactInput(a.Type); why != "" {
			o.problem(d.obj.Pos(), "`", a.Name, "` of ", d.obj.Name(), why)
			return false
		}
	}
	if why := o.inexactInput(op.Result); why != "" {
		o.problem(d.obj.Pos(), "The result of ", d.obj.Name(), why)
		return false
	}
	if op.Fallible && (op.ResultHap || op.ResultVal) {
		o.problem(d.obj.Pos(), d.obj.Name(), " returns an error beside what may be absent anyway: return one or the other.")
		return false
	}
	op.Errs, op.Checked = op.Fallible, !op.Across && (op.Result.Name == "number" || op.Result.Name == "quantity")
	op.Fallible = op.Errs || op.Checked
	return true
}

// exactKind holds what goes in and out of a kind of the flow's own to the types of
// generated code. Settings are converted, as those of the runtime's kinds are.
func (o *ownScan) exactKind(d *declaration, k *catalog.Kind) bool {
	if why := inputsOf(k); why != "" {
		o.problem(d.obj.Pos(), d.obj.Name(), why)
		return false
	}
	for _, f := range k.Fields {
		if f.Type == nil || f.Role == catalog.RoleSetting || f.Role == catalog.RoleConst || internal[f.Role] {
			continue
		}
		if f.Role == catalog.RoleShow || f.Role == catalog.RoleBlock || f.Role == catalog.RoleMeta {
			continue
		}
		if why := o.inexactInput(f.Type); why != "" {
			o.problem(d.obj.Pos(), "`", f.Name, "` of ", d.obj.Name(), why)
			return false
		}
	}
	return true
}

// inputsOf says what does not go together in what a kind takes, or nothing: it is
// commanded (one flow.Drive, any flow.Level, Decide and Apply), or it is given
// something to do (flow.Shot, flow.Show, Shoot), or it takes nothing.
func inputsOf(k *catalog.Kind) string {
	count := map[catalog.Role]int{}
	for _, f := range k.Fields {
		count[f.Role]++
	}
	drives, levels := count[catalog.RoleDrive], count[catalog.RoleLevel]
	shots := count[catalog.RoleShot] + count[catalog.RoleShow]
	switch {
	case shots > 0 && (drives > 0 || levels > 0):
		return " takes what is (flow.Drive, flow.Level) and what happens (flow.Shot): make two kinds of it."
	case shots > 0 && !k.Shoots:
		return " has a flow.Shot, and no method Shoot that acts on it."
	case drives+levels > 0 && !k.Decides:
		return " has a flow.Drive or flow.Level, and no methods Decide and Apply that act on it."
	case k.Decides && drives != 1:
		return " decides, so it has one flow.Drive: what it decides about."
	case k.Shoots && shots == 0:
		return " has a method Shoot, and no flow.Shot that would start it."
	}
	return ""
}

// inexactInput is inexact for operators, which may also take what only happens and
// have type parameters.
func (o *ownScan) inexactInput(t *catalog.Type) string {
	if t.Name == "unit" || t.Name == "param" {
		return ""
	}
	return o.inexact(t, false)
}
