package check

import (
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// answers reports whether a kind answers requests at a path.
func answers(k *catalog.Kind) bool { return fieldOfRole(k, catalog.RolePath) != nil }

// paths are the attributes that say where a thing answers.
func paths(d *decl) (list []*syntax.Attr) {
	for _, f := range d.kind.Fields {
		if a := d.block.Attr(f.Name); f.Role == catalog.RolePath && a != nil {
			list = append(list, a)
		}
	}
	return list
}

// answeredAt reads the path of a thing that answers, and its captures.
func (c *checker) answeredAt(d *decl) {
	for _, a := range paths(d) {
		k := c.patternConst(d, fieldOfRole(d.kind, catalog.RolePath), a)
		if k == nil {
			continue
		}
		text := k.V.(string)
		names, bad := captures(text)
		switch {
		case badPath(text) != "":
			c.report(errPath(a, badPath(text)))
			continue
		case bad != "":
			c.report(errPathCapture(a, bad))
			continue
		case len(names) > 0 && fieldOfRole(d.kind, catalog.RoleSelf) == nil:
			c.report(errNothingCaptured(d, a, names[0]))
			continue
		}
		d.pattern, d.captured = k, nil
		for _, name := range names {
			if f := settingField(d.kind, name); name == "time" || f != nil && f.Role == catalog.RolePart {
				c.report(errPathCapture(a, "{"+name+"}"))
				continue
			}
			d.captured = append(d.captured, types.Field{Name: name, Type: types.TString, Range: a.Expr.Range()})
		}
	}
}

// request is the type of a request: the captures of its path and the parts that were
// given a type. One without any carries nothing.
func (c *checker) request(d *decl) {
	if !answers(d.kind) || len(d.kind.TypeParams) == 0 {
		return
	}
	t := &types.Type{Kind: types.Record, Origin: types.Origin{Range: d.at, Text: "`" + d.name + "`"}, Fields: d.captured}
	for _, f := range d.kind.Fields {
		a := d.block.Attr(f.Name)
		if f.Role != catalog.RolePart || a == nil {
			continue
		}
		if part := c.requestPart(d, f, a); part != nil {
			t.Fields = append(t.Fields, types.Field{Name: f.Name, Type: part, Range: a.NameRange})
		}
	}
	d.thing.Param, d.thing.Codec = t, typed.JSON
	if len(t.Fields) == 0 {
		d.thing.Param = types.TNothing.From(t.Origin)
	}
}

// requestPart is the type of a query or a body, nil for one with a mistake.
func (c *checker) requestPart(d *decl, f *catalog.Field, a *syntax.Attr) *types.Type {
	t := c.typeExpr(a.Expr, d.name+"_"+f.Name)
	if t.Kind == types.Bad {
		return nil
	}
	if u := untagged(t); u != nil {
		c.report(errUntagged(a.Expr.Range(), u))
		return nil
	}
	if f.Tags["part"] != "query" {
		return t
	}
	if t.Kind != types.Record {
		c.report(errQueryType(a, t))
		return nil
	}
	for _, g := range t.Fields {
		if k := elemOrSelf(g.Type).Kind; !isPlainText(k) {
			c.report(errQueryField(a, g))
			return nil
		}
	}
	return t
}

// badPath says what is wrong with a path, if anything.
func badPath(path string) string {
	switch {
	case !strings.HasPrefix(path, "/"):
		return "a path begins with `/`"
	case strings.ContainsAny(path, "?#% \t\n"):
		return "a path holds no `?`, `#`, `%` or space; what stands behind the `?` is `query`"
	case slices.ContainsFunc(strings.Split(path, "/"), func(s string) bool { return s == "." || s == ".." }):
		return "a path does not climb"
	}
	return ""
}

// path gives the kind its path.
func (w *wiring) path(f *catalog.Field, a *syntax.Attr) {
	if all := paths(w.d); all[0] != a {
		w.c.report(errInstead(a, all[0]))
		return
	}
	if w.d.pattern != nil {
		w.t.Settings = append(w.t.Settings, &typed.Set{Field: f, X: w.d.pattern, Pos: pos(a.Range)})
	}
}

// answer settles when a reply is made: whenever the thing's own request happens.
func (w *wiring) answer() {
	if !answers(w.d.kind) {
		return
	}
	if len(paths(w.d)) == 0 {
		if w.d.block.Attr("path") == nil {
			w.c.report(errNoPath(w.d))
		}
		return
	}
	if w.failed || fieldOfRole(w.d.kind, catalog.RoleAnswer) == nil || w.d.self == nil {
		return
	}
	self := &typed.Wire{Info: w.c.info(w.d.at, w.d.self), Thing: w.t}
	self.Shape, self.Source = types.Event, w.c.sourceFor(w.d, "")
	w.t.When, w.t.Trigger = self, self.Source
	w.when = &wired{attr: paths(w.d)[0], x: self}
	if info, ok := w.together(w.when); ok && info.Source != self.Source {
		w.laterReply(info.Source)
	}
}

// implicit is the thing that a reference means where the flow leaves it out: the only
// one of its kind, or one that nobody wrote.
func (w *wiring) implicit(f *catalog.Field) {
	c := w.c
	var found []*decl
	for _, d := range c.order {
		if d.sort == sortThing && d.kind != nil && contains(f.Kinds, d.kind.Name) && d.block != nil {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		found = append(found, c.unwritten(f.Kinds[0], w.d))
	case 1:
	default:
		c.report(c.errMissingSetting(w.d, f))
		w.failed = true
		return
	}
	to := found[0]
	c.use(to, "", nil)
	c.thing(to)
	c.wire(to)
	x := &typed.ThingRef{Info: c.info(w.d.at, types.TNothing), Thing: to.thing}
	w.t.Settings = append(w.t.Settings, &typed.Set{Field: f, X: x, Pos: w.t.Pos})
}

// unwritten adds a thing that a flow means without saying so, with every setting at its
// default.
func (c *checker) unwritten(kind string, by *decl) *decl {
	name := kind
	for c.decls[name] != nil {
		name += "_"
	}
	b := &syntax.Block{Kind: kind, KindRange: by.block.KindRange, Labels: []syntax.Label{{Text: name, Range: by.at}}, Range: by.block.Range, End: by.block.End}
	d := &decl{name: name, sort: sortThing, block: b, at: by.at, kind: c.catalog.Kind(kind), unwritten: true}
	c.add(d)
	c.decls[name] = d
	return d
}

// twoRoutes reports what answers where something else does already.
func (c *checker) twoRoutes() {
	type place struct {
		server *typed.Thing
		where  string
	}
	seen := map[place]*decl{}
	for _, d := range c.things() {
		for _, s := range d.thing.Settings {
			if s.Field.Role != catalog.RolePath {
				continue
			}
			k, ok := s.X.(*typed.Const)
			if !ok {
				continue
			}
			text, _ := k.V.(string)
			p := place{serverOf(d.thing), s.Field.Name + s.Field.Tags["below"] + " " + anyCapture(text)}
			if first := seen[p]; first != nil {
				c.report(errTwoRoutes(d, first, d.block.Attr(s.Field.Name)))
			} else {
				seen[p] = d
			}
		}
	}
}

// anyCapture is a path with its captures alike.
func anyCapture(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if strings.HasPrefix(p, "{") {
			parts[i] = "{}"
		}
	}
	return strings.Join(parts, "/")
}

// serverOf is the thing that listens for another, nil if none does.
func serverOf(t *typed.Thing) *typed.Thing {
	for _, s := range t.Settings {
		if r, ok := s.X.(*typed.ThingRef); ok && listenField(r.Thing.Kind) != nil {
			return r.Thing
		}
	}
	return nil
}

// listenField is the setting that says at which address a kind listens.
func listenField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Tags["listen"] != "" {
			return f
		}
	}
	return nil
}

// exposed reports what others can reach without a login: that does not compile where
// the address is known, unless everybody may ask; and then it is told where somebody
// could switch an actuator.
func (c *checker) exposed() {
	for _, d := range c.things() {
		server := serverOf(d.thing)
		if server == nil || !answers(d.kind) || hasLogin(d.thing) || hasLogin(server) {
			continue
		}
		at := settingOf(server, listenField(server.Kind))
		if at == nil || isLocalAddress(at.X) {
			continue
		}
		sd := c.decls[server.Name]
		if sd == nil {
			continue
		}
		switch {
		case !saysOpen(server):
			c.report(errExposed(d, sd, at))
		default:
			if a := c.switchedBy(d.thing); a != nil {
				c.report(errOpenSwitch(d, sd, a))
			}
		}
	}
}

func settingOf(t *typed.Thing, f *catalog.Field) *typed.Set {
	for _, s := range t.Settings {
		if s.Field == f {
			return s
		}
	}
	return nil
}

func hasLogin(t *typed.Thing) bool {
	return slices.ContainsFunc(t.Settings, func(s *typed.Set) bool { return s.Field.Tags["login"] == "true" })
}

// saysOpen reports whether a server lets everybody in on purpose.
func saysOpen(t *typed.Thing) bool {
	return slices.ContainsFunc(t.Settings, func(s *typed.Set) bool {
		k, ok := s.X.(*typed.Const)
		return s.Field.Tags["login"] == "none" && ok && k.V == true
	})
}

// isLocalAddress reports whether only this machine reaches an address.
func isLocalAddress(x typed.Expr) bool {
	k, ok := x.(*typed.Const)
	if !ok {
		return false // the program looks when it starts
	}
	text, _ := k.V.(string)
	i := strings.LastIndexByte(text, ':')
	return i >= 0 && isLocal(strings.Trim(text[:i], "[]"))
}

// switchedBy is an actuator that follows a thing, nil if there is none.
func (c *checker) switchedBy(t *typed.Thing) *decl {
	for _, d := range c.things() {
		for _, in := range d.thing.Inputs {
			if in.Field.Role != catalog.RoleDrive {
				continue
			}
			found := false
			follow(in.X, func(n typed.Expr) bool {
				found = found || thingOf(n) == t
				return !found
			})
			if found {
				return d
			}
		}
	}
	return nil
}
