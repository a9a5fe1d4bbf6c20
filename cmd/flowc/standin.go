package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// standIn is what a secret is in a simulation where nobody gave it: nothing real is reached, so nobody asks for the true
// one. standInURL is one that is an address.
const (
	standIn    = "simulated"
	standInURL = "http://simulated.invalid"
)

// standIns are the variables for secrets that nobody gave, with a line for each that says so. missing are the settings
// without which the program cannot start: nobody knows what to put in their place, nor in that of a secret of something
// real.
func (s *simulation) standIns() (env, said []string, missing []*typed.Setting) {
	inFile := s.settingsFile()
	for _, t := range s.flow.Typed.Settings {
		secret := t.Type.Kind == types.Secret
		if t.Default != nil || inFile[t.Name] || inFile[t.Env] || givenOutside(t, secret) {
			continue
		}
		if !secret || s.reachesOut() {
			missing = append(missing, t)
			continue
		}
		text := standIn
		if s.isAddress(t) {
			text = standInURL
		}
		env = append(env, t.Env+"="+text)
		said = append(said, fmt.Sprintf("secret %s is not given; in this simulation it is %q", t.Name, text))
	}
	return env, said, missing
}

// reachesOut tells whether the program reaches anything that is not simulated.
func (s *simulation) reachesOut() bool {
	return s.realHTTP || s.realBroker || hasThing(s.flow, func(t *typed.Thing) bool { return t.Kind.Name == "postgres" })
}

// isAddress tells whether a secret is an address, or a part of one.
func (s *simulation) isAddress(secret *typed.Setting) bool {
	is := func(x typed.Expr) bool {
		found := false
		typed.Visit(x, func(n typed.Expr) {
			if r, ok := n.(*typed.SettingRef); ok && r.Setting == secret {
				found = true
			}
		})
		return found
	}
	return hasThing(s.flow, func(t *typed.Thing) bool {
		for _, set := range t.Settings {
			if set.Field.Name == "url" && set.X != nil && is(set.X) {
				return true
			}
		}
		for _, in := range t.Inputs {
			if in.Field.Name == "url" && is(in.X) {
				return true
			}
		}
		return false
	})
}

// givenOutside tells whether the environment gives a setting, or a credential a secret.
func givenOutside(t *typed.Setting, secret bool) bool {
	if _, ok := os.LookupEnv(t.Env); ok {
		return true
	}
	dir := os.Getenv("CREDENTIALS_DIRECTORY")
	if !secret || dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, t.Name))
	return err == nil
}

// settingsFile are the names that the file of -settings gives. What is wrong with it the program tells.
func (s *simulation) settingsFile() map[string]bool {
	names := map[string]bool{}
	if len(s.args) < 2 {
		return names
	}
	data, err := os.ReadFile(s.args[1])
	if err != nil {
		return names
	}
	for line := range strings.Lines(string(data)) {
		if name, _, ok := strings.Cut(line, "="); ok && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			names[strings.TrimSpace(name)] = true
		}
	}
	return names
}

// notGiven says which settings are missing and how to give them, with lines to paste.
type notGiven struct {
	missing []*typed.Setting
	path    string
}

func (e notGiven) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the flow needs what is not given:\n\n")
	width, line, secret := 0, "", ""
	for _, t := range e.missing {
		width = max(width, len(t.Name))
	}
	for _, t := range e.missing {
		fmt.Fprintf(&b, "    %-*s  %s\n", width, t.Name, t.Type.Say())
		line += t.Env + "=… "
		if t.Type.Kind == types.Secret {
			secret = t.Name
		}
	}
	fmt.Fprintf(&b, "\n  Give it with the command:\n\n    %sflowc run %s\n", line, e.path)
	fmt.Fprintf(&b, "\n  or in a file, say flow.env, for `flowc run -settings flow.env %s`:\n\n", e.path)
	for _, t := range e.missing {
		fmt.Fprintf(&b, "    %s = …\n", t.Name)
	}
	if secret != "" {
		b.WriteString("\n  A file with a secret must be closed to others: chmod 600 flow.env\n")
	} else {
		b.WriteString("\n  or say in the flow what it is where nobody gives it: default = …\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
