package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// console is where a command reads and prints.
type console struct {
	in       io.Reader
	out, err io.Writer
	// color allows ANSI colours on out and err; live says that a person sits at in and out.
	colorOut, colorErr, live bool
}

func standardConsole() *console {
	out, err := isTerminal(os.Stdout), isTerminal(os.Stderr)
	plain := os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb"
	return &console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		colorOut: out && !plain, colorErr: err && !plain,
		live: out && isTerminal(os.Stdin) && os.Getenv("TERM") != "dumb",
	}
}

// isTerminal reports whether f is a character device other than the null device.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// fail tells a problem that is not a finding in a flow.
func (c *console) fail(err error) int {
	fmt.Fprintf(c.err, "flowc: %s\n", err)
	return exitFindings
}

// usage tells how a command was misused.
func (c *console) usage(name, problem string) int {
	fmt.Fprintf(c.err, "flowc %s: %s; `flowc help %s` tells how to use it\n", name, strings.TrimSuffix(problem, "."), name)
	return exitUsage
}
