// Command flowc checks flows, builds them into programs for a Raspberry Pi, and runs them here with simulated pins
// and a broker of their own. Each subcommand has its file.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	_ "time/tzdata" // where the machine has no list of time zones

	"flowc/lang/catalog"
)

// Exit codes.
const (
	exitFine     = 0
	exitFindings = 1
	exitUsage    = 2
	exitMistake  = 3 // of flowc itself
)

func main() {
	c := standardConsole()
	os.Exit(guarded(c, func() int { return run(c, os.Args[1:]) }))
}

// guarded says it in words when flowc itself is wrong: nobody shall meet a stack trace who did not ask for it.
func guarded(c *console, work func() int) (code int) {
	defer func() {
		if v := recover(); v != nil {
			fmt.Fprintf(c.err, "flowc: this is a mistake of flowc, not of the flow: %v\n", v)
			if os.Getenv("FLOWC_TRACE") != "" {
				c.err.Write(debug.Stack())
			} else {
				fmt.Fprintln(c.err, "Please report it together with the flow; with FLOWC_TRACE=1 it tells where it happened.")
			}
			code = exitMistake
		}
	}()
	return work()
}

// command is a subcommand.
type command struct {
	name string
	// args are shown behind the name, summary in the list of all commands, and details by `flowc help NAME`.
	args, summary, details string
	run                    func(c *console, args []string) int
}

// commands lists the subcommands in the order in which a person meets them.
func commands() []command {
	return []command{
		checkCommand(), runCommand(), testCommand(), buildCommand(), unitCommand(), genCommand(), getCommand(), fmtCommand(),
		explainCommand(), docCommand(), graphCommand(), learnCommand(), consoleCommand(), versionCommand(), helpCommand(),
	}
}

func findCommand(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func run(c *console, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(c.err, overview())
		return exitUsage
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	if found, ok := findCommand(name); ok {
		return found.run(c, args[1:])
	}
	fmt.Fprintf(c.err, "flowc: %s; `flowc help` lists the commands\n", unknownCommand(name))
	return exitUsage
}

func unknownCommand(name string) string {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	text := fmt.Sprintf("there is no command %q", name)
	if near := catalog.Nearest(name, names); len(near) > 0 {
		return text + fmt.Sprintf(", did you mean %q?", near[0])
	}
	if strings.HasSuffix(name, ".hcl") {
		return text + fmt.Sprintf(", did you mean \"check %s\"?", name)
	}
	return text
}
