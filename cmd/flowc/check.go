package main

import (
	"fmt"

	"flowc/compiler"
	"flowc/lang/diag"
)

func checkCommand() command {
	return command{
		name: "check", args: "[-strict] [-fix | -diff] [-json] [-v] [PATH]", summary: "say what is wrong with a flow",
		details: `
Runs nothing of the flow and opens no network. Warnings alone leave the exit code 0. What the next deploy would lose
of what the last one keeps, as flow.lock has it, is an error.

  -strict  warnings make the exit code 1 too
  -fix     mend what has exactly one answer, show what changed, and tell what is left; the number of errors never
           grows
  -diff    show what -fix would change, and write nothing
  -json    print one JSON object per finding: code, severity, range, summary, hint
  -v       also tell what the flow consists of, how often it acts, what it keeps, and what happens to messages
           when something fails
`,
		run: runCheck,
	}
}

// checkOptions are the flags of check.
type checkOptions struct{ strict, fix, diff, json, verbose bool }

func runCheck(c *console, args []string) int {
	o := newOptions("check")
	var opts checkOptions
	o.BoolVar(&opts.strict, "strict", false, "")
	o.BoolVar(&opts.fix, "fix", false, "")
	o.BoolVar(&opts.diff, "diff", false, "")
	o.BoolVar(&opts.json, "json", false, "")
	o.BoolVar(&opts.verbose, "v", false, "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	if opts.json && (opts.diff || opts.fix) {
		return c.usage("check", "the option -json does not go together with -fix and -diff; the findings hold the fixes")
	}
	if opts.fix || opts.diff {
		if err := fixFlow(c, o.path(), opts.fix && !opts.diff); err != nil {
			return c.fail(err)
		}
	}
	f := compiler.Check(o.path())
	if f.Typed != nil {
		lost, _, err := f.Deploy(nil)
		if err != nil {
			return c.fail(err)
		}
		f.Found = append(f.Found, lost...)
		f.Found.Sort()
	}
	return tellCheck(c, f, opts)
}

// tellCheck prints what was found in the form that was asked for.
func tellCheck(c *console, f *compiler.Flow, opts checkOptions) int {
	if opts.json {
		for _, d := range f.Found {
			fmt.Fprintf(c.out, "%s\n", diag.JSON(d))
		}
	} else {
		tellFindings(c, f)
	}
	if f.Found.HasErrors() {
		return exitFindings
	}
	if opts.verbose && !opts.json {
		fmt.Fprint(c.out, overviewOf(f))
	}
	if opts.strict && len(f.Found) > 0 {
		return exitFindings
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
