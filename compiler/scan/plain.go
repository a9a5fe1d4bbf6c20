package scan

import (
	"go/ast"
	"go/types"
	"slices"
)

// plainState tells of unexported fields that are no plain data. State must be
// stored, restored and replayed, so it holds no pointers, functions, channels,
// interfaces and no maps of such; what a kind holds of the world is wrapped in
// flow.Outside, and its queues are flow.Inbox and flow.Outbox.
func (s *scanner) plainState(owner string, st *types.Struct, kind bool) {
	for i := range st.NumFields() {
		v := st.Field(i)
		if v.Exported() {
			continue
		}
		search := plainSearch{seen: map[types.Type]bool{}}
		if kind {
			search.wrapped = s.wrappers
		}
		if bad := search.field(v); bad != "" {
			s.problem(v.Pos(), "The state ", v.Name(), " of ", owner, " is not plain data: it holds ", bad, ".")
		}
	}
}

// noteWrapper keeps the fields that are written as flow.Outside[…], flow.Inbox[…]
// or flow.Outbox[…]. The source tells, not the type: of a type from outside rt,
// which is often what is wrapped, nothing is known.
func (s *scanner) noteWrapper(p *goPackage, field *ast.Field) {
	index, ok := field.Type.(*ast.IndexExpr)
	if !ok {
		return
	}
	sel, ok := index.X.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Outside", "Inbox", "Outbox"}, sel.Sel.Name) {
		return
	}
	if base, ok := sel.X.(*ast.Ident); !ok || base.Name != "flow" {
		return
	}
	for _, name := range field.Names {
		if obj := p.info.Defs[name]; obj != nil {
			s.wrappers[obj] = true
		}
	}
}

// plainSearch looks for what cannot be stored.
type plainSearch struct {
	wrapped map[types.Object]bool
	seen    map[types.Type]bool
}

func (p plainSearch) field(v *types.Var) string {
	if p.wrapped[v.Origin()] {
		return ""
	}
	return p.find(v.Type())
}

// find names what in a type cannot be stored, or gives "".
func (p plainSearch) find(t types.Type) string {
	if p.seen[t] {
		return ""
	}
	p.seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Kind() == types.Invalid {
			return "a type from outside rt"
		}
	case *types.Pointer:
		return "a pointer"
	case *types.Chan:
		return "a channel"
	case *types.Signature:
		return "a function"
	case *types.Interface:
		if _, param := types.Unalias(t).(*types.TypeParam); !param {
			return "an interface"
		}
	case *types.Slice:
		return p.find(u.Elem())
	case *types.Array:
		return p.find(u.Elem())
	case *types.Map:
		return p.find(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			if bad := p.field(u.Field(i)); bad != "" {
				return bad
			}
		}
	}
	return ""
}
