package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errTwoThings(d, first *decl) *diag.Diagnostic {
	f := finding("E0103", "One name, two things", d.at, "and used again here")
	also(f, first.at, fmt.Sprintf("`%s` is declared here", first.name))
	f.Hint = "give one of them another name. All names of a flow share one space, also those in its other files."
	return f
}

func errReserved(d *decl) *diag.Diagnostic {
	f := finding("E0103", "This word has a meaning of its own", d.at, fmt.Sprintf("`%s` belongs to the language", d.name))
	f.Hint = fmt.Sprintf("call it something else, for example `%s`.", "my_"+d.name)
	return f
}

func errTwice(b, first *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", fmt.Sprintf("There can be only one `%s`", b.Kind), b.KindRange, "and again here")
	also(f, first.KindRange, "it is here already")
	f.Hint = "put both together."
	return f
}

// errNeedlessName is a name for a block of which there is one at most.
func errNeedlessName(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", fmt.Sprintf("`%s` has no name", b.Kind), b.Labels[0].Range, "nothing could refer to it")
	f.Why = fmt.Sprintf("There is one `%s` at most, so it needs none.", b.Kind)
	f.Hint = fmt.Sprintf("write `%s { … }`.", b.Kind)
	return f
}

func errNoName(b *syntax.Block) *diag.Diagnostic {
	r := b.KindRange
	f := finding("E0103", "This has no name", r, fmt.Sprintf("which %s?", b.Kind))
	f.Hint = "names make things usable elsewhere:"
	f.Example = fmt.Sprintf("%s my_%s {", b.Kind, b.Kind)
	return f
}

func (c *checker) errUnknownKind(b *syntax.Block) *diag.Diagnostic {
	if r := c.catalog.RefusedAs(b.Kind); r != nil {
		return errRefusedGo("E0113", "This kind cannot be used in a flow", b.KindRange, r)
	}
	f := finding("E0101", "There is no such kind of thing", b.KindRange, fmt.Sprintf("no kind is called `%s`", b.Kind))
	names := slices.Clone(languageBlocks)
	for _, k := range c.catalog.Kinds {
		names = append(names, k.Name)
	}
	if instead, ok := laterKinds[b.Kind]; ok {
		f.Summary, f.Subject.Label = "This is not built yet", fmt.Sprintf("`%s` is part of the language, but this flowc cannot compile it", b.Kind)
		f.Hint = instead
		return f
	}
	if hint := syntax.ForeignStatement(b.Kind); hint != "" {
		f.Summary, f.Subject.Label = "Flows have no statements", fmt.Sprintf("`%s` is not part of the language", b.Kind)
		f.Hint = hint
		return f
	}
	switch {
	case c.catalog.Operator(b.Kind) != nil:
		f.Hint = fmt.Sprintf("`%s` is an operator: write `%[1]s(…)` where its result is wanted. `flowc doc %[1]s` shows it.", b.Kind)
	case c.catalog.Function(b.Kind) != nil:
		f.Hint = fmt.Sprintf("`%s` is a function: write `%[1]s(…)` where its result is wanted. `flowc doc %[1]s` shows it.", b.Kind)
	case kindWords[b.Kind] != "":
		f.Hint = kindWords[b.Kind]
	case !didYouMean(f, b.Kind, names, b.KindRange):
		f.Hint = "`flowc doc` lists all kinds."
	}
	return f
}

// kindWith names a kind, and what makes a thing one of it where several have the name.
func kindWith(k *catalog.Kind) string {
	if k.By == "" {
		return article(k.Name)
	}
	return fmt.Sprintf("%s with `%s`", article(k.Name), k.By)
}

// errUnknownSetting is an attribute that the kind does not have.
func (c *checker) errUnknownSetting(a *syntax.Attr, d *decl) *diag.Diagnostic {
	k := d.kind
	f := finding("E0101", "There is no such setting", a.NameRange, fmt.Sprintf("%s has no `%s`", kindWith(k), a.Name))
	if o := outputField(k, a.Name); o != nil {
		f.Subject.Label = fmt.Sprintf("`%s` is an output: it is read, not set", a.Name)
		f.Hint = fmt.Sprintf("read it elsewhere as `%s.%s`.", d.name, a.Name)
		return f
	}
	if portBesideHost(a, d) || a.Name == "method" && k.Name == "route" && d.block.Attr("path") != nil {
		return nil // told with the other half of it
	}
	if elsewhere(f, a, d.block) || c.delaySetting(f, a, d) {
		return f
	}
	names := settingNames(k)
	if when := everySetting(a, names); when != "" {
		f.Hint = fmt.Sprintf("times are events, and `when` takes them: `when = %s`.", when)
		return f
	}
	if brokerAddress(f, a, d) {
		for n, e := range f.Fix {
			if e.Text == "" {
				f.Fix[n].Range = c.lineOf(e.Range)
			}
		}
		return f
	}
	if !webWords(f, a, d, names) && !renamedSetting(f, a, names) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

func settingNames(k *catalog.Kind) []string {
	var names []string
	for _, f := range k.Fields {
		if isSetting(f) {
			names = append(names, f.Name)
		}
	}
	if fieldOfRole(k, catalog.RoleShot) != nil {
		names = append(names, "when", deliverySetting)
	}
	return names
}

func (c *checker) errUnknownAttr(a *syntax.Attr, kind string, names []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", a.NameRange, fmt.Sprintf("`%s` has no `%s`", kind, a.Name))
	if elsewhere(f, a, nil) {
		return f
	}
	if !renamedSetting(f, a, names) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

func (c *checker) errUnknownBlock(b *syntax.Block, kind string, k *catalog.Kind) *diag.Diagnostic {
	f := finding("E0101", "There is no such block", b.KindRange, fmt.Sprintf("`%s` has no block `%s`", kind, b.Kind))
	var names []string
	if k != nil {
		if g := settingField(k, b.Kind); g != nil {
			f.Summary = "This is a setting"
			f.Subject.Label = fmt.Sprintf("`%s` takes a value, not a block", b.Kind)
			f.Hint = fmt.Sprintf("write `%s = …`.", b.Kind)
			return f
		}
		names = settingNames(k)
	}
	if !didYouMean(f, b.Kind, names, b.KindRange) && c.catalog.Kind(b.Kind) != nil {
		f.Hint = fmt.Sprintf("a `%s` stands on its own, at the top level of the file: is a `}` missing above it?", b.Kind)
	}
	return f
}

func errBlockWanted(a *syntax.Attr, g *catalog.Field) *diag.Diagnostic {
	f := finding("E0101", "This is a block", a.NameRange, fmt.Sprintf("`%s` takes settings of its own", g.Name))
	f.Hint = fmt.Sprintf("write `%s { … }`, without `=`.", g.Name)
	return f
}

// errUnknownName is a name that nothing has.
func (c *checker) errUnknownName(e *hclsyntax.ScopeTraversalExpr, root string, at rangeT, want *types.Type) *diag.Diagnostic {
	if strings.Contains(root, "-") {
		return nil // told when the names were read
	}
	f := finding("E0104", "There is no such name", at, fmt.Sprintf("nothing here is called `%s`", root))
	if want != nil && elemOrSelf(want).Kind == types.Enum {
		return errNoMember(elemOrSelf(want), root, at, rangeT{})
	}
	switch {
	case root == "it":
		f.Subject.Label = "nothing flows here"
		f.Hint = "`it` is what flows through `pipe`, and the element inside `any`, `all`, `find` and their like. Elsewhere write the name itself."
		return f
	case root == "old" || root == "each" || root == "each_key":
		f.Subject.Label = fmt.Sprintf("`%s` has no meaning here", root)
		return f
	case len(c.callees(root)) > 0 || forms[root] != nil:
		f.Summary = "A function wants its arguments"
		f.Subject.Label = fmt.Sprintf("`%s` is a function", root)
		f.Hint = fmt.Sprintf("call it: `%s`.", c.signatureOf(root))
		if slices.ContainsFunc(c.callees(root), func(e callee) bool { return e.takes(0) }) && len(e.Traversal) == 1 {
			f.Hint = fmt.Sprintf("call it: `%s()`.", root)
			replace(f, at, root+"()")
		}
		return f
	}
	if u := unitType(root); u != nil {
		f.Subject.Label = fmt.Sprintf("`%s` is a unit", root)
		f.Hint = fmt.Sprintf("a unit stands behind a number: `5.%s`.", root)
		return f
	}
	if in := c.insideNow(); in != nil && c.outer(root) != nil {
		return c.errOutsideComponent(c.outer(root), in, at)
	}
	if list := c.enumsWith(e); len(list) > 0 {
		f.Hint = "a member of an enumeration can stand alone where one is expected. Elsewhere write:"
		for n, d := range list {
			c.use(d, "", nil)
			if f.Example += d.name + "." + root; n < len(list)-1 {
				f.Example += "\n"
			}
		}
		return f
	}
	if c.pathByKind(f, e) || c.messageWord(f, root) || pinNumber(f, root, at) {
		return f
	}
	if clockWords[root] && len(e.Traversal) == 1 {
		f.Hint = "a stretch of the day is `between(\"18:00\", \"23:00\")`, a moment of it `daily(\"18:00\")`."
		return f
	}
	names := c.names(func(*decl) bool { return true })
	for l := c.scope.locals; l != nil; l = l.next {
		names = append(names, l.name)
	}
	if !didYouMean(f, root, append(names, "on", "off"), at) && len(e.Traversal) == 1 {
		f.Hint = c.hintForWord(root)
	}
	return f
}

// clockWords are what people call the time of day.
var clockWords = map[string]bool{"time": true, "clock": true, "hour": true, "today": true, "time_of_day": true}

func (c *checker) hintForWord(root string) string {
	switch root {
	case "yes", "true_", "On", "ON", "True":
		return "a switch is `on` or `off`."
	case "no", "Off", "OFF", "False":
		return "a switch is `on` or `off`."
	case "undefined", "nil", "none", "None":
		return "data that is missing is `null`."
	}
	return fmt.Sprintf("is this a text? Then it needs quotes: `\"%s\"`.", root)
}

func (c *checker) errTypeAsValue(d *decl, r rangeT) *diag.Diagnostic {
	if d.sort == sortComponent {
		return c.errComponentAsValue(d, r)
	}
	f := finding("E0104", "This is a type, not a value", r, fmt.Sprintf("`%s` says what data looks like", d.name))
	also(f, d.at, "declared here")
	if d.sort == sortEnum && d.typ != nil {
		f.Hint = fmt.Sprintf("its members are written `%s.%s`.", d.name, d.typ.Values[0])
	}
	if d.sort == sortVariant && d.typ != nil && len(d.typ.Fields) > 0 {
		f.Hint = "make one of its cases:"
		f.Example = caseExample(d.typ, d.typ.Fields[0].Name)
	}
	return f
}

func errNoMember(t *types.Type, name string, r, declared rangeT) *diag.Diagnostic {
	f := finding("E0104", "This is not one of the choices", r, fmt.Sprintf("no choice is called `%s`", name))
	if declared.Filename == "" {
		declared = t.Origin.Range
	}
	also(f, declared, "declared here")
	if !didYouMean(f, name, t.Values, r) {
		f.Hint = fmt.Sprintf("it is one of %s.", quoted(append([]string(nil), t.Values...), "or"))
	}
	return f
}

// errNoOutput is an output that the kind does not have.
func (c *checker) errNoOutput(d *decl, a hcl.TraverseAttr) *diag.Diagnostic {
	r := stepRange(a)
	f := finding("E0105", "There is no such output", r, fmt.Sprintf("%s has no output `%s`", article(d.kind.Name), a.Name))
	also(f, d.at, fmt.Sprintf("`%s` is %s", d.name, article(d.kind.Name)))
	names := outputNames(d.kind)
	if settingField(d.kind, a.Name) != nil {
		f.Subject.Label = fmt.Sprintf("`%s` is a setting: it is written, not read", a.Name)
		f.Hint = c.outputsHint(names)
		return f
	}
	near := nearestOutputs(d.kind, a.Name)
	switch {
	case len(near) == 1:
		f.Hint = fmt.Sprintf("did you mean `%s`?", near[0])
		replace(f, r, near[0])
		if others := butFor(names, near[0]); len(others) > 0 && outputWords[strings.ToLower(a.Name)] != nil {
			are := "are"
			if len(others) == 1 {
				are = "is"
			}
			f.Hint += fmt.Sprintf(" There %s also %s.", are, listed(others))
		}
	case len(names) > 0 && len(names) <= 8:
		f.Hint, f.Example = "it has", outputRows(d, near)
	default:
		f.Hint = c.outputsHint(names)
	}
	return f
}

func butFor(list []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == name })
}

// outputRows lists the outputs of a thing with what they say, the nearest ones first.
func outputRows(d *decl, near []string) string {
	fields := slices.DeleteFunc(slices.Clone(d.kind.Fields), func(f *catalog.Field) bool { return !isOutput(f) })
	rank := func(f *catalog.Field) int {
		if n := slices.Index(near, f.Name); n >= 0 {
			return n
		}
		return len(near)
	}
	slices.SortStableFunc(fields, func(a, b *catalog.Field) int { return cmp.Compare(rank(a), rank(b)) })
	var pairs []string
	name := d.name[strings.LastIndex(d.name, ".")+1:] // inside a component it stands alone
	for _, o := range fields {
		pairs = append(pairs, name+"."+o.Name, shapeWords(o)+firstSentence(o.Doc))
	}
	return rows(pairs...)
}

func (c *checker) outputsHint(names []string) string {
	if len(names) == 0 {
		return "it has no outputs."
	}
	return fmt.Sprintf("it has %s.", listed(names))
}

func outputNames(k *catalog.Kind) []string {
	var names []string
	for _, f := range k.Fields {
		if isOutput(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// errWhichOutput is a thing used without saying which of its outputs.
func (c *checker) errWhichOutput(d *decl, r rangeT) *diag.Diagnostic {
	f := finding("E0107", "Which output of it?", r, fmt.Sprintf("`%s` is %s; a wire comes from one of its outputs", d.name, article(d.kind.Name)))
	also(f, d.at, "declared here")
	names := outputNames(d.kind)
	if len(names) == 0 {
		f.Summary = "This has no outputs"
		f.Subject.Label = fmt.Sprintf("`%s` is %s: nothing can be read from it", d.name, article(d.kind.Name))
		return f
	}
	f.Hint = "choose one:"
	f.Example = outputRows(d, nil)
	if rest := butFor(names, "wanted"); len(rest) == 1 { // what is wanted is asked for by that name
		replace(f, r, d.name+"."+rest[0])
	}
	return f
}

func shapeWords(f *catalog.Field) string {
	switch f.Role {
	case catalog.RoleEvent:
		return "happens: "
	case catalog.RoleReading:
		return "happens and is: "
	}
	return "is: "
}

func firstSentence(doc string) string {
	doc = strings.ReplaceAll(strings.TrimSpace(doc), "\n", " ")
	if n := strings.Index(doc, ". "); n > 0 {
		doc = doc[:n+1]
	}
	return strings.TrimSuffix(doc, ".")
}

// errNoField is a field that data does not have.
func (c *checker) errNoField(x typed.Expr, s hcl.TraverseAttr, _ rangeT) *diag.Diagnostic {
	r := stepRange(s)
	t := x.Base().Type
	f := finding("E0203", "There is no such field", r, fmt.Sprintf("no `%s` here", s.Name))
	if t.Is(types.Record, types.Date, types.TimeOfDay) {
		also(f, t.Origin.Range, fmt.Sprintf("%s is declared here", t.Origin.Text))
		names := readable(x)
		if s.Name == "payload" && c.isSelf(x) {
			f.Hint = fmt.Sprintf("`%s` is the payload itself: leave `.payload` out.", x.Base().Text)
			replace(f, withDot(s.SrcRange, r), "")
			return f
		}
		if !didYouMean(f, s.Name, names, r) {
			f.Hint = fmt.Sprintf("it has %s.", listed(names))
		}
		return f
	}
	f.Subject.Label = fmt.Sprintf("`%s` is %s and has no fields", x.Base().Text, t.Say())
	if _, isLocal := x.(*typed.LocalRef); isLocal && t.Kind == types.Nothing {
		f.Subject.Label = "this case carries nothing"
	}
	origin(f, x)
	if s.Name == "payload" || s.Name == "value" {
		f.Hint = fmt.Sprintf("`%s` is the data itself.", x.Base().Text)
		replace(f, s.SrcRange, "")
	}
	if t.Kind == types.JSON {
		f.Hint = "say what is in it, where it is declared, or decode it here:"
		f.Example = fmt.Sprintf("decode(%s, { %s = number }).%s", x.Base().Text, s.Name, s.Name)
	}
	if t.Kind == types.String && c.isSelf(x) && s.Name != "payload" {
		f.Hint = "say what the messages look like, and they are decoded:"
		f.Example = fmt.Sprintf("json = { %s = number }", s.Name)
	}
	return f
}

// withDot is the place of a step with the dot before it.
func withDot(whole, name rangeT) rangeT {
	if whole.Start.Byte == name.Start.Byte {
		whole.Start = before(whole.Start, 1)
	}
	return whole
}

func (c *checker) isSelf(x typed.Expr) bool {
	w, ok := x.(*typed.Wire)
	return ok && w.Thing != nil && w.Output == ""
}

// readable are the names that can be read of an expression.
func readable(x typed.Expr) []string {
	b := x.Base()
	var names []string
	for _, f := range b.Type.Fields {
		names = append(names, f.Name)
	}
	if b.Shape.Happens() {
		names = append(names, "time")
	}
	if b.Key.Keyed() {
		names = append(names, strings.Split(b.Key.Names, ",")...)
	}
	return names
}

func errNoMeta(d *decl, t *types.Type, a hcl.TraverseAttr) *diag.Diagnostic {
	r := stepRange(a)
	f := finding("E0203", "There is no such field", r, fmt.Sprintf("`meta` of %s has no `%s`", article(d.kind.Name), a.Name))
	var names []string
	for _, m := range t.Fields {
		names = append(names, m.Name)
	}
	if !didYouMean(f, a.Name, names, r) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}
