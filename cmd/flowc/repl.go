package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"flowc/compiler"
	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func consoleCommand() command {
	return command{
		name: "console", args: "[PATH]", summary: "ask what an expression is, over the names of a flow",
		details: `
Reads one expression a line, and tells its type, shape and unit, and its value where that is known: constants are worked
out with the code that the program would run, and for wires one gives samples.
` + consoleHelp,
		run: runConsole,
	}
}

const consoleHelp = `
  EXPRESSION            type, shape and value
  :type EXPRESSION      type and shape alone
  :set WIRE VALUE       a sample: :set soil.moisture 12.pct
  :unset WIRE           takes it back
  :samples              lists them
  :names                lists what the flow declares
  :help                 this
  :quit                 ends, as does the end of the input
`

// maxQuestion bounds a line of input, in bytes.
const maxQuestion = 1 << 20

// repl is a console at work.
type repl struct {
	c       *console
	flow    *compiler.Flow
	source  *syntax.Program
	samples map[string]*typed.Const
}

func runConsole(c *console, args []string) int {
	o := newOptions("console")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	f := checkedFlow(c, o.path())
	if f == nil {
		return exitFindings
	}
	source, found := syntax.Load(o.path())
	if found.HasErrors() {
		return c.fail(fmt.Errorf("%s changed in the meantime", o.path()))
	}
	r := &repl{c: c, flow: f, source: source, samples: map[string]*typed.Const{}}
	if c.live {
		fmt.Fprintf(c.out, "%s: :help tells what to type, :quit ends\n", f.Name)
	}
	return r.run()
}

func (r *repl) run() int {
	lines := bufio.NewScanner(r.c.in)
	lines.Buffer(nil, maxQuestion)
	for r.prompt(); lines.Scan(); r.prompt() {
		if !r.line(strings.TrimSpace(lines.Text())) {
			return exitFine
		}
	}
	if r.c.live {
		fmt.Fprintln(r.c.out)
	}
	if err := lines.Err(); err == bufio.ErrTooLong {
		return r.c.fail(fmt.Errorf("a line is longer than 1 MB"))
	} else if err != nil && err != io.EOF {
		return r.c.fail(err)
	}
	return exitFine
}

func (r *repl) prompt() {
	if r.c.live {
		fmt.Fprint(r.c.out, "> ")
	}
}

// line answers one line; it is false when the console is to end.
func (r *repl) line(text string) bool {
	if text == "" || strings.HasPrefix(text, "#") {
		return true
	}
	if !strings.HasPrefix(text, ":") {
		r.ask(text, true)
		return true
	}
	command, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	switch command {
	case ":quit", ":q", ":exit":
		return false
	case ":help", ":h":
		fmt.Fprint(r.c.out, strings.TrimPrefix(consoleHelp, "\n"))
	case ":type", ":t":
		r.ask(rest, false)
	case ":set":
		r.set(rest)
	case ":unset":
		r.unset(rest)
	case ":samples":
		r.list()
	case ":names":
		r.names()
	default:
		r.sayf("there is no command %s; :help lists them", command)
	}
	return true
}

func (r *repl) sayf(format string, args ...any) { fmt.Fprintf(r.c.out, format+"\n", args...) }

// tell prints findings as the checker's own.
func (r *repl) tell(found diag.List, texts map[string]string) {
	sources := map[string][]byte{}
	for name, text := range r.source.Sources() {
		sources[name] = text
	}
	for name, text := range texts {
		sources[name] = []byte(text + "\n")
	}
	if len(found) > 0 {
		found.Text(r.c.out, sources, diag.Options{Color: r.c.colorOut})
	}
}

// ask answers an expression.
func (r *repl) ask(text string, withValue bool) {
	if text == "" {
		r.sayf("give an expression")
		return
	}
	q, found := check.Ask(r.source, r.catalog(), text)
	r.tell(found, map[string]string{check.QuestionFile: text})
	if q == nil {
		return
	}
	r.sayf("%s", describe(q.X.Base()))
	if withValue && q.X.Base().Type.Kind != types.Nothing {
		r.answer(q)
	}
}

// describe is "reading of pct, one per bed: a percentage (%)".
func describe(i *typed.Info) string {
	text := infoText(i)
	if say := i.Type.Say(); i.Type.Kind != types.Record && i.Type.Kind != types.Nothing && say != i.Type.String() {
		text += ": " + say
	}
	return text
}

func (r *repl) answer(q *check.Question) {
	a := q.Value(r.samples)
	switch {
	case a.Known:
		r.sayf("= %s", valueText(a.V, q.X.Base().Type))
	case a.Failed != nil:
		r.sayf("fails: %s", a.Failed)
	default:
		for _, reason := range a.Reasons {
			r.sayf("not known: %s", reason)
		}
		if len(a.Missing) > 0 {
			r.sayf("not known yet; give samples:")
			for _, path := range a.Missing {
				r.sayf("  :set %s …", path)
			}
		}
	}
}

// set takes a sample: `:set soil.moisture 12.pct`, also with a `=` between.
func (r *repl) set(text string) {
	target, value, _ := strings.Cut(text, " ")
	value = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(value), "="))
	if target == "" || value == "" {
		r.sayf("say which wire, and its value: :set soil.moisture 12.pct")
		return
	}
	path, k, found, err := check.Sample(r.source, r.catalog(), target, value)
	r.tell(found, map[string]string{check.QuestionFile: target, check.SampleFile: value})
	switch {
	case err != nil:
		r.sayf("%s", err)
	case k != nil:
		r.samples[path] = k
		r.sayf("%s = %s", path, valueText(k.V, k.Type))
	}
}

func (r *repl) unset(path string) {
	if _, ok := r.samples[path]; !ok {
		r.sayf("%s has no sample; :samples lists them", path)
		return
	}
	delete(r.samples, path)
}

func (r *repl) list() {
	if len(r.samples) == 0 {
		r.sayf("no samples yet; :set WIRE VALUE gives one")
	}
	var paths []string
	for path := range r.samples {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		r.sayf("%s = %s", path, valueText(r.samples[path].V, r.samples[path].Type))
	}
}

func (r *repl) names() {
	var s sheet
	for _, a := range r.source.Equations {
		if q, _ := check.Ask(r.source, r.catalog(), a.Name); q != nil {
			s.row(a.Name, describe(q.X.Base()))
		}
	}
	for _, t := range r.flow.Typed.Things {
		s.row(t.Name, article(t.Kind.Name)+" `"+t.Kind.Name+"`")
	}
	for _, t := range r.flow.Typed.Settings {
		s.row(t.Name, "a setting: "+t.Type.Say())
	}
	fmt.Fprint(r.c.out, s.String())
}

// catalog is what the flow can name.
func (r *repl) catalog() *catalog.Catalog {
	cat, found := compiler.Catalog(r.source)
	if found.HasErrors() {
		return catalog.Load()
	}
	return cat
}
