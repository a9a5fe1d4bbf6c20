package typed

import (
	"net/url"
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

// DatabaseFile is the file of a thing with tables, or the address of its server without
// a login; "" where only the start of the program tells.
func (t *Thing) DatabaseFile() string {
	for _, s := range t.Settings {
		k, ok := s.X.(*Const)
		if !ok {
			continue
		}
		text, _ := k.V.(string)
		switch s.Field.Name {
		case "file":
			return text
		case "url":
			return serverPlace(text)
		}
	}
	return ""
}

// serverPlace is an address without its login and its options.
func serverPlace(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Host
	if folder := u.Query().Get("host"); host == "" {
		host = folder
	}
	return u.Scheme + "://" + host + u.Path
}

// OnServer reports whether a thing with tables keeps them on a server: it is no file.
func (t *Thing) OnServer() bool { return t.Kind.Opens == "network" }

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
