package types

// Doubt is t as something that may also come from a value of type other, which can
// be converted to it: an optional field is known to be there only where it is in
// both.
func Doubt(t, other *Type) *Type {
	if other == t || !knowsMore(t) {
		return t
	}
	switch t.Kind {
	case List, Map, Optional:
		elem := other
		if other.Kind == t.Kind {
			elem = other.Elem
		}
		if e := Doubt(t.Elem, elem); e != t.Elem {
			c := *t
			c.Elem = e
			return &c
		}
		return t
	case Record:
		return doubtFields(t, other)
	}
	return t
}

func doubtFields(t, other *Type) *Type {
	if other.Kind == Optional {
		other = other.Elem
	}
	c := *t
	c.Fields = append([]Field(nil), t.Fields...)
	for i, f := range c.Fields {
		g, ok := other.Field(f.Name)
		if !ok { // left out
			c.Fields[i].Sure = false
			continue
		}
		c.Fields[i].Sure = f.Sure && (g.Sure || g.Type.Kind != Optional && g.Type.Kind != Null)
		c.Fields[i].Type = Doubt(f.Type, g.Type)
	}
	return &c
}

// knowsMore reports whether some optional field in a type is known to be there.
func knowsMore(t *Type) bool {
	switch t.Kind {
	case List, Map, Optional:
		return knowsMore(t.Elem)
	case Record:
		for _, f := range t.Fields {
			if f.Sure || knowsMore(f.Type) {
				return true
			}
		}
	}
	return false
}
