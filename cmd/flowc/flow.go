package main

import (
	"fmt"
	"strings"

	"flowc/compiler"
	"flowc/lang/diag"
)

// checkedFlow reads a flow for a command that needs one without errors; nil means that they were told.
func checkedFlow(c *console, path string) *compiler.Flow {
	f := compiler.Check(path)
	if len(f.Found) > 0 {
		f.Found.Text(c.err, f.Sources, diag.Options{Color: c.colorErr})
		fmt.Fprintln(c.err)
	}
	if f.Typed == nil {
		fmt.Fprintln(c.err, countFindings(f.Found))
		return nil
	}
	return f
}

// checkedProgram is checkedFlow for a command that makes a program of it; a library is none.
func checkedProgram(c *console, path string) *compiler.Flow {
	f := checkedFlow(c, path)
	if f == nil || len(f.Typed.Offers) == 0 {
		return f
	}
	name := f.Typed.Offers[0]
	c.fail(fmt.Errorf("%s is a library and does nothing by itself: it offers %s. A flow brings that in, `use %s { from = \"./…\" }`; "+
		"`flowc doc %s` shows it, and `flowc check` checks it", path, strings.Join(f.Typed.Offers, ", "), name, path))
	return nil
}

// countFindings is "2 errors, 1 warning".
func countFindings(found diag.List) string {
	warnings := 0
	for _, d := range found {
		if d.Severity == diag.Warning {
			warnings++
		}
	}
	errors := len(found) - warnings
	switch {
	case errors == 0:
		return plural(warnings, "warning")
	case warnings == 0:
		return plural(errors, "error")
	}
	return plural(errors, "error") + ", " + plural(warnings, "warning")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
