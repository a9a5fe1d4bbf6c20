package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"flowc/compiler"
	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/delivery"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func explainCommand() command {
	return command{
		name: "explain", args: "[CODE | NAME [PATH]]", summary: "tell the story of a message, or what is known of a name in a flow",
		details: `
  flowc explain                    all messages, one line each
  flowc explain E0501              the long story of a message
  flowc explain pump greenhouse    type, shape, readiness and keys of a thing, equation or setting, and what it
                                   depends on
  flowc explain go::volume tank    a function, operator or kind of the flow's own Go
`,
		run: runExplain,
	}
}

var codePattern = regexp.MustCompile(`^[EeWw][0-9]{4}$`)

func runExplain(c *console, args []string) int {
	o := newOptions("explain")
	if code, done := o.parse(c, args, 2); done {
		return code
	}
	if len(o.rest) == 0 {
		fmt.Fprint(c.out, listCodes())
		return exitFine
	}
	if name := o.rest[0]; codePattern.MatchString(name) {
		return explainCode(c, name)
	}
	path := "."
	if len(o.rest) == 2 {
		path = o.rest[1]
	} else if files, _ := filepath.Glob("*.hcl"); len(files) == 0 && explainWord(c, o.rest[0]) {
		return exitFine
	}
	return explainName(c, o.rest[0], path)
}

// explainWord tells of a form, function, operator or kind of the language: what
// `flowc doc` shows, for those who ask here. A flow's own names come first.
func explainWord(c *console, name string) bool {
	var page strings.Builder
	if name == "" || catalog.Doc(check.Reference(catalog.Load()), name, &page) != nil {
		return false
	}
	fmt.Fprint(c.out, page.String())
	return true
}

func explainCode(c *console, code string) int {
	code = strings.ToUpper(code)
	story, ok := diag.Story(code)
	if !ok {
		text := "there is no message " + code
		if near := catalog.Nearest(code, diag.Codes()); len(near) > 0 {
			text += "; did you mean " + near[0] + "?"
		}
		return c.fail(fmt.Errorf("%s", text))
	}
	fmt.Fprint(c.out, strings.TrimRight(story, "\n")+"\n")
	return exitFine
}

func explainName(c *console, name, path string) int {
	f := checkedFlow(c, path)
	if f == nil {
		return exitFindings
	}
	name = strings.NewReplacer(`["`, ".", `"]`, "").Replace(name) // bed["beans"].open
	// `pump.on` is explained with the pump.
	for part := name; part != ""; part = part[:max(strings.LastIndexByte(part, '.'), 0)] {
		if explainNamed(c, f, part) || explainInstances(c, f, part) {
			return exitFine
		}
	}
	name, _, _ = strings.Cut(name, ".")
	for _, t := range f.Typed.Settings {
		if t.Name == name {
			fmt.Fprint(c.out, explainSetting(t))
			return exitFine
		}
	}
	if explainOwn(c, f, name) || explainComponent(c, f, path, name) || explainWord(c, name) {
		return exitFine
	}
	return c.fail(fmt.Errorf("%s", unknownName(f, name)))
}

// explainComponent tells of a component: its page, and what is made of it.
func explainComponent(c *console, f *compiler.Flow, path, name string) bool {
	whole := withComponents(f.Typed.Catalog, componentsAt(path, f.Typed.Catalog))
	if whole.Kind(name) != nil || !slices.ContainsFunc(whole.Components, func(k *catalog.Component) bool { return k.Name == name }) {
		return false
	}
	return catalog.Doc(whole, name, c.out) == nil
}

// explainNamed tells of the thing or equation of a name.
func explainNamed(c *console, f *compiler.Flow, name string) bool {
	for _, d := range f.Typed.Order {
		if nameOf(d) == name {
			fmt.Fprint(c.out, explainDecl(f, d))
			return true
		}
	}
	return false
}

// explainInstances lists what the instances of a component consist of: everything
// whose name begins with theirs.
func explainInstances(c *console, f *compiler.Flow, name string) bool {
	var s sheet
	for _, d := range f.Typed.Order {
		if !strings.HasPrefix(nameOf(d), name+".") {
			continue
		}
		switch d := d.(type) {
		case *typed.Thing:
			s.row(d.Name, article(d.Kind.Name)+" `"+d.Kind.Name+"`")
		case *typed.Equation:
			s.row(d.Name, infoText(d.X.Base()))
		}
	}
	if len(s.rows) == 0 {
		return false
	}
	fmt.Fprintf(c.out, "%s is made of a component: %s\n\n%s", name, fmt.Sprintf("%d things and equations", len(s.rows)), s.String())
	return true
}

func unknownName(f *compiler.Flow, name string) string {
	var known []string
	for _, d := range f.Typed.Order {
		known = append(known, nameOf(d))
	}
	for _, t := range f.Typed.Settings {
		known = append(known, t.Name)
	}
	text := fmt.Sprintf("there is no %s in %s", name, f.Name)
	if near := catalog.Nearest(name, known); len(near) > 0 {
		return text + ", did you mean " + near[0] + "?"
	}
	for _, n := range f.Typed.Catalog.Names() {
		if n == name {
			return text + "; `flowc doc " + name + "` tells what it is"
		}
	}
	return text
}

// sheet is a text of two columns.
type sheet struct{ rows [][2]string }

func (s *sheet) row(name, text string) {
	if text != "" {
		s.rows = append(s.rows, [2]string{name, text})
	}
}

// lines is a row of several lines.
func (s *sheet) lines(name string, lines []string) {
	for i, l := range lines {
		if i > 0 {
			name = ""
		}
		s.rows = append(s.rows, [2]string{name, l})
	}
}

func (s *sheet) String() string {
	width := 0
	for _, r := range s.rows {
		width = max(width, len(r[0]))
	}
	var b strings.Builder
	for _, r := range s.rows {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, r[0], r[1])
	}
	return b.String()
}

func explainDecl(f *compiler.Flow, d typed.Decl) string {
	var head, tail string
	var s sheet
	cat, w, t := f.Typed.Catalog, wiringOf(f.Typed), ratesOf(f.Typed)
	switch d := d.(type) {
	case *typed.Equation:
		head = equationHead(d)
		valueRows(&s, d)
		memoryRows(&s, d)
		s.row("ready", readyText(d.X))
		if k := d.X.Base().Key; k.Keyed() {
			s.row("keys", keyText(k.Names, k.Types))
		}
		s.row(rateWord(d.X.Base().Shape), t.Of(d.X).String())
		s.lines("follows", familiesOf(f.Typed).once(followLines(t, d.X)))
	case *typed.Thing:
		head = fmt.Sprintf("%s, %s `%s` at %s\n%s\n", d.Name, article(d.Kind.Name), d.Kind.Name, posText(d.Pos), indent(d.Doc))
		for _, line := range contract(f.Typed, d) {
			head += "  " + line + "\n"
		}
		if driveOf(d) != nil {
			head += "\n"
		}
		thingRows(&s, cat, d)
		rateRows(&s, t, familiesOf(f.Typed), d)
		if d.Buffer != nil {
			ways := delivery.New(f.Typed.Things, f.Typed.Persist)
			s.row("buffer", diskText(t, d)+"; "+writesText(t, d, ways.WritesFirst(d)))
		}
		tail = deliveryText(f.Typed, func(p delivery.Path) bool { return p.Sink == d || p.Origin.Thing == d })
	}
	costRows(&s, f, d)
	s.lines("depends on", dependsOn(w, familiesOf(f.Typed), d))
	s.row("used by", names(w.readBy[d]))
	s.row("own Go", ownUses(d))
	if tail != "" {
		tail = "\nWhat can be lost\n" + tail
	}
	return head + s.String() + tail
}

func article(noun string) string {
	spelled := strings.HasPrefix(noun, "mqtt") || strings.HasPrefix(noun, "http") || noun == "led"
	if spelled || strings.ContainsAny(noun[:1], "aeiou") {
		return "an"
	}
	return "a"
}

func posText(p typed.Pos) string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

func indent(doc string) string {
	if doc = strings.TrimSpace(doc); doc == "" {
		return ""
	}
	return "  " + strings.ReplaceAll(doc, "\n", "\n  ") + "\n"
}

func keyText(names, kinds string) string {
	n, k := strings.Split(names, ","), strings.Split(kinds, ",")
	for i := range n {
		if i < len(k) {
			n[i] += " (" + k[i] + ")"
		}
	}
	return strings.Join(n, ", ")
}

// longLine is how long what a thing depends on may be in one line.
const longLine = 72

// dependsOn follows the wires to their beginnings, nearest first: "good ← soil ← home";
// a long way has a line for each step of it.
func dependsOn(w *wiring, all families, d typed.Decl) []string {
	seen := map[typed.Decl]bool{d: true}
	var steps []string
	for level := []typed.Decl{d}; len(level) > 0; {
		var next []typed.Decl
		var named []string
		for _, x := range level {
			for _, r := range w.reads[x] {
				if !seen[r.from] {
					seen[r.from] = true
					next = append(next, r.from)
					named = append(named, nameOf(r.from))
				}
			}
		}
		if len(named) > 0 {
			steps = append(steps, strings.Join(all.once(named), ", "))
		}
		level = next
	}
	if len(steps) == 0 {
		return nil
	}
	if whole := strings.Join(steps, " ← "); utf8.RuneCountInString(whole) <= longLine {
		return []string{whole}
	}
	for n := range steps[1:] {
		steps[n+1] = "← " + steps[n+1]
	}
	return steps
}

func explainSetting(t *typed.Setting) string {
	var s sheet
	s.row("type", t.Type.Say())
	s.row("given by", "the variable "+t.Env+", or `"+t.Name+" = …` in the file of --settings")
	if t.Default == nil {
		s.row("default", "none: it must be given")
	} else {
		s.row("default", valueText(t.Default, t.Type))
	}
	if t.HasRange {
		s.row("range", valueText(boundOf(t.Min, t.Type), t.Type)+" to "+valueText(boundOf(t.Max, t.Type), t.Type))
	}
	return fmt.Sprintf("%s, a setting at %s\n%s\n%s", t.Name, posText(t.Pos), indent(t.Doc), s.String())
}

// boundOf is a bound of a range as a value of the setting's type.
func boundOf(v float64, t *types.Type) any {
	switch t.Kind {
	case types.Duration:
		return time.Duration(v)
	case types.Int:
		return int64(v)
	}
	return v
}
