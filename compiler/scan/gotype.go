package scan

import (
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"flowc/lang/catalog"
)

// vocabulary is the name of a type of rt/flow, or "".
func vocabulary(t types.Type) string {
	obj := named(t)
	if obj == nil || !inPackage(obj, "rt/flow") {
		return ""
	}
	return obj.Name()
}

// named is the declaration of a named type, or nil.
func named(t types.Type) *types.TypeName {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj()
	}
	return nil
}

func inPackage(obj types.Object, dir string) bool {
	return obj.Pkg() != nil && (obj.Pkg().Path() == dir || strings.HasSuffix(obj.Pkg().Path(), "/"+dir))
}

// argument is the i-th type argument of a generic type.
func argument(t types.Type, i int) types.Type {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.TypeArgs().Len() <= i {
		return types.Typ[types.Invalid]
	}
	return n.TypeArgs().At(i)
}

// dataType is a Go type as the language sees it, or nil where it sees none.
func (s *scanner) dataType(t types.Type) *catalog.Type {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicType(t, "")
	case *types.Named:
		return s.namedType(t)
	case *types.TypeParam:
		return &catalog.Type{Name: "param", Ref: t.Obj().Name()}
	case *types.Slice:
		if b, ok := types.Unalias(t.Elem()).(*types.Basic); ok && b.Kind() == types.Byte {
			return &catalog.Type{Name: "bytes"}
		}
		return s.wrapped("list", t.Elem())
	case *types.Map:
		if b, ok := types.Unalias(t.Key()).(*types.Basic); ok && b.Kind() == types.String {
			return s.wrapped("map", t.Elem())
		}
	case *types.Interface:
		if t.Empty() {
			return &catalog.Type{Name: "any"}
		}
	case *types.Signature:
		return s.funcType(t)
	}
	return nil
}

func (s *scanner) wrapped(name string, elem types.Type) *catalog.Type {
	if e := s.dataType(elem); e != nil {
		return &catalog.Type{Name: name, Elem: e}
	}
	return nil
}

// basicType is a type of Go's own. The language's numbers are int64 and
// float64; others are possible in settings, and goName says which.
func basicType(t *types.Basic, goName string) *catalog.Type {
	info := t.Info()
	switch {
	case t.Kind() == types.Uintptr || info&types.IsUntyped != 0:
		return nil
	case info&types.IsBoolean != 0:
		return &catalog.Type{Name: "bool", Go: goName}
	case info&types.IsString != 0:
		return &catalog.Type{Name: "string", Go: goName}
	case info&types.IsInteger != 0:
		if goName == "" && t.Kind() != types.Int64 {
			goName = t.Name()
		}
		return &catalog.Type{Name: "int", Go: goName}
	case info&types.IsFloat != 0:
		if goName == "" && t.Kind() != types.Float64 {
			goName = t.Name()
		}
		return &catalog.Type{Name: "number", Go: goName}
	}
	return nil
}

func (s *scanner) namedType(t *types.Named) *catalog.Type {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return nil // error
	}
	if obj.Pkg() == s.time {
		return timeType(obj)
	}
	switch vocabulary(t) {
	case "Unit":
		return &catalog.Type{Name: "unit"}
	case "Secret":
		return &catalog.Type{Name: "secret"}
	case "Pairs":
		return &catalog.Type{Name: "pairs"}
	case "Row":
		return &catalog.Type{Name: "row"}
	case "Statement":
		return &catalog.Type{Name: "statement"}
	case "Opt":
		return s.wrapped("optional", argument(t, 0))
	case "Val":
		return s.wrapped("val", argument(t, 0))
	case "Hap":
		return s.wrapped("hap", argument(t, 0))
	}
	if inPackage(obj, "rt/fn") && calendar[obj.Name()] != "" {
		return &catalog.Type{Name: calendar[obj.Name()]}
	}
	if inPackage(obj, "rt/unit") {
		return &catalog.Type{Name: "quantity", Ref: obj.Name()}
	}
	switch under := t.Underlying().(type) {
	case *types.Basic:
		if e := s.enum(obj); e != nil {
			return &catalog.Type{Name: "enum", Ref: e.Name}
		}
		return basicType(under, goPath(obj))
	case *types.Struct:
		if parsed(obj) {
			return &catalog.Type{Name: "string", Go: goPath(obj)}
		}
		return s.recordType(t, under)
	}
	return nil
}

// calendar are the types of rt/fn that the language has a name for.
var calendar = map[string]string{"Date": "date", "TimeOfDay": "time_of_day"}

func timeType(obj *types.TypeName) *catalog.Type {
	switch obj.Name() {
	case "Time":
		return &catalog.Type{Name: "time"}
	case "Duration":
		return &catalog.Type{Name: "duration"}
	}
	return nil
}

// funcType is the type of a lambda: an expression over its parameters.
func (s *scanner) funcType(sig *types.Signature) *catalog.Type {
	if sig.Variadic() || sig.Results().Len() != 1 {
		return nil
	}
	f := &catalog.Type{Name: "func", Elem: s.dataType(sig.Results().At(0).Type())}
	for i := range sig.Params().Len() {
		f.Params = append(f.Params, s.dataType(sig.Params().At(i).Type()))
	}
	if f.Elem == nil || slices.Contains(f.Params, nil) {
		return nil
	}
	return f
}

// goPath names a Go type with its package's import path.
func goPath(obj types.Object) string { return obj.Pkg().Path() + "." + obj.Name() }

// shortName names a Go type as Go source does: gpio.Pull. A flow's own package has
// one name whatever its clause says.
func (s *scanner) shortName(obj types.Object) string {
	if s.own != nil && obj.Pkg() == s.own.types {
		return catalog.OwnName + "." + obj.Name()
	}
	return obj.Pkg().Name() + "." + obj.Name()
}

// enum is the enumeration of a named string type, or nil where it has no
// constants.
func (s *scanner) enum(obj *types.TypeName) *catalog.Enum {
	if e, ok := s.enums[obj]; ok {
		return e
	}
	b, ok := obj.Type().Underlying().(*types.Basic)
	if !ok || b.Kind() != types.String {
		return nil
	}
	consts := constantsOf(obj)
	if len(consts) == 0 {
		return nil
	}
	e := &catalog.Enum{Name: s.shortName(obj), Package: obj.Pkg().Path(), Doc: s.docs[obj]}
	for _, c := range consts {
		value := constant.StringVal(c.Val())
		if !validName(value) {
			s.problem(c.Pos(), "The member \"", value, "\" of ", e.Name, " is not a name that a flow can write.")
			continue
		}
		e.Values = append(e.Values, &catalog.EnumValue{Name: value, Go: c.Name(), Doc: s.doc(c, value)})
	}
	if e.Doc == "" {
		s.undocumented(obj.Pos(), obj.Name(), " needs a comment that says what is chosen.")
	}
	s.enums[obj] = e
	return e
}

// constantsOf lists the exported constants of a type in the order of the source.
func constantsOf(obj *types.TypeName) []*types.Const {
	var list []*types.Const
	scope := obj.Pkg().Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if ok && c.Exported() && types.Identical(c.Type(), obj.Type()) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *types.Const) int { return int(a.Pos()) - int(b.Pos()) })
	return list
}

// recordType is a struct used as data, with the types of a generic one.
func (s *scanner) recordType(t *types.Named, under *types.Struct) *catalog.Type {
	if origin, ok := t.Origin().Underlying().(*types.Struct); ok {
		under = origin
	}
	r := s.record(t, under)
	if r == nil {
		return nil
	}
	out := &catalog.Type{Name: "record", Ref: r.Name}
	for i := range t.TypeArgs().Len() {
		a := s.dataType(t.TypeArgs().At(i))
		if a == nil {
			return nil
		}
		out.Params = append(out.Params, a)
	}
	return out
}

// record is a struct used as data, or nil for one that is not plain.
func (s *scanner) record(t *types.Named, under *types.Struct) *catalog.Record {
	obj := t.Obj()
	if r, ok := s.records[obj]; ok {
		return r
	}
	if !obj.Exported() || s.kinds[obj] != "" {
		return nil
	}
	r := &catalog.Record{Name: s.shortName(obj), Package: obj.Pkg().Path(), Doc: s.docs[obj]}
	for i := range t.Origin().TypeParams().Len() {
		r.TypeParams = append(r.TypeParams, t.Origin().TypeParams().At(i).Obj().Name())
	}
	s.records[obj] = r
	for _, m := range members(under) {
		ft := s.dataType(m.v.Type())
		if ft == nil {
			delete(s.records, obj)
			return nil
		}
		f := &catalog.Field{Name: flowName(m.v.Name()), Go: m.path, Type: ft}
		f.Doc = s.doc(m.v.Origin(), f.Name)
		s.readTags(f, m)
		r.Fields = append(r.Fields, f)
	}
	return r
}
