package scan

import (
	"go/types"
	"slices"

	"flowc/lang/catalog"
)

// nameKind notes the kinds before anything refers to one.
func (s *scanner) nameKind(d *declaration) {
	obj, ok := d.obj.(*types.TypeName)
	if !ok || d.sort != "kind" {
		return
	}
	for other, name := range s.kinds {
		if name == d.name && s.kindBy[other] == d.by() {
			s.problem(obj.Pos(), "The kind `", name, "` is declared twice: by ", s.shortName(other), " and by ", s.shortName(obj), ".")
			return
		}
	}
	s.kinds[obj], s.kindBy[obj] = d.name, d.by()
}

// by is the setting that chooses this kind among those of its name, or "".
func (d *declaration) by() string {
	for _, dir := range d.list {
		if dir.name == "by" {
			return dir.rest
		}
	}
	return ""
}

// kind adds the kind of a struct.
func (s *scanner) kind(d *declaration) bool {
	obj := d.obj.(*types.TypeName)
	if s.kinds[obj] == "" {
		return false
	}
	t, st := s.structOf(d)
	if st == nil {
		return false
	}
	k := &catalog.Kind{Name: d.name, By: d.by(), Doc: s.doc(obj, d.name), Package: d.pkg.path, Type: obj.Name(), Pos: s.file(obj)}
	for i := range t.TypeParams().Len() {
		k.TypeParams = append(k.TypeParams, t.TypeParams().At(i).Obj().Name())
	}
	ok := s.contract(k, t)
	k.Fields = s.fields(st)
	k.Opens = d.word("opens", d.pkg.opens)
	s.promises(k, d)
	s.twice(obj, k.Fields)
	if k.By != "" && !slices.ContainsFunc(k.Fields, func(f *catalog.Field) bool { return f.Name == k.By }) {
		s.problem(obj.Pos(), "//flow:by ", k.By, " wants a field of that name.")
	}
	s.rates(k, obj.Pos())
	s.plainState(obj.Name(), st, true)
	s.cat.Kinds = append(s.cat.Kinds, k)
	return ok
}

// structOf gives the struct of a type declaration, with its own type parameters
// as arguments so that methods use the same ones.
func (s *scanner) structOf(d *declaration) (*types.Named, *types.Struct) {
	t, ok := types.Unalias(d.obj.Type()).(*types.Named)
	if !ok {
		s.problem(d.obj.Pos(), d.obj.Name(), " must be a struct type to be `", d.name, "`.")
		return nil, nil
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		s.problem(d.obj.Pos(), d.obj.Name(), " must be a struct to be `", d.name, "`.")
		return nil, nil
	}
	return t, st
}

// file is where an object is declared. The line is left out: it would change the
// catalogue with every edit above.
func (s *scanner) file(obj types.Object) string { return s.fset.Position(obj.Pos()).Filename }

// contract finds out which of flow's interfaces a pointer to the kind has.
func (s *scanner) contract(k *catalog.Kind, t *types.Named) bool {
	if missing := s.missing(t, "Thing"); missing != "" {
		s.problem(t.Obj().Pos(), "*", t.Obj().Name(), " is no flow.Thing: ", missing)
		return false
	}
	k.Decides = s.missing(t, "Decider") == ""
	k.Keeps = !k.Decides && s.missing(t, "Keeper") == ""
	k.Shoots = s.missing(t, "Shooter") == ""
	k.Completes = s.missing(t, "Completer") == ""
	return true
}

// missing says what *t lacks to have one of flow's interfaces, or "".
func (s *scanner) missing(t *types.Named, name string) string {
	face := s.vocabularyInterface(name)
	if face == nil {
		return "flow." + name + " is not there."
	}
	m, wrong := types.MissingMethod(types.NewPointer(t), face, true)
	switch {
	case m == nil:
		return ""
	case wrong:
		return "its method " + m.Name() + " has another signature."
	}
	return "it has no method " + m.Name() + "."
}

func (s *scanner) vocabularyInterface(name string) *types.Interface {
	for _, p := range s.order {
		if p.types.Scope().Lookup(name) != nil && inPackage(p.types.Scope().Lookup(name), "rt/flow") {
			face, _ := p.types.Scope().Lookup(name).Type().Underlying().(*types.Interface)
			return face
		}
	}
	return nil
}

// twice tells of two fields with one flow name.
func (s *scanner) twice(obj types.Object, fields []*catalog.Field) {
	seen := map[string]string{}
	for _, f := range fields {
		if other, ok := seen[f.Name]; ok {
			s.problem(obj.Pos(), "The fields ", other, " and ", f.Go, " of ", obj.Name(), " are both `", f.Name, "`.")
		}
		seen[f.Name] = f.Go
	}
}

// ifaceField is a field that accepts every kind with an interface.
type ifaceField struct {
	field *catalog.Field
	face  *types.Interface
	v     *types.Var
}

// acceptKinds fills in the kinds that fields of interface type accept.
func (s *scanner) acceptKinds() {
	for _, i := range s.ifaces {
		for obj, name := range s.kinds {
			if types.Implements(types.NewPointer(obj.Type()), i.face) {
				i.field.Kinds = append(i.field.Kinds, name)
			}
		}
		slices.Sort(i.field.Kinds)
		if len(i.field.Kinds) == 0 {
			s.problem(i.v.Pos(), "No kind has what ", i.v.Name(), " asks for.")
		}
	}
}
