package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
)

// errSilence is a source that may fall silent without an actuator noticing.
func errSilence(s *silent) *diag.Diagnostic {
	first := s.ins[0]
	f := finding("E0802", "This sensor could die and nobody would notice", first.in.X.Base().Range,
		fmt.Sprintf("and `%s` keeps following the last one", first.d.name))
	also(f, s.source.at, "messages arrive here whenever the sender pleases")
	names, held := followers(s)
	stay := "stay as it is"
	if len(names) > 1 {
		stay = "stay as they are"
	}
	all := quoted(names, "and")
	f.Why = fmt.Sprintf("If the sender stops, %s would %s for ever.", all, stay)
	stale := s.field.Name + " = 2.h"
	never := s.field.Name + " = never"
	in := fmt.Sprintf("(in `%s`)", s.source.name)
	nature := fieldOfRole(s.source.kind, catalog.RoleNature)
	if held && nature != nil {
		f.Hint = "say what its messages are: orders, which hold until the next one, or measurements that grow old:"
		f.Example = rows(nature.Name+" = command", in, stale, "if it measures something", never, "if that is really what you want")
		return f
	}
	f.Hint = fmt.Sprintf("say how long silence may last; after that %s to %s safe state:", goes(all, len(names)), its(len(names)))
	f.Example = rows(stale, in, never, "if that is really what you want")
	return f
}

// followers are the names of what follows a source, and whether all of them only
// remember it.
func followers(s *silent) (names []string, held bool) {
	held = true
	for _, f := range s.ins {
		held = held && f.held
		if !contains(names, f.d.name) {
			names = append(names, f.d.name)
		}
	}
	return names, held
}

func goes(names string, n int) string {
	if n > 1 {
		return names + " go"
	}
	return names + " goes"
}

func its(n int) string {
	if n > 1 {
		return "their"
	}
	return "its"
}
