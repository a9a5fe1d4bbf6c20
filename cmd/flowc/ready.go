package main

import (
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// readiness collects what a value waits for.
type readiness struct {
	waits []string
	seen  map[*typed.Equation]bool
	// key is the one that is picked, as `["tomatoes"]`.
	key string
}

// readyText says when a wire has a value or, for an event, when it happens.
func readyText(x typed.Expr) string {
	info := x.Base()
	if info.Shape == types.Event {
		return "happens with " + sourceText(info.Source)
	}
	r := readiness{seen: map[*typed.Equation]bool{}}
	r.visit(x)
	if len(r.waits) == 0 {
		return "always"
	}
	return "once " + strings.Join(r.waits, ", and ")
}

// sourceText names a source and what it filters: "good (of soil)".
func sourceText(s *types.Source) string {
	if s == nil {
		return "its source"
	}
	root := s
	for root.Of != nil {
		root = root.Of
	}
	if root == s {
		return s.Name
	}
	return s.Name + " (some of " + root.Name + ")"
}

func (r *readiness) wait(text string) {
	if !slices.Contains(r.waits, text) {
		r.waits = append(r.waits, text)
	}
}

func (r *readiness) visit(x typed.Expr) {
	switch x := x.(type) {
	case *typed.Wire:
		r.wire(x)
		return
	case *typed.Pick:
		outer := r.key
		r.key = pickText(x)
		r.visit(x.X)
		r.key = outer
		return
	case *typed.Try:
		r.visit(x.D)
		return
	case *typed.Initially:
		r.visit(x.D)
		return
	case *typed.IsReady, *typed.State, *typed.Sequence: // both have a beginning
		return
	case *typed.Since:
		if x.Of.Ready == "always" {
			return
		}
		r.wait("`" + x.Event.Base().Text + "` has happened")
		return
	case *typed.OpCall:
		if r.operator(x) {
			return
		}
	}
	for _, c := range typed.Operands(x) {
		r.visit(c)
	}
}

// operator reports whether the call settles the matter itself.
func (r *readiness) operator(x *typed.OpCall) bool {
	switch x.Op.Ready {
	case "always":
		return true
	case "first":
		if len(x.Args) == 1 {
			r.wait("`" + x.Args[0].Base().Text + "` has happened")
		}
		return true
	}
	return false
}

func (r *readiness) wire(x *typed.Wire) {
	switch {
	case x.Eq != nil && !r.seen[x.Eq]:
		r.seen[x.Eq] = true
		r.visit(x.Eq.X)
	case x.Eq != nil || x.Thing == nil:
	case x.Output == "" && selfOf(x.Thing), x.Shape == types.Reading:
		r.wait(firstOf(x.Thing, r.key))
	}
}

// selfOf reports whether the thing itself is a reading.
func selfOf(t *typed.Thing) bool {
	return slices.ContainsFunc(t.Kind.Fields, func(f *catalog.Field) bool { return f.Role == catalog.RoleSelf })
}

// firstOf is "soil has had a message (and none for longer than 2.h is too long ago)".
func firstOf(t *typed.Thing, key string) string {
	text := t.Name + key + " has something"
	if t.Key.Keyed() && key == "" {
		text = t.Name + " has something for its " + strings.ReplaceAll(t.Key.Names, ",", " and ")
	}
	if t.Stale > 0 {
		text += ", until it was silent for " + durationText(t.Stale)
	}
	return text
}
