package typed

import (
	"time"

	"flowc/lang/types"
	"flowc/rt/unit"
)

// ColumnType is the type of a column as its database and flow.lock note it: what is
// there must not be read as something else one day. That data may be missing is not in
// it.
func ColumnType(t *types.Type) string {
	if t.Kind == types.Optional {
		t = t.Elem
	}
	if t.Kind != types.Duration {
		return t.String()
	}
	counts := time.Second
	if d, ok := unit.LookupDuration(t.Unit.Name); ok {
		counts = time.Duration(d.Nanoseconds)
	}
	return "duration in " + counts.String()
}

// DatabaseFile is the file of a thing with tables, "" where only the start of the
// program tells.
func (t *Thing) DatabaseFile() string {
	for _, s := range t.Settings {
		if k, ok := s.X.(*Const); ok && s.Field.Name == "file" {
			file, _ := k.V.(string)
			return file
		}
	}
	return ""
}

// Far reports whether a thing works on what is reached over a network: its database is
// another machine's.
func (t *Thing) Far() bool {
	for _, s := range t.Settings {
		if r, ok := s.X.(*ThingRef); ok && r.Thing != nil && r.Thing.Kind.Opens == "network" {
			return true
		}
	}
	return false
}
