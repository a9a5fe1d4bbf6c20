package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errMemberHides is a member of an enumeration that has the name of something
// else.
func errMemberHides(d *decl, name string, r rangeT, other *decl) *diag.Diagnostic {
	f := warning("W0110", "One word, two meanings", r, fmt.Sprintf("where %s is expected, `%s` means this", article(d.name), name))
	also(f, other.at, fmt.Sprintf("and not this `%s`, as everywhere else", name))
	f.Hint = fmt.Sprintf("give one of them another name. Where the member is meant, `%s.%s` says so.", d.name, name)
	return f
}

// errNoTable is something else where rows are wanted.
func errNoTable(k call, node hclsyntax.Expression, signature string) *diag.Diagnostic {
	f := finding("E0206", "Rows are missing", node.Range(), fmt.Sprintf("`%s` takes rows in braces", k.name))
	f.Hint = fmt.Sprintf("write `%s`, a row on each line.", signature)
	return f
}

// errAnswers is a table with answers of two sorts.
func (c *checker) errAnswers(first, x typed.Expr, common *types.Type) *diag.Diagnostic {
	f := c.errBranches(first, x)
	f.Summary = "The answers differ"
	f.Subject.Label = "this is " + x.Base().Type.Say()
	f.Related = nil
	also(f, first.Base().Range, "this is "+common.Say())
	if f.Why != "" && common.Kind != types.Record {
		f.Why = "Whichever row counts, the result must be of one sort."
	}
	return f
}

func (c *checker) errNoElse(k call, rows []*row) *diag.Diagnostic {
	f := finding("E0209", "This table forgets the rest", c.braceOf(k), "nothing here for when no row holds")
	f.Hint = "add"
	f.Example = "else = …\n\nas its last row."
	return f
}

func errBelowElse(other, below *row) *diag.Diagnostic {
	f := finding("E0209", "Nothing below `else` ever counts", below.at, "this row is never looked at")
	also(f, other.at, "`else` holds always")
	f.Why = "The first row that holds gives the answer."
	f.Hint = "make `else` the last row."
	return f
}

func (c *checker) errOnlyElse(r *row) *diag.Diagnostic {
	f := warning("W0403", "This `choose` has nothing to choose from", r.at, "`else` is its only row")
	f.Hint = "write the answer alone, or add rows above."
	return f
}

// braceOf is the opening brace of a table.
func (c *checker) braceOf(k call) rangeT {
	r := k.args[len(k.args)-1].Range()
	r.End = r.Start
	r.End.Byte++
	r.End.Column++
	return r
}

// errForgotten is a match without a row for some members.
func (c *checker) errForgotten(k call, x typed.Expr, missing []string) *diag.Diagnostic {
	f := finding("E0209", "This match forgets a case", c.braceOf(k), "nothing here for "+plainList(missing))
	if len(missing) > 1 {
		f.Summary = "This match forgets some cases"
	}
	also(f, x.Base().Type.Origin.Range, sayMembers(x.Base().Type))
	var lines string
	for _, name := range missing[:min(len(missing), 12)] {
		lines += padded(name, missing) + " = …\n"
	}
	f.Hint = "add"
	f.Example = lines + "\nor `else = …` if you really mean any other, now and in future."
	if x.Base().Type.Kind == types.Bool {
		f.Example = lines
	}
	return f
}

// padded is a name as wide as the widest of a list.
func padded(name string, list []string) string {
	width := 0
	for _, s := range list {
		width = max(width, len([]rune(s)))
	}
	return name + strings.Repeat(" ", max(width-len([]rune(name)), 0))
}

// sayMembers tells what an enumeration, a variant or a switch can be.
func sayMembers(t *types.Type) string {
	list := membersToMatch(t)
	what := "this"
	if t.Name != "" {
		what = article(t.Name)
	}
	return what + " is one of " + strings.Join(list, ", ")
}

func plainList(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// errNothingToMatch is a match over something that is not one of a few.
func (c *checker) errNothingToMatch(x typed.Expr, rows []*row) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0202", "This is not one of a few", x.Base().Range, "this is "+t.Say())
	origin(f, x)
	f.Why = "`match` has a row for each thing that something can be: the members of an `enum`, the cases of a `variant`, on and off."
	f.Hint = "for conditions there is `choose`:"
	test := x.Base().Text + " > " + exampleOf(t)
	if t.Kind == types.String {
		test = x.Base().Text + " == \"…\""
	}
	other := padded("else", []string{test})
	f.Example = fmt.Sprintf("choose({\n  %s = %s\n  %s = …\n})", test, c.text(rows[0].answer.Range()), other)
	return f
}

// errNoMemberRow is a row for something that the subject of a match cannot be.
func (c *checker) errNoMemberRow(x typed.Expr, all []string, r *row) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0104", "This is not one of the choices", r.at, fmt.Sprintf("`%s` is never `%s`", x.Base().Text, r.name))
	also(f, t.Origin.Range, sayMembers(t))
	if !didYouMean(f, r.name, all, r.at) {
		f.Hint = fmt.Sprintf("it is one of %s.", quoted(append([]string(nil), all...), "or"))
	}
	return f
}
