package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// errBufferForm is a buffer that is no object.
func errBufferForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This is written differently", a.Expr.Range(), "settings in braces are needed here")
	f.Hint = "say how long something may wait:"
	f.Example = "buffer = { keep = 24.h }"
	return f
}

func errBufferSetting(name string, r rangeT, known []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", r, fmt.Sprintf("a buffer has no `%s`", name))
	if !didYouMean(f, name, known, r) {
		f.Hint = "it has " + listed(known) + "."
	}
	return f
}

// errBufferKeep is a buffer that does not say how long it keeps.
func errBufferKeep(r rangeT) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", r, "a buffer needs `keep`")
	f.Why = "What is older than that is dropped: a receiver that never comes back must not fill the disk."
	f.Hint = "add"
	f.Example = "keep = 24.h"
	return f
}

// errBufferFull is a policy beside a buffer, which has its own.
func errBufferFull(full, buffer *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "The buffer decides this", full.NameRange, "this is about what waits in memory")
	also(f, buffer.NameRange, "and here it waits in the buffer")
	f.Hint = "say it there:"
	f.Example = "buffer = { keep = 24.h, on_full = block }"
	return f
}

// errOldBufferTaken is a sink that would take over what waits for another that is
// there.
func errOldBufferTaken(r rangeT, other *decl) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", r, fmt.Sprintf("`%s` sends what waits for it", other.name))
	also(f, other.at, "it is here")
	f.Hint = "`renamed_from` is the name that the block had before, which nothing else has now."
	return f
}

// errNothingRenamed is a former name of a thing that keeps nothing.
func errNothingRenamed(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "There is nothing to take over", a.NameRange, "nothing of this outlives the program")
	f.Hint = "a former name is for what waits in a `buffer`; leave it out."
	return f
}
