package main

import (
	"flowc/lang/catalog"
	"flowc/lang/check"
)

func docCommand() command {
	return command{
		name: "doc", args: "[KIND|FUNCTION [PATH]]", summary: "show the reference of a kind, operator or function",
		details: `
Without a name, all kinds, operators and functions are listed. What the flow at PATH (or in the current folder)
declares in Go of its own is part of it.

  flowc doc pump
  flowc doc hysteresis
  flowc doc go::volume tank
`,
		run: runDoc,
	}
}

func runDoc(c *console, args []string) int {
	o := newOptions("doc")
	if code, done := o.parse(c, args, 2); done {
		return code
	}
	name := ""
	if len(o.rest) > 0 {
		name = o.rest[0]
	}
	path := ""
	if len(o.rest) > 1 {
		path = o.rest[1]
	}
	cat, err := catalogAt(path)
	if err != nil {
		return c.fail(err)
	}
	if err := catalog.Doc(check.Reference(cat), name, c.out); err != nil {
		return c.fail(err)
	}
	return exitFine
}
