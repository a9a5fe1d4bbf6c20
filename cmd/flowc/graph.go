package main

import (
	"fmt"
	"strings"

	"flowc/lang/typed"
)

func graphCommand() command {
	return command{
		name: "graph", args: "[-format mermaid|dot] [PATH]", summary: "draw things and equations, with types and shapes on the wires",
		details: `
  flowc graph -format dot greenhouse | dot -Tsvg > greenhouse.svg
`,
		run: runGraph,
	}
}

func runGraph(c *console, args []string) int {
	o := newOptions("graph")
	format := o.String("format", "mermaid", "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	draw, ok := map[string]func(*wiring) string{"mermaid": mermaid, "dot": dot}[*format]
	if !ok {
		return c.usage("graph", fmt.Sprintf("there is no format %q, only mermaid and dot", *format))
	}
	f := checkedFlow(c, o.path())
	if f == nil {
		return exitFindings
	}
	fmt.Fprint(c.out, draw(wiringOf(f.Typed)))
	return exitFine
}

// edgeText is what stands on a wire: its output, if it has one, and its type and shape.
func (w wire) edgeText() string {
	if w.info == nil {
		return "" // a connection
	}
	if e, ok := w.from.(*typed.Equation); ok && w.output == "" {
		if _, ok := e.X.(*typed.Sequence); ok {
			return "" // it stands for its outputs
		}
	}
	text := infoText(w.info)
	if w.output != "" {
		text = w.output + ": " + text
	}
	return text
}

func mermaid(w *wiring) string {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	for _, d := range w.program.Order {
		switch d := d.(type) {
		case *typed.Thing:
			fmt.Fprintf(&b, "  %s[%s]\n", nodeID(d), "\""+d.Kind.Name+" <b>"+d.Name+"</b>\"")
		case *typed.Equation:
			fmt.Fprintf(&b, "  %s([%s])\n", nodeID(d), mermaidText(equationText(d)))
		}
	}
	for _, d := range w.program.Order {
		for _, r := range w.reads[d] {
			if text := r.edgeText(); text != "" {
				fmt.Fprintf(&b, "  %s -->|%s| %s\n", nodeID(r.from), mermaidText(text), nodeID(d))
			} else {
				fmt.Fprintf(&b, "  %s -.- %s\n", nodeID(r.from), nodeID(d))
			}
		}
	}
	return b.String()
}

// nodeID keeps a thing called "end" from being a word of the format, and one of many
// from having a bracket.
func nodeID(d typed.Decl) string {
	return "n_" + strings.NewReplacer(".", "__", "[\"", "__", "\"]", "").Replace(nameOf(d))
}

// equationText is what stands in the node of an equation: what remembers says so, and
// its outputs are their names.
func equationText(d *typed.Equation) string {
	switch d.X.(type) {
	case *typed.State:
		return "state " + d.Name
	case *typed.Sequence:
		return "sequence " + d.Name
	case *typed.SequencePart:
		return d.Name
	}
	if text := oneLine(d.X.Base().Text); text != d.Name {
		return d.Name + " = " + text
	}
	return d.Name
}

var mermaidEscapes = strings.NewReplacer("&", "#amp;", "\"", "#quot;", "<", "#lt;", ">", "#gt;", "`", "#96;", "#", "#35;")

func mermaidText(s string) string { return "\"" + mermaidEscapes.Replace(s) + "\"" }

func dot(w *wiring) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR\n  node [fontname=\"sans-serif\"]\n  edge [fontname=\"sans-serif\", fontsize=10]\n", dotText(w.program.Name))
	for _, d := range w.program.Order {
		switch d := d.(type) {
		case *typed.Thing:
			fmt.Fprintf(&b, "  %s [shape=box, label=%s]\n", dotText(d.Name), dotText(d.Kind.Name+" "+d.Name))
		case *typed.Equation:
			fmt.Fprintf(&b, "  %s [shape=ellipse, label=%s]\n", dotText(d.Name), dotText(equationText(d)))
		}
	}
	for _, d := range w.program.Order {
		for _, r := range w.reads[d] {
			if text := r.edgeText(); text != "" {
				fmt.Fprintf(&b, "  %s -> %s [label=%s]\n", dotText(nameOf(r.from)), dotText(nameOf(d)), dotText(text))
			} else {
				fmt.Fprintf(&b, "  %s -> %s [style=dashed, dir=none]\n", dotText(nameOf(r.from)), dotText(nameOf(d)))
			}
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func dotText(s string) string {
	return "\"" + strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n").Replace(s) + "\""
}

// oneLine shortens an expression for a node.
func oneLine(s string) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	if len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return string(runes)
}
