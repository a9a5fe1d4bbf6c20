package main

import (
	"fmt"

	"flowc/compiler/gobuild"
)

func genCommand() command {
	return command{
		name: "gen", args: "-o DIR [PATH]", summary: "write the Go module that build compiles, for reading or keeping",
		details: `
The module holds a copy of the runtime that it needs and builds with plain ` + "`go build`" + `, without flowc. What an
earlier gen wrote to DIR is replaced; files that flowc did not write stay as they are.
`,
		run: runGen,
	}
}

func runGen(c *console, args []string) int {
	o := newOptions("gen")
	dir := o.String("o", "", "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	if *dir == "" {
		return c.usage("gen", "give the folder to write to with -o")
	}
	f := checkedProgram(c, o.path())
	if f == nil {
		return exitFindings
	}
	m, err := f.Generate()
	if err == nil {
		err = gobuild.Gen(*dir, m)
	}
	if err != nil {
		return c.fail(err)
	}
	fmt.Fprintf(c.out, "wrote %s; build it with: cd %s && go build\n", *dir, quoteForShell(*dir))
	return exitFine
}
