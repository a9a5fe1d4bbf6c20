package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// options are the flags of a command. Unlike package flag alone, they may stand behind the paths too.
type options struct {
	*flag.FlagSet
	rest []string
}

func newOptions(name string) *options {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return &options{FlagSet: set}
}

// parse reads args, of which at most most may be no flags (-1: any number). done is true when there is nothing more
// to do, with the exit code.
func (o *options) parse(c *console, args []string, most int) (code int, done bool) {
	for {
		err := o.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			found, _ := findCommand(o.Name())
			fmt.Fprint(c.out, found.help())
			return exitFine, true
		}
		if err != nil {
			return c.usage(o.Name(), plainFlagError(err)), true
		}
		if o.NArg() == 0 {
			break
		}
		o.rest = append(o.rest, o.Arg(0))
		args = o.Args()[1:]
	}
	if most >= 0 && len(o.rest) > most {
		return c.usage(o.Name(), fmt.Sprintf("%q is one too many", o.rest[most])), true
	}
	return exitFine, false
}

// plainFlagError rewords package flag's messages.
func plainFlagError(err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		return "there is no option " + name
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return "the option " + name + " needs a value"
	}
	return text
}

// path is the flow that the command works on.
func (o *options) path() string {
	if len(o.rest) == 0 {
		return "."
	}
	return o.rest[0]
}
