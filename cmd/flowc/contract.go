package main

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// contract is what a thing with a level promises: when it is safe, how long it may
// run, and what else holds whatever the flow wants.
func contract(p *typed.Program, t *typed.Thing) []string {
	drive := driveOf(t)
	if drive == nil {
		return nil
	}
	safe := safeText(t)
	n := gather(drive.X)
	var lines []string
	for _, s := range n.sources {
		switch {
		case n.branches:
			lines = append(lines, fmt.Sprintf("%s while it needs %s and there is none%s", safe, s.what(), s.silence(" for ")))
		default:
			lines = append(lines, fmt.Sprintf("%s until %s", safe, s.first()))
			if s.stale > 0 {
				lines = append(lines, fmt.Sprintf("%s when %s", safe, s.silent()))
			}
		}
	}
	for _, text := range n.happen {
		lines = append(lines, fmt.Sprintf("%s until `%s` has happened", safe, text))
	}
	if len(n.fail) > 0 {
		lines = append(lines, fmt.Sprintf("%s while `%s` fails", safe, strings.Join(n.fail, "`, `")))
	}
	lines = append(lines, limitLines(t, safe)...)
	for _, i := range p.Interlocks {
		if slices.Contains(i.Members, t) {
			lines = append(lines, fmt.Sprintf("%s while %s is on (interlock %s)", safe, others(i.Members, t), i.Name))
		}
	}
	for _, rule := range p.Invariants {
		if slices.Contains(rule.Actuators, t) {
			lines = append(lines, fmt.Sprintf("%s while it would break the rule %q", safe, rule.Text))
		}
	}
	return append(lines, safe+" when the program stops")
}

func driveOf(t *typed.Thing) *typed.Input {
	for _, in := range t.Inputs {
		if in.Field.Role == catalog.RoleDrive {
			return in
		}
	}
	return nil
}

// safeText is "off", "on" or the safe level.
func safeText(t *typed.Thing) string {
	for _, s := range t.Settings {
		k, ok := s.X.(*typed.Const)
		if s.Field.Name != "safe" || !ok {
			continue
		}
		switch k.V {
		case true:
			return "on"
		case false:
			return "off"
		}
		return "at " + k.Text
	}
	return "off"
}

// limitLines are max_on and rest in words.
func limitLines(t *typed.Thing, safe string) []string {
	maxOn, rest := settingText(t, "max_on"), settingText(t, "rest")
	running := "on"
	if strings.HasPrefix(safe, "at ") {
		running = "not " + safe
	}
	switch {
	case maxOn != "" && rest != "":
		return []string{fmt.Sprintf("%s at most %s, then %s at least %s", running, maxOn, safe, rest)}
	case maxOn != "":
		return []string{fmt.Sprintf("%s at most %s, then %s until it was not wanted once", running, maxOn, safe)}
	case rest != "":
		return []string{fmt.Sprintf("%s at least %s between two runs, and after the start", safe, rest)}
	}
	return nil
}

// settingText is a time that a thing was given, in words; "" for none.
func settingText(t *typed.Thing, name string) string {
	for _, s := range t.Settings {
		if s.Field.Name != name {
			continue
		}
		if k, ok := s.X.(*typed.Const); ok {
			if d, ok := durationOf(k.V); ok && d > 0 {
				return durationText(d)
			}
			return ""
		}
		return "`" + s.X.Base().Text + "`"
	}
	return ""
}

func others(members []*typed.Thing, t *typed.Thing) string {
	var names []string
	for _, m := range members {
		if m != t {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, " or ")
}
