package compiler

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"flowc/compiler/lock"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// deployTables holds the tables of a new version of a flow against those of the one before, as flow.lock has them, and
// notes the new ones. What the runtime would refuse at its start is found here; so is what it cannot find, a file or a
// table that nothing reads or writes any more.
func (f *Flow) deployTables(l *lock.File, forget []string) (found diag.List) {
	var now []lock.Column
	for _, th := range f.Typed.Things {
		for _, t := range th.Tables {
			for _, c := range t.Row.Fields {
				now = append(now, lock.Column{
					Database: th.Name, File: th.DatabaseFile(), Table: t.Name, Name: c.Name,
					Type: typed.ColumnType(c.Type), Optional: c.Type.Kind == types.Optional, Members: membersOf(c.Type),
				})
			}
		}
	}
	d := &layout{flow: f.Typed, forget: forget, old: l.Columns(f.Name)}
	d.compare()
	l.SetColumns(f.Name, now)
	return d.found
}

// layout compares the tables of two versions.
type layout struct {
	flow   *typed.Program
	forget []string
	old    []lock.Column
	found  diag.List
}

func (l *layout) compare() {
	seen := map[string]bool{}
	for _, old := range l.old {
		th := l.database(old)
		if th == nil {
			l.once(seen, old.Database, errDatabaseGone(l.flow, old))
			continue
		}
		if file := th.DatabaseFile(); file != "" && old.File != "" && file != old.File {
			l.once(seen, th.Name, errOtherFile(th, file, old))
			continue
		}
		t := tableOf(th, old.Table)
		if t == nil {
			l.once(seen, th.Name+"."+old.Table, errTableGone(th, old))
			continue
		}
		l.column(th, t, old)
	}
	l.added()
}

// database is the thing that has the tables now: the one with the same file, whatever its name, else with the same
// name.
func (l *layout) database(old lock.Column) *typed.Thing {
	var found *typed.Thing
	for _, th := range l.flow.Things {
		switch {
		case len(th.Tables) == 0:
		case old.File != "" && th.DatabaseFile() == old.File:
			return th
		case th.Name == old.Database:
			found = th
		}
	}
	return found
}

func tableOf(th *typed.Thing, name string) *typed.Table {
	for _, t := range th.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// column compares one that was there before.
func (l *layout) column(th *typed.Thing, t *typed.Table, old lock.Column) {
	name := th.Name + "." + old.Table + "." + old.Name
	c, ok := t.Row.Field(old.Name)
	switch {
	case !ok:
		l.tell(name, errColumnGone(th, t, name, old))
	case typed.ColumnType(c.Type) != old.Type:
		l.tell(name, errOtherType(th, c, name, old))
	case old.Optional && c.Type.Kind != types.Optional:
		l.tell(name, errNotMissing(th, c, name, old))
	default:
		if gone := without(old.Members, membersOf(c.Type)); len(gone) > 0 {
			l.tell(name, errMembersGone(l.flow, th, c, name, old, gone))
		}
	}
}

// added looks for columns that were not there before, in tables that were: rows that are there have nothing for them.
func (l *layout) added() {
	for _, th := range l.flow.Things {
		for _, t := range th.Tables {
			mine := func(old lock.Column) bool { return old.Table == t.Name && l.database(old) == th }
			if !slices.ContainsFunc(l.old, mine) {
				continue // a new table
			}
			for _, c := range t.Row.Fields {
				there := slices.ContainsFunc(l.old, func(old lock.Column) bool { return mine(old) && old.Name == c.Name })
				if name := th.Name + "." + t.Name + "." + c.Name; !there && c.Type.Kind != types.Optional {
					l.tell(name, errNewColumn(th, c, name, t))
				}
			}
		}
	}
}

// once tells what is so for many columns.
func (l *layout) once(seen map[string]bool, name string, d *diag.Diagnostic) {
	if !seen[name] {
		seen[name] = true
		l.tell(name, d)
	}
}

func (l *layout) tell(name string, d *diag.Diagnostic) {
	if slices.Contains(l.forget, name) {
		return
	}
	d.Code = "E1202"
	if d.Example == "" {
		d.Example = "flowc build --forget " + name
	}
	l.found = append(l.found, d)
}

// startWhy is what the program would do with a column that is not what it was.
func startWhy(server bool) string {
	if server {
		return "The program would write nothing: the rows that are in the database would be misread, or lost without a word."
	}
	return "The program would refuse to start: the rows that are in the file would be misread, or lost without a word."
}

// leftWhy is what becomes of what a program has no table for.
func leftWhy(server bool) string {
	return "What is in the " + placeWord(server) + " stays there, but this program would neither see it nor add to it."
}

// refuses is what the program would do when it looks at its tables.
func refuses(server bool) string {
	if server {
		return "The program would write nothing"
	}
	return "The program would refuse to start"
}

func placeWord(server bool) string {
	if server {
		return "database"
	}
	return "file"
}

// onServer reports whether a column was kept by a server.
func onServer(old lock.Column) bool { return strings.Contains(old.File, "://") }

func errDatabaseGone(p *typed.Program, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "This deploy would leave a database behind", Why: leftWhy(onServer(old))}
	d.Subject = diag.Span{Range: diag.At(lock.Name, 1, 1, 0), Label: fmt.Sprintf("`%s` is gone", old.Database)}
	d.Hint = fmt.Sprintf("`%s` kept its rows in %s. A thing with that %s takes them over, whatever its name. If they are not needed any more:", old.Database, fileText(old), placeWord(onServer(old)))
	return d
}

func fileText(old lock.Column) string {
	if old.File == "" {
		return "its file"
	}
	return old.File
}

func errOtherFile(th *typed.Thing, file string, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "This deploy would begin with an empty " + placeWord(th.OnServer()), Why: leftWhy(th.OnServer())}
	d.Subject = spanOf(th, fmt.Sprintf("its rows were in %s, and would go to %s", old.File, file))
	d.Hint = fmt.Sprintf("rename the file where the program runs, or keep `file = %q`. Then, or if it may begin anew:", old.File)
	if th.OnServer() {
		d.Hint = "if it is the same by another name, if its rows were copied, or if it may begin anew:"
	}
	return d
}

func errTableGone(th *typed.Thing, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "This deploy would leave a table behind", Why: leftWhy(th.OnServer())}
	d.Subject = spanOf(th, fmt.Sprintf("it had a table `%s`, which is gone", old.Table))
	d.Hint = fmt.Sprintf("a table keeps the name that it has in its %s. To go on with it write `table %s` again; if it is not needed any more:", placeWord(th.OnServer()), old.Table)
	return d
}

func errColumnGone(th *typed.Thing, t *typed.Table, name string, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "This deploy would lose a column", Why: startWhy(th.OnServer())}
	d.Subject = diag.Span{Range: t.At, Label: fmt.Sprintf("`%s`, %s, is gone", old.Name, written(old.Type))}
	d.Hint = fmt.Sprintf("keep it as `%s = optional(%s)`. If it is to go, take it out of the %s first%s:", old.Name, written(old.Type), placeWord(th.OnServer()), where(th))
	d.Example = fmt.Sprintf("%s'ALTER TABLE \"%s\" DROP COLUMN \"%s\"'\nflowc build --forget %s", tool(th, old), old.Table, old.Name, name)
	return d
}

// where is the machine on which a file is worked on.
func where(th *typed.Thing) string {
	if th.OnServer() {
		return ""
	}
	return ", where the program runs"
}

func fileOr(old lock.Column, other string) string {
	if old.File == "" {
		return other
	}
	return old.File
}

func errOtherType(th *typed.Thing, c types.Field, name string, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "This deploy would misread a column", Why: startWhy(th.OnServer())}
	d.Subject = diag.Span{Range: c.Range, Label: fmt.Sprintf("this is now %s, and was %s", bareType(c.Type), written(old.Type))}
	d.Hint = fmt.Sprintf("leave it as it was, and give the new column another name: `%s_new = optional(%s)`. A quantity is converted where it is written and read, so a column need not change its unit. If the %s begins anew:", c.Name, bareType(c.Type), placeWord(th.OnServer()))
	return d
}

func errNotMissing(th *typed.Thing, c types.Field, name string, old lock.Column) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "Rows without this may be there", Why: refuses(th.OnServer()) + " if one row in the " + placeWord(th.OnServer()) + " lacks it."}
	d.Subject = diag.Span{Range: c.Range, Label: fmt.Sprintf("this was optional(%s)", bareType(c.Type))}
	d.Hint = fmt.Sprintf("write `%s = optional(%s)`. If no row lacks it:", c.Name, bareType(c.Type))
	return d
}

func errNewColumn(th *typed.Thing, c types.Field, name string, t *typed.Table) *diag.Diagnostic {
	d := &diag.Diagnostic{Summary: "The rows that are there have nothing for this", Why: refuses(th.OnServer()) + " if the table has rows."}
	d.Subject = diag.Span{Range: c.Range, Label: fmt.Sprintf("`%s` had no such column", t.Name)}
	d.Hint = fmt.Sprintf("write `%s = optional(%s)`. If the table is empty:", c.Name, bareType(c.Type))
	return d
}

// bareType is the type of a column as a flow writes it.
func bareType(t *types.Type) string {
	if t.Kind == types.Optional {
		t = t.Elem
	}
	if t.Kind == types.Duration {
		return t.Unit.Name
	}
	return t.String()
}

// written is a type of flow.lock as a flow writes it: what counts time is noted by what it counts.
func written(noted string) string {
	text, ok := strings.CutPrefix(noted, "duration in ")
	counts, err := time.ParseDuration(text)
	if !ok || err != nil {
		return noted
	}
	for _, u := range unit.Durations() {
		if time.Duration(u.Nanoseconds) == counts {
			return u.Name
		}
	}
	return noted
}

func spanOf(th *typed.Thing, label string) diag.Span {
	return diag.Span{Range: diag.At(th.Pos.File, th.Pos.Line, th.Pos.Col, len(th.Name)), Label: label}
}
