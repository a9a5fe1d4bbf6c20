package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"flowc/compiler/fetch"
	"flowc/lang/syntax"
)

func getCommand() command {
	return command{
		name: "get", args: "[PATH]", summary: "fetch the libraries that a flow uses from their repositories",
		details: `
A library in a repository is named with the tag, or the whole commit, that the flow is made with:

    use zone {
      from    = "github.com/name/repository//zone"
      version = "1.2.0"
    }

Its .hcl files and the texts that they include go to the folder .flowc beside the flow, and what they are to the byte
is noted in flow.lock, which belongs to the flow. From then on nothing is fetched, and files that differ are refused. No other command opens a
network for a library. It takes git; nothing of the repository runs, and no setting or login of yours is used.
`,
		run: runGet,
	}
}

func runGet(c *console, args []string) int {
	o := newOptions("get")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	p, found := syntax.Load(o.path())
	if found.HasErrors() {
		checkedFlow(c, o.path())
		return exitFindings
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	list, err := fetch.Libraries(ctx, p)
	for _, f := range list {
		word := "has "
		if f.New {
			word = "fetched "
		}
		fmt.Fprintf(c.out, "%s%s %s  %s\n", word, f.Repository, f.Version, f.Sum[:len("sha256:")+16])
	}
	if err != nil {
		return c.fail(err)
	}
	if len(list) == 0 {
		fmt.Fprintln(c.out, "this flow uses no library of a repository")
	}
	return exitFine
}
