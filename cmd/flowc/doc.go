package main

import (
	"flowc/lang/catalog"
	"flowc/lang/check"
)

func docCommand() command {
	return command{
		name: "doc", args: "[KIND|FUNCTION]", summary: "show the reference of a kind, operator or function",
		details: `
Without a name, all kinds, operators and functions are listed.

  flowc doc pump
  flowc doc hysteresis
`,
		run: runDoc,
	}
}

func runDoc(c *console, args []string) int {
	o := newOptions("doc")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	name := ""
	if len(o.rest) > 0 {
		name = o.rest[0]
	}
	if err := catalog.Doc(check.Reference(catalog.Load()), name, c.out); err != nil {
		return c.fail(err)
	}
	return exitFine
}
