package types

// Cases are the names of a variant's cases, in the order of its declaration.
func (t *Type) Cases() []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names
}

// CaseType is the type of the data of a case: its record, or Nothing where the
// case says all.
func (t *Type) CaseType(name string) *Type {
	f, ok := t.Field(name)
	switch {
	case !ok:
		return TBad
	case len(f.Type.Fields) == 0:
		return TNothing.From(f.Type.Origin)
	}
	return f.Type
}
