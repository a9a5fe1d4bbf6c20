package compiler

import (
	"fmt"
	"slices"
	"strings"

	"flowc/compiler/lock"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// membersOf are the members of a column whose type is an enumeration of the flow.
func membersOf(t *types.Type) []string {
	if t = bare(t); t.Kind == types.Enum && t.GoType == "" {
		return t.Values
	}
	return nil
}

func bare(t *types.Type) *types.Type {
	if t.Kind == types.Optional {
		return t.Elem
	}
	return t
}

// without are the members of a list that are not in another.
func without(list, other []string) (rest []string) {
	for _, m := range list {
		if !slices.Contains(other, m) {
			rest = append(rest, m)
		}
	}
	return rest
}

// errMembersGone is a column whose rows may hold members that there are no more. What
// `renamed_from` says is of what the program keeps itself: rows hold the name as a text, and so do the statements
// that look for them.
func errMembersGone(p *typed.Program, th *typed.Thing, c types.Field, name string, old lock.Column, gone []string) *diag.Diagnostic {
	enum := bare(c.Type)
	d := &diag.Diagnostic{Summary: "The rows that are there may hold a member that is gone"}
	d.Why = "Rows hold the name of a member as a text, and a query that meets one of these would fail."
	d.Subject = diag.Span{Range: c.Range, Label: "this could be " + quotedList(gone) + " too"}
	if n := slices.IndexFunc(p.Enums, func(t *types.Type) bool { return t.Name == enum.Name }); n >= 0 {
		d.Related = []diag.Span{{Range: p.Enums[n].Origin.Range, Label: "its members are declared here"}}
	}
	d.Hint = fmt.Sprintf("keep %s in `values`; or change the rows%s, once the old version was stopped and before this one starts:", quotedList(gone), where(th))
	var lines []string
	for _, m := range gone {
		update := fmt.Sprintf("UPDATE %s SET %s = %s WHERE %[2]s = %[4]s", identifier(old.Table), identifier(old.Name), literal(becomes(enum, m, old.Members)), literal(m))
		lines = append(lines, tool(th, old)+shellText(update))
	}
	d.Example = strings.Join(append(lines, "flowc build --forget "+name), "\n")
	return d
}

// becomes is what a member is called now: as `renamed_from` says, else the first that is new and was nothing before,
// or else any.
func becomes(enum *types.Type, member string, had []string) string {
	taken := slices.Clone(had)
	for _, f := range enum.Former {
		if f.Was == member {
			return f.Now
		}
		taken = append(taken, f.Now)
	}
	return append(without(enum.Values, taken), enum.Values[0])[0]
}

func quotedList(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// tool is the command that carries out a statement.
func tool(th *typed.Thing, old lock.Column) string {
	if th.OnServer() {
		return "psql -c "
	}
	return "sqlite3 " + fileOr(old, "FILE") + " "
}

// shellText is a text as a shell takes it, quotes of both sorts included.
func shellText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(s) + `"`
}
