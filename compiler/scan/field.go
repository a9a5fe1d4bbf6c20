package scan

import (
	"go/token"
	"go/types"

	"flowc/lang/catalog"
	"flowc/rt/unit"
)

// roles are the types of rt/flow's vocabulary for fields.
var roles = map[string]catalog.Role{
	"Const": catalog.RoleConst, "Level": catalog.RoleLevel, "Drive": catalog.RoleDrive,
	"Shot": catalog.RoleShot, "Show": catalog.RoleShow, "Each": catalog.RoleEach,
	"TypeOf": catalog.RoleTypeOf, "Border": catalog.RoleBorder,
	"FormOf": catalog.RoleForm, "Decoder": catalog.RoleDecoder, "Encoder": catalog.RoleEncoder, "Format": catalog.RoleFormat,
	"Path": catalog.RolePath, "PartOf": catalog.RolePart, "Parser": catalog.RoleParser, "Answer": catalog.RoleAnswer,
	"Pattern": catalog.RolePattern, "Captured": catalog.RoleCaptured, "Nature": catalog.RoleNature,
	"Stale": catalog.RoleStale, "Keys": catalog.RoleKeys, "EventTime": catalog.RoleEventTime, "MaxKeys": catalog.RoleMaxKeys,
	"ForgetAfter": catalog.RoleForget, "Blocks": catalog.RoleBlock,
	"Buffer": catalog.RoleBuffer,
	"Tables": catalog.RoleTables, "Keep": catalog.RoleKeep, "TableName": catalog.RoleTableName, "SQL": catalog.RoleSQL,
	"Event": catalog.RoleEvent, "Value": catalog.RoleValue, "Bulk": catalog.RoleValue, "Reading": catalog.RoleReading,
}

// needed are the roles of fields that a flow must set when there is no default.
// Of the others the runtime knows what their absence means.
var needed = map[catalog.Role]bool{
	catalog.RoleSetting: true, catalog.RoleConst: true, catalog.RoleThing: true,
	catalog.RoleLevel: true, catalog.RoleDrive: true, catalog.RoleShot: true, catalog.RoleShow: true,
	catalog.RoleEach: true, catalog.RolePattern: true,
}

// outputs are the roles of fields that no literal sets.
var outputs = map[catalog.Role]bool{
	catalog.RoleEvent: true, catalog.RoleValue: true, catalog.RoleReading: true,
	catalog.RoleSelf: true, catalog.RoleMeta: true, catalog.RoleCaptured: true,
}

// internal are the roles that a flow never sees.
var internal = map[catalog.Role]bool{
	catalog.RoleDecoder: true, catalog.RoleEncoder: true, catalog.RoleFormat: true, catalog.RoleParser: true, catalog.RoleCaptured: true,
	catalog.RoleTableName: true, catalog.RoleSQL: true,
}

// fields are the settings, inputs and outputs of a kind or of a nested block.
func (s *scanner) fields(st *types.Struct) []*catalog.Field {
	var list []*catalog.Field
	all := members(st)
	for _, m := range all {
		if f := s.field(m); f != nil {
			f.Doc = inFlowWords(f.Doc, all)
			list = append(list, f)
		}
	}
	return list
}

func (s *scanner) field(m member) *catalog.Field {
	f := &catalog.Field{Name: flowName(m.v.Name()), Go: m.path}
	if !s.typeField(f, m.v) {
		s.untyped(m.v.Pos(), "The field "+m.path, m.v.Type())
		return nil
	}
	optional := s.readTags(f, m)
	measured(f)
	f.Doc = s.doc(m.v.Origin(), f.Name)
	if f.Doc == "" && !internal[f.Role] {
		s.undocumented(m.v.Pos(), m.v.Name(), " needs a comment that says what `", f.Name, "` is.")
	}
	if !validName(f.Name) {
		s.problem(m.v.Pos(), "`", f.Name, "` is not a name that a flow can write.")
	}
	if m.hidden && !outputs[f.Role] {
		s.problem(m.v.Pos(), m.path, " cannot be set by a generated program: the embedded struct must begin with a capital.")
	}
	s.checkDefault(f, m.v.Pos())
	may := optional || f.Default != "" || f.Type != nil && f.Type.Name == "optional"
	f.Required = needed[f.Role] && !may
	return f
}

func (s *scanner) checkDefault(f *catalog.Field, pos token.Pos) {
	if f.Default == "" || f.Type == nil || f.Role == catalog.RoleTypeOf { // that is a type's name
		return
	}
	if want := s.defaultFault(f.Type, f.Default); want != "" {
		s.problem(pos, "The default of `", f.Name, "` must be ", want, ", not ", f.Default, ".")
	}
}

// measured makes a size of data of a whole number that has a unit.
func measured(f *catalog.Field) {
	if u, ok := unit.Lookup(f.Tags["unit"]); ok && f.Type != nil && f.Type.Name == "int" {
		f.Type = &catalog.Type{Name: "quantity", Ref: u.GoType}
	}
}

// typeField finds a field's role and type; it reports false when there is none.
func (s *scanner) typeField(f *catalog.Field, v *types.Var) bool {
	t := v.Type()
	word := vocabulary(t)
	role, known := roles[word]
	switch {
	case known:
		f.Role = role
		return s.vocabularyField(f, v, word)
	case s.thingField(f, v):
		return true
	}
	f.Role, f.Type = catalog.RoleSetting, s.dataType(t)
	if v.Name() == "Meta" && f.Type != nil && f.Type.Name == "record" {
		f.Role = catalog.RoleMeta
	}
	return f.Type != nil
}

// vocabularyField gives the type of a field whose role its Go type tells.
func (s *scanner) vocabularyField(f *catalog.Field, v *types.Var, word string) bool {
	t := v.Type()
	switch f.Role {
	case catalog.RoleShow:
		f.Type = &catalog.Type{Name: "any"}
	case catalog.RoleStale, catalog.RoleForget:
		f.Type = &catalog.Type{Name: "duration"}
	case catalog.RoleMaxKeys:
		f.Type = &catalog.Type{Name: "int"}
	case catalog.RolePattern, catalog.RolePath:
		f.Type = &catalog.Type{Name: "string"}
	case catalog.RoleCaptured, catalog.RoleKeys, catalog.RoleEventTime, catalog.RoleFormat, catalog.RoleTables, catalog.RoleKeep, catalog.RoleTableName, catalog.RoleSQL:
	case catalog.RoleNature:
		f.Type = s.dataType(t)
	case catalog.RoleBuffer:
		settings := named(t).Pkg().Scope().Lookup("Buffering")
		inner, ok := settings.Type().Underlying().(*types.Struct)
		if !ok {
			return false
		}
		f.Type = &catalog.Type{Name: "record", Go: goPath(settings)}
		f.Fields = s.fields(inner)
	case catalog.RoleBlock:
		inner, ok := argument(t, 0).Underlying().(*types.Struct)
		if !ok {
			return false
		}
		obj := named(argument(t, 0))
		if obj == nil || !obj.Exported() {
			return false
		}
		f.Type = &catalog.Type{Name: "record", Go: goPath(obj)}
		f.Fields = s.fields(inner)
	default:
		f.Type = s.dataType(argument(t, 0))
		if v.Name() == "Self" && (word == "Reading" || word == "Event") {
			f.Role, f.Happens = catalog.RoleSelf, word == "Event"
		}
		return f.Type != nil
	}
	return true
}

// thingField recognises a reference to another thing: a pointer to a kind, or
// an interface that kinds have.
func (s *scanner) thingField(f *catalog.Field, v *types.Var) bool {
	if p, ok := types.Unalias(v.Type()).(*types.Pointer); ok {
		obj := named(p.Elem())
		if obj == nil || s.kinds[obj] == "" {
			return false
		}
		f.Role, f.Kinds = catalog.RoleThing, []string{s.kinds[obj]}
		return true
	}
	face, ok := v.Type().Underlying().(*types.Interface)
	if !ok || face.Empty() || named(v.Type()) == nil {
		return false
	}
	f.Role = catalog.RoleThing
	s.ifaces = append(s.ifaces, ifaceField{f, face, v})
	return true
}

// untyped tells that the language has nothing for a Go type.
func (s *scanner) untyped(pos token.Pos, what string, t types.Type) {
	text := types.TypeString(t, (*types.Package).Name)
	if text == "invalid type" {
		s.problem(pos, what, " has a type that is not known here: it comes from outside rt or is not declared.")
		return
	}
	s.problem(pos, what, " has a type that no flow can have: ", text, ".")
}
