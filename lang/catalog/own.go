package catalog

import "slices"

// Own is the Go package in a flow's folder go.
type Own struct {
	// Package is its import path in the generated module.
	Package string
	// Refused are what it declares and no flow can use.
	Refused []*Refused
}

// OwnName is what generated code calls the flow's own package, whatever its package
// clause says; "own.Sample" is a record of it.
const OwnName = "own"

// OwnPrefix begins the names of its functions and operators in a flow.
const OwnPrefix = "go::"

// Place is where something is declared in the flow's own Go: the name in its file.
type Place struct {
	// Line and Col count from 1, Byte from 0.
	File            string
	Line, Col, Byte int
	// Name is the Go name that stands there.
	Name string
}

// Refused is a declaration that the language has nothing for.
type Refused struct {
	// Name is what a flow would call it: "go::kalman", or a kind's name.
	Name  string
	Place Place
	// Why is a sentence; At is the part of the declaration that it is about.
	Why string
	At  Place
}

// With is the catalogue with a flow's own declarations beside those of the runtime.
func (c *Catalog) With(own *Catalog) *Catalog {
	return &Catalog{
		Kinds:     append(slices.Clip(c.Kinds), own.Kinds...),
		Operators: append(slices.Clip(c.Operators), own.Operators...),
		Functions: append(slices.Clip(c.Functions), own.Functions...),
		Enums:     append(slices.Clip(c.Enums), own.Enums...),
		Records:   append(slices.Clip(c.Records), own.Records...),
		Forms:     c.Forms,
		Own:       own.Own,
	}
}

// OwnRecords are the structs of the flow's own Go that are data.
func (c *Catalog) OwnRecords() []*Record {
	if c.Own == nil {
		return nil
	}
	var list []*Record
	for _, r := range c.Records {
		if r.Package == c.Own.Package {
			list = append(list, r)
		}
	}
	return list
}

// RefusedAs is what the flow's own Go declares under a name without a flow being
// able to use it, or nil.
func (c *Catalog) RefusedAs(name string) *Refused {
	if c.Own == nil {
		return nil
	}
	for _, r := range c.Own.Refused {
		if r.Name == name {
			return r
		}
	}
	return nil
}
