package check

import (
	"fmt"
	"path"

	"flowc/lang/diag"
)

// errFileOutside is the file of a database that does not lie below the program's folder.
func errFileOutside(at rangeT, text string) *diag.Diagnostic {
	f := finding("E0213", "This file lies outside the program's folder", at, "the program would not start")
	f.Why = "A path counts from the folder in which the program runs, as a service from its own state folder, and stays below it: nothing else is open to it."
	name := path.Base(text)
	if name == "." || name == ".." || name == "/" {
		name = "history.db"
	}
	f.Hint = fmt.Sprintf("write `\"%s\"`; the service NAME has it as `/var/lib/NAME/%s`.", name, name)
	replace(f, at, fmt.Sprintf("%q", name))
	return f
}

// errCaptureWritten is a capture of a topic or path that is written as a value.
func (c *checker) errCaptureWritten(at rangeT, name string) *diag.Diagnostic {
	f := finding("E0104", "There is no such name", at, fmt.Sprintf("nothing here is called `%s`", name))
	f.Why = "`${…}` puts a value in. A level that may be anything is captured, in braces alone, and gets this name."
	f.Hint = fmt.Sprintf("write `{%s}`.", name)
	dollar := at
	dollar.Start = at.Start
	if dollar.Start.Byte >= 2 && c.src(rangeT{Filename: at.Filename, Start: before(at.Start, 2), End: at.Start}) == "${" {
		dollar.Start = before(at.Start, 2)
		dollar.End = advanced(dollar.Start, "$")
		replace(f, dollar, "")
	}
	return f
}
