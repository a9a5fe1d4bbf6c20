package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// errPersistForm is `persist` of a program that is no object.
func errPersistForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This is written differently", a.Expr.Range(), "settings in braces are needed here")
	f.Hint = "say where the program keeps what it remembers:"
	f.Example = "persist = { file = \"state.db\", every = 1.min, what = all }"
	return f
}

func errPersistSetting(name string, r rangeT, known []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", r, fmt.Sprintf("`persist` has no `%s`", name))
	if !didYouMean(f, name, known, r) {
		f.Hint = "it has " + listed(known) + "."
	}
	return f
}

func errPersistWhat(r rangeT) *diag.Diagnostic {
	f := finding("E0104", "This is not one of the choices", r, "it is `all` or `marked`")
	f.Why = "`what` says whether everything that remembers is kept, or only blocks with `persist = true`."
	return f
}

func errPersistFile(r rangeT) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", r, "`persist` needs `file`")
	f.Why = "It names the file that holds what the program remembers."
	f.Hint = "add"
	f.Example = "file = \"state.db\""
	return f
}

// errPersistOften is a period that would wear out the card.
func errPersistOften(r rangeT) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", r, "5.s or more is needed")
	f.Why = "Each time, what has changed is written to the disk; an SD card wears out by that."
	return f
}

// errKeptNowhere is a block to be kept in a program that keeps nothing.
func errKeptNowhere(d *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0108", "Where should this be kept?", a.NameRange, fmt.Sprintf("`%s` is to outlive the program", d.name))
	f.Why = "The program does not say in which file it keeps what it remembers."
	f.Hint = "say it once:"
	f.Example = "program {\n  edition = 1\n  persist = { file = \"state.db\" }\n}"
	return f
}

// errKeptAnyway is `persist = false` in a program that keeps everything.
func errKeptAnyway(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "This is kept all the same", a.Range, "the program keeps all that it remembers")
	f.Hint = "with `what = marked` in `persist` of `program` only blocks with `persist = true` are kept."
	return f
}

// errOldNameTaken is a block that would take over the memory of another that is there.
func errOldNameTaken(r rangeT, other *decl) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", r, fmt.Sprintf("`%s` keeps its own memory", other.name))
	also(f, other.at, "it is here")
	f.Hint = "`renamed_from` is the name that the block had before, which nothing else has now."
	return f
}
