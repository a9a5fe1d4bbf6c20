package compiler

import (
	"fmt"
	"slices"
	"strings"

	"flowc/compiler/lock"
	"flowc/compiler/plan"
	"flowc/lang/diag"
	"flowc/lang/typed"
)

// Deploy holds what a new version of a flow remembers and keeps in databases against what
// the one before did, as flow.lock has it. Found lists what would be lost, except for the names in forget; where
// there is none, Write notes the new version.
func (f *Flow) Deploy(forget []string) (found diag.List, l *lock.File, err error) {
	if l, err = lock.Beside(f.Path); err != nil {
		return nil, nil, err
	}
	now := plan.New(f.Typed).Remembered()
	var entries []lock.Entry
	for _, r := range now {
		entries = append(entries, lock.Entry{Name: r.Name, Form: r.Form})
	}
	for _, old := range l.Memory(f.Name) {
		if slices.Contains(forget, old.Name) {
			continue
		}
		n := slices.IndexFunc(now, func(r plan.Remembered) bool { return r.Name == old.Name || r.Was == old.Name })
		switch {
		case n < 0:
			found = append(found, errForgotten(f.Typed, old))
		case !now[n].Reads(old.Form) && !now[n].Migrates(old.Form):
			found = append(found, errMisread(now[n], old))
		}
	}
	l.SetMemory(f.Name, entries)
	found = append(found, f.deployTables(l, forget)...)
	found.Sort()
	return found, l, nil
}

const loseWhy = "The program that runs now has stored it, and this one could not use it."

// errForgotten is something that is not there any more.
func errForgotten(p *typed.Program, old lock.Entry) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: "E1201", Summary: "This deploy would lose what was remembered", Why: loseWhy}
	d.Subject = diag.Span{Range: diag.At(lock.Name, 1, 1, 0), Label: fmt.Sprintf("`%s` is gone", old.Name)}
	if p.Persist != nil {
		d.Subject.Range = p.Persist.Range
		d.Subject.Label = fmt.Sprintf("kept so far: `%s`, %s; nothing here has that name", old.Name, old.Form)
	}
	block, waits := strings.CutSuffix(old.Name, plan.BufferSuffix)
	if waits {
		d.Why = "What waits in the buffer would never be sent."
	}
	d.Hint = fmt.Sprintf("did a block get another name? Then say in it `renamed_from = %q`. If it is meant to go:", block)
	d.Example = "flowc build --forget " + old.Name
	return d
}

// errMisread is something of another form than before.
func errMisread(r plan.Remembered, old lock.Entry) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: "E1201", Summary: "This deploy would lose what was remembered", Why: loseWhy}
	d.Subject = diag.Span{Range: diag.At(r.Pos.File, r.Pos.Line, r.Pos.Col, len(r.Name)), Label: fmt.Sprintf("this is now %s, and was %s", r.Form, old.Form)}
	d.Hint = "give it another name to keep both for a while. If it may begin anew:"
	enum, gone, added := r.Renamed(old.Form)
	switch {
	case enum != "":
		d.Hint = fmt.Sprintf("members of `%s` are gone: %s. Did they get another name? Then say so in it; else it can begin anew with `flowc build --forget %s`:", enum, strings.Join(gone, ", "), old.Name)
		d.Example = fmt.Sprintf("renamed_from = { %s = %q }", newName(added), gone[0])
		return d
	case r.From != "":
		d.Hint = fmt.Sprintf("`migrate` takes %s; let its function take what was kept. If it may begin anew:", r.From)
	case strings.HasPrefix(r.Form, "state ") && strings.HasPrefix(old.Form, "state "):
		d.Hint = "say in it with `migrate = …` which function makes the new one of the old. If it may begin anew:"
	}
	d.Example = "flowc build --forget " + old.Name
	return d
}

// newName is what a member may be called now.
func newName(added []string) string {
	if len(added) == 0 {
		return "…"
	}
	return added[0]
}
