package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"

	"flowc/compiler/gobuild"
	"flowc/lang/diag"
)

func buildCommand() command {
	var targets strings.Builder
	for _, t := range gobuild.Targets {
		fmt.Fprintf(&targets, "    %-8s %s\n", t.Name, t.Doc)
	}
	return command{
		name: "build", args: "[-target TARGET] [-o FILE] [-forget NAME] [PATH]", summary: "make a program of a flow",
		details: `
  -target  what to build for (default pi), or GOOS/GOARCH:
` + targets.String() + `  -o       the file to write; without it, NAME-ARCHITECTURE in the current folder
  -forget  what a former version remembers under this name may be lost (several: a,b)
`,
		run: runBuild,
	}
}

func runBuild(c *console, args []string) int {
	o := newOptions("build")
	targetName := o.String("target", "", "")
	out := o.String("o", "", "")
	forget := o.String("forget", "", "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	target, err := gobuild.ParseTarget(*targetName)
	if err != nil {
		return c.usage("build", err.Error())
	}
	f := checkedProgram(c, o.path())
	if f == nil {
		return exitFindings
	}
	lost, lock, err := f.Deploy(strings.Split(*forget, ","))
	if err != nil {
		return c.fail(err)
	}
	if len(lost) > 0 {
		lost.Text(c.err, f.Sources, diag.Options{Color: c.colorErr})
		fmt.Fprintln(c.err, "\n"+countFindings(lost))
		return exitFindings
	}
	if *out == "" {
		*out = target.Executable(f.Name)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	result, err := f.Build(ctx, gobuild.Options{Target: target, Out: *out, Tell: c.tell})
	if err != nil {
		return c.failBuild(f, err)
	}
	if err := lock.Write(); err != nil {
		return c.fail(err)
	}
	fmt.Fprint(c.out, builtText(result, target)+builtNeeds(f))
	if waiting := bufferText(f); waiting != "" {
		fmt.Fprint(c.out, "\nWhat buffers need\n"+waiting)
	}
	return exitFine
}

// tell prints a line for a person who waits.
func (c *console) tell(line string) { fmt.Fprintln(c.err, line) }

// builtText tells what was built and how to bring it to the machine.
func builtText(r gobuild.Result, t gobuild.Target) string {
	text := fmt.Sprintf("%s  %s  %s  %s\n", r.File, sizeText(r.Size), t, r.Took.Round(10*time.Millisecond))
	if t.OS != "linux" || t.Name == gobuild.Host().Name {
		return text
	}
	return text + fmt.Sprintf("\nCopy it over:  scp %s pi@raspberrypi.local:\n", quoteForShell(r.File))
}

func sizeText(bytes int64) string { return fmt.Sprintf("%.2f MB", float64(bytes)/1e6) }

// quoteForShell makes a file name one word.
func quoteForShell(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,@%") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
