package main

import (
	"fmt"

	"flowc/compiler"
	"flowc/lang/diag"
)

func checkCommand() command {
	return command{
		name: "check", args: "[-json] [-v] [PATH]", summary: "say what is wrong with a flow",
		details: `
Runs nothing of the flow and opens no network. Warnings alone leave the exit code 0.

  -json  print one JSON object per finding: code, severity, range, summary, hint
  -v     also tell what the flow consists of, and what happens to messages when something fails
`,
		run: runCheck,
	}
}

func runCheck(c *console, args []string) int {
	o := newOptions("check")
	asJSON := o.Bool("json", false, "")
	verbose := o.Bool("v", false, "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	f := compiler.Check(o.path())
	if *asJSON {
		for _, d := range f.Found {
			fmt.Fprintf(c.out, "%s\n", diag.JSON(d))
		}
	} else {
		tellFindings(c, f)
	}
	if f.Typed == nil {
		return exitFindings
	}
	if *verbose && !*asJSON {
		fmt.Fprint(c.out, overviewOf(f.Typed))
	}
	return exitFine
}

func tellFindings(c *console, f *compiler.Flow) {
	if len(f.Found) == 0 {
		fmt.Fprintf(c.out, "%s: no problems\n", f.Name)
		return
	}
	f.Found.Text(c.out, f.Sources, diag.Options{Color: c.colorOut})
	fmt.Fprintf(c.out, "\n%s\n", countFindings(f.Found))
}
