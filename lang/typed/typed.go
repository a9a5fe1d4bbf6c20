// Package typed is the typed program: what lang/check makes of the declarations
// and compiler/plan turns into steps. Every expression knows its type, shape and
// key; names are resolved, constants folded, units and conversions explicit.
package typed

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/types"
)

// Pos is a place in the flow; lines and columns count from 1, and Line 0 is no place.
type Pos struct {
	File      string
	Line, Col int
}

// Program is a flow that has no errors.
type Program struct {
	Name string
	// Doc is the comment at the top of the first file, if it stands alone.
	Doc      string
	Timezone string
	// Latitude and Longitude are where the flow runs, in degrees.
	Latitude, Longitude float64

	Settings []*Setting
	// Enums are declared by the flow.
	Enums     []*types.Type
	Things    []*Thing
	Equations []*Equation
	// Tests are played by `flowc test` and are no part of the program that runs.
	Tests []*Test
	// Functions are declared by the flow, each after those that it calls.
	Functions []*Function
	// Memory is how much the program may need, in bytes; 0 where the flow does not say.
	Memory int64
	// Persist says where the memory of the program is kept; nil where it is not.
	Persist *Persist
	// Offers are the components of a library, which does nothing itself; none for a flow.
	Offers []string
	// Health is the page about the program; nil where nobody asks.
	Health     *Health
	Interlocks []*Interlock
	Invariants []*Invariant
	// Silenced is the stream of all faults where the flow keeps them out of the log,
	// whether it takes them or not; nil where they are logged.
	Silenced *Wire
	// Order lists things and equations as they stand in the flow.
	Order []Decl
	// Catalog is what the flow was checked against: the runtime's, and what its own
	// Go declares.
	Catalog *catalog.Catalog
	// OwnRecords are the structs of the flow's own Go: generated code uses one of them
	// for every record of its shape.
	OwnRecords []OwnRecord
}

// OwnRecord is a struct of the flow's own Go as the language sees it.
type OwnRecord struct {
	*catalog.Record
	Type *types.Type
}

// Decl is a *Thing or an *Equation.
type Decl interface{ decl() }

// Setting is a `setting` or a `secret`: known at start.
type Setting struct {
	Name string
	// Env is the environment variable that gives it.
	Env  string
	Doc  string
	Type *types.Type
	// Default is a constant as in Const.V; nil where there is none.
	Default any
	// Min and Max bound a number or quantity when HasRange.
	Min, Max float64
	HasRange bool
	Pos      Pos
	Used     bool
}

// Thing is a block of a kind.
type Thing struct {
	Name string
	Doc  string
	Kind *catalog.Kind
	Pos  Pos
	// Settings are what the kind is told at start, in the kind's order, defaults
	// included where they differ from Go's zero value.
	Settings []*Set
	// Inputs are the level, drive, shot, show and each fields that were given.
	Inputs []*Input
	// When is the event that triggers the shot, nil if the shot itself happens.
	When Expr
	// Later says that a reply is made of what its request starts; Trigger is where that
	// happens, and When one of the inputs that do.
	Later bool
	// Trigger is the source of the thing's shots.
	Trigger *types.Source
	// Key is the key of the inputs (a sink repeats per key) or of a keyed source.
	Key types.Key
	// Param is the type of the kind's type parameter T, nil if it has none.
	Param *types.Type
	// Sent is the type of the kind's second type parameter: what goes out of a thing
	// that something also comes into. It is Nothing where nothing is given.
	Sent *types.Type
	// Codec says how Param crosses the border.
	Codec Codec
	// Lines says how the lines of a CSV or Pattern payload are made.
	Lines Lines
	// Captures are the keyed source's, in the order of the pattern.
	Captures []Capture
	// Nature is types.Reading or types.Event for a kind with Self.
	Self types.Shape
	// Tables are those of a database; Table is the one that a reference names.
	Tables []*Table
	Table  *Table
	// SQL is the text of a statement, with ?1 for its first parameter.
	SQL string
	// Delivery is how sure the flow wants the ways to a sink to be, "" where it does not
	// say: best_effort, at_least_once, effect_once.
	Delivery string
	// Buffer is what the thing keeps while it cannot send; nil where it keeps nothing.
	Buffer *Buffer
	// Stale is how long silence may last; 0: not said, -1: never.
	Stale       time.Duration
	MaxKeys     int
	ForgetAfter time.Duration
}

// Arg is the type of one of the kind's type parameters, by name; nil without one.
func (t *Thing) Arg(param string) *types.Type {
	for i, p := range t.Kind.TypeParams {
		switch {
		case p != param:
		case i == 0:
			return t.Param
		default:
			return t.Sent
		}
	}
	return nil
}

// Codec is how data crosses a border.
type Codec string

// The codecs.
const (
	NoCodec  Codec = ""
	JSON     Codec = "json"
	Text     Codec = "text"
	RawText  Codec = "string"
	RawBytes Codec = "bytes"
	CSV      Codec = "csv"
	Pattern  Codec = "pattern"
)

// HasFields reports whether the payload has fields by name.
func (c Codec) HasFields() bool { return c == JSON || c == CSV }

// Table is a table of a database: a record of its columns.
type Table struct {
	Name string
	Row  *types.Type
	// Keep is how long a row stays, by the column Age; 0: for ever.
	Keep time.Duration
	Age  string
	At   hcl.Range
}

// Capture is a `{bed}` of a pattern.
type Capture struct {
	Name string
	Type *types.Type
	// Own says that the flow gave it a name in a function: a parameter, or a local
	// equation.
	Own bool
}

// Set is a setting of a thing.
type Set struct {
	Field *catalog.Field
	// X is a *Const, a *SettingRef, an expression of these, or a *ThingRef.
	X Expr
	// Block holds the settings of nested blocks (RoleBlock), one list each.
	Block [][]*Set
	Pos   Pos
}

// Input is an expression wired into a thing.
type Input struct {
	Field *catalog.Field
	X     Expr
	Pos   Pos
}

// Equation is `name = expression`. Constants that were folded are no equations.
type Equation struct {
	Name string
	Doc  string
	X    Expr
	Pos  Pos
	// Persist says that what it remembers is kept where only what is marked is;
	// RenamedFrom is the name under which that was.
	Persist     bool
	RenamedFrom string
}

// Health is `program { health = … }`.
type Health struct {
	// Listen is the address, Auth the secret that clients show; nil where all may ask.
	Listen string
	Auth   *Setting
}

// Persist is `program { persist = … }`.
type Persist struct {
	File  string
	Every time.Duration
	// Marked says that only what is marked is kept.
	Marked bool
	Range  hcl.Range
}

func (*Thing) decl() {}

func (*Equation) decl() {}
