// Package compiler turns a flow into a program: load, check, plan, emit, build.
package compiler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"flowc/compiler/emit"
	"flowc/compiler/gobuild"
	"flowc/compiler/plan"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// Flow is a flow that was read and checked.
type Flow struct {
	// Path is what the user named.
	Path string
	// Sources are the files' texts by name, for messages.
	Sources map[string][]byte
	// Typed is the program; nil if Found has errors.
	Typed *typed.Program
	// Found is everything there is to say about the flow.
	Found diag.List
	// Name is the flow's name; Hash tells one version of its text from another.
	Name, Hash string

	// own are the flow's own Go files.
	own map[string][]byte
}

// Check loads a flow from a file or folder and checks it.
func Check(path string) *Flow {
	p, found := syntax.Load(path)
	return checked(path, p, found)
}

// CheckText is Check for files in memory.
func CheckText(name string, files map[string][]byte) *Flow {
	p, found := syntax.Parse(name, files)
	return checked(name, p, found)
}

func checked(path string, p *syntax.Program, found diag.List) *Flow {
	f := &Flow{Path: path, Found: found}
	if p != nil {
		f.Name, f.Sources = p.Name, p.Sources()
		f.Hash = hash(programFiles(p))
	}
	if p == nil || found.HasErrors() {
		return f
	}
	cat, more := Catalog(p)
	f.Found = append(f.Found, more...)
	if more.HasErrors() {
		return f
	}
	t, more := check.Check(p, cat)
	f.Typed, f.Found = t, append(f.Found, more...)
	f.own = p.Go
	f.Sources = p.Sources() // with what the flow used and included
	f.Hash = hash(f.Sources)
	return f
}

// Generate plans a checked flow and prints it as a Go module.
func (f *Flow) Generate() (gobuild.Module, error) { return f.generate(nil) }

// GenerateCovered is Generate for a program that counts what its tests exercise, with the points that it counts.
func (f *Flow) GenerateCovered() (gobuild.Module, []emit.Point, error) {
	var c emit.Cover
	m, err := f.generate(&c)
	return m, c.Points, err
}

func (f *Flow) generate(c *emit.Cover) (gobuild.Module, error) {
	files, err := emit.Files(plan.New(f.Typed), emit.Options{Hash: f.Hash, Cover: c})
	if err != nil {
		return gobuild.Module{}, &gobuild.DefectError{Flow: f.Path, Output: err.Error()}
	}
	maps.Copy(files, f.own)
	return gobuild.Module{Name: f.Name, Flow: f.Path, Files: files}, nil
}

// Build generates a checked flow and compiles it.
func (f *Flow) Build(ctx context.Context, o gobuild.Options) (gobuild.Result, error) {
	m, err := f.Generate()
	if err != nil {
		return gobuild.Result{}, err
	}
	return gobuild.Build(ctx, m, o)
}

// programFiles are the sources without those that hold nothing but tests: the program that runs stays the same
// whatever is expected of it.
func programFiles(p *syntax.Program) map[string][]byte {
	files, program, tests := p.Sources(), map[string]bool{}, map[string]bool{}
	for _, e := range p.Equations {
		program[e.Range.Filename] = true
	}
	for _, b := range p.Blocks {
		if b.Kind == "test" {
			tests[b.Range.Filename] = true
		} else {
			program[b.Range.Filename] = true
		}
	}
	for name := range tests {
		if !program[name] {
			delete(files, name)
		}
	}
	return files
}

// hash is 12 hexadecimal digits over the names and texts of the files.
func hash(sources map[string][]byte) string {
	names := make([]string, 0, len(sources))
	for n := range sources {
		names = append(names, n)
	}
	slices.Sort(names)
	h := sha256.New()
	for _, n := range names {
		h.Write([]byte(n + "\x00"))
		h.Write(sources[n])
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
