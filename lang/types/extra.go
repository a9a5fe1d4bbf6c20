package types

// Extra is what happens at the border to fields that nobody declared.
type Extra uint8

// The answers.
const (
	// ExtraUnsaid leaves it to the source; by itself it ignores them.
	ExtraUnsaid Extra = iota
	ExtraIgnored
	ExtraRejected
)

// Rejecting is the type with all records in it that do not say otherwise refusing
// fields that they do not declare.
func (t *Type) Rejecting() *Type {
	switch t.Kind {
	case List, Map, Optional:
		c := *t
		c.Elem = t.Elem.Rejecting()
		return &c
	case Record, Variant:
		if t.Extra == ExtraIgnored {
			return t
		}
		c := *t
		c.Extra = ExtraRejected
		c.Fields = nil
		for _, f := range t.Fields {
			f.Type = f.Type.Rejecting()
			c.Fields = append(c.Fields, f)
		}
		return &c
	}
	return t
}
