package main

import (
	"fmt"
	"strings"
)

func helpCommand() command {
	return command{
		name: "help", args: "[COMMAND]", summary: "tell more about a command",
		run: runHelp,
	}
}

func runHelp(c *console, args []string) int {
	o := newOptions("help")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	if len(o.rest) == 0 {
		fmt.Fprint(c.out, overview())
		return exitFine
	}
	found, ok := findCommand(o.rest[0])
	if !ok {
		return c.usage("help", unknownCommand(o.rest[0]))
	}
	fmt.Fprint(c.out, found.help())
	return exitFine
}

// overview lists the commands.
func overview() string {
	var b strings.Builder
	b.WriteString("flowc makes programs for a Raspberry Pi from flow files.\n\nUsage: flowc COMMAND [PATH]\n\nPATH is a folder with .hcl files, or one file; without it, the current folder.\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s %s\n", c.name, c.summary)
	}
	b.WriteString("\nA program that was built has commands of its own, which `PROGRAM help` lists: it tries out its settings, pins and\nconnections (--check), puts its outputs safe (safe-state), and shows what was refused for good (dead-letters).\n")
	b.WriteString("\n`flowc help COMMAND` tells more. Exit codes: 0 fine, 1 findings, 2 wrong usage.\n")
	return b.String()
}

func (c command) help() string {
	text := strings.TrimSpace("flowc "+c.name+" "+c.args) + "\n\n" + strings.ToUpper(c.summary[:1]) + c.summary[1:] + ".\n"
	if c.details != "" {
		text += "\n" + strings.TrimSpace(c.details) + "\n"
	}
	return text
}
