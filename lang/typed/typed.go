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

// Pos is a place in the flow.
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

func (*Thing) decl()    {}
func (*Equation) decl() {}

// Info is what every expression knows of itself.
type Info struct {
	Type  *types.Type
	Shape types.Shape
	Key   types.Key
	// Source is where an event or reading happens.
	Source *types.Source
	// Fallible says that evaluating this node itself can fail (not its operands).
	Fallible bool
	Pos      Pos
	// Range is the same place for messages; only lang/check reads it.
	Range hcl.Range
	// Text is the expression as written, for comments and faults.
	Text string
}

// Expr is a typed expression.
type Expr interface{ Base() *Info }

// Base is the node's info.
func (i *Info) Base() *Info { return i }

type (
	// Const is known at compile time. V is bool, int64, float64 (number, or a
	// quantity in its unit), string (also an enumeration's member), time.Duration,
	// []any (list), map[string]any (record and map), or nil (null; optional
	// without data). Type tells which.
	Const struct {
		Info
		V any
	}
	// SettingRef reads a setting.
	SettingRef struct {
		Info
		Setting *Setting
	}
	// ThingRef names another thing (`via = home`).
	ThingRef struct {
		Info
		Thing *Thing
	}
	// Wire reads an output of a thing, the thing itself (Output "") or an
	// equation (Eq). With Output Faults it is what fails there; with neither
	// thing nor equation, what fails anywhere.
	Wire struct {
		Info
		Thing  *Thing
		Output string
		Eq     *Equation
	}
	// TimeOf is `.time` of an event or reading.
	TimeOf struct {
		Info
		X Expr
	}
	// KeyOf is a capture of the key: `soil.bed`. X is the wire it was asked of.
	KeyOf struct {
		Info
		X    Expr
		Name string
	}
	// MetaOf is a field of `.meta` of an occurrence of a source. X is the wire it was
	// asked of.
	MetaOf struct {
		Info
		X     Expr
		Thing *Thing
		Field string
	}
	// LocalRef reads a variable of a for expression or the `it` of a lambda.
	LocalRef struct {
		Info
		Local *Local
	}
	// Field reads a record's field.
	Field struct {
		Info
		X    Expr
		Name string
	}
	// Unwrap reads an optional that is known to be there (narrowed).
	Unwrap struct {
		Info
		X Expr
	}
	// Present is `x != null`.
	Present struct {
		Info
		X Expr
	}
	// Wrap makes an optional of a plain value; of a Const nil, an empty one.
	Wrap struct {
		Info
		X Expr
	}
	// Convert changes representation: int to number, or one unit into another of
	// the same dimension (From, To are the operand's and the result's types).
	// `in(q, U)` converts and drops the unit (To is number), `as(n, U)` adds it.
	Convert struct {
		Info
		X Expr
	}
	// Unary is `-` or `!`.
	Unary struct {
		Info
		Op string
		X  Expr
	}
	// Binary is one of + - * / % == != < <= > >= && ||. Both operands of + - and
	// of comparisons have one type and unit already, except that a point ± step
	// has its step in the point's scale. Int arithmetic and all / % are Fallible;
	// products and sums of numbers are too (never NaN or infinite).
	Binary struct {
		Info
		Op   string
		L, R Expr
	}
	// Cond is `c ? a : b`.
	Cond struct {
		Info
		C, A, B Expr
	}
	// Call calls a function of rt/fn. Lambda arguments are *Lambda. Variadic
	// arguments follow one by one.
	Call struct {
		Info
		Fn   *catalog.Function
		Args []Expr
	}
	// Lambda is an expression over `it`.
	Lambda struct {
		Info
		Params []*Local
		Body   Expr
	}
	// Default is `default(x, d)`: d where the optional x is missing.
	Default struct {
		Info
		X, D Expr
	}
	// Try is `try(x, d)`: d where x fails or is not ready.
	Try struct {
		Info
		X, D Expr
	}
	// IsReady is `ready(x)`.
	IsReady struct {
		Info
		X Expr
	}
	// Initially is `initially(x, d)`: d before x was first ready.
	Initially struct {
		Info
		X, D Expr
	}
	// ToText is a value as people read it, with its unit: a template's part.
	ToText struct {
		Info
		X Expr
	}
	// Template joins texts.
	Template struct {
		Info
		Parts []Expr
	}
	// TopicPart checks a text that goes into a topic between slashes: `/ + #` and
	// NUL are refused (Fallible).
	TopicPart struct {
		Info
		X Expr
	}
	// URLPart percent-encodes a text that goes into a URL; one that would leave its
	// place is refused (Fallible).
	URLPart struct {
		Info
		X Expr
	}
	// PairsOf is a record as names with texts: headers, a query, a form. Each element is
	// written as it would be sent alone.
	// With Typed each keeps what it is, and one that is missing is told so.
	PairsOf struct {
		Info
		Names []string
		Elems []Expr
		Typed bool
	}
	// ListOf is `[a, b]`.
	ListOf struct {
		Info
		Elems []Expr
	}
	// RecordOf is `{ a = x }`; Elems are in the order of Type.Fields.
	RecordOf struct {
		Info
		Elems []Expr
	}
	// Index is `xs[i]` or `m["k"]`: an optional, or plain when the compiler knows
	// that it is there (Sure).
	Index struct {
		Info
		X, I Expr
		Sure bool
	}
	// For is a list comprehension, and a splat; with MapKey a map comprehension;
	// with Group the values are gathered in lists.
	For struct {
		Info
		// KeyVar is the index or key, nil when not asked for.
		KeyVar, Var *Local
		In          Expr
		If          Expr
		MapKey      Expr
		Body        Expr
		Group       bool
	}
	// Where is `where(e, cond)`: the occurrences for which cond holds.
	Where struct {
		Info
		X, If Expr
	}
	// Pick is `soil["tomatoes"]`: one key of a keyed wire.
	Pick struct {
		Info
		X Expr
		// Keys are the key's parts, as constants.
		Keys []any
	}
	// Gather is one output of all instances of a component, by their keys: Xs are in
	// the order of Keys.Values.
	Gather struct {
		Info
		Keys *types.Type
		Xs   []Expr
	}
	// KeysOf is the list of the keys of X, in order of first appearance.
	KeysOf struct {
		Info
		X Expr
	}
	// OpCall is one instance of an operator that remembers. Args follow
	// Op.Args (variadic ones one by one); Options are by name.
	OpCall struct {
		Info
		Op   *catalog.Operator
		Args []Expr
		// Options are the options that were given or have a default, in the order
		// of Op.Options.
		Options []Option
		// TypeArgs are the types of the operator's type parameters.
		TypeArgs []*types.Type
		// Zone names the zone whose clocks count, for an operator that takes one.
		Zone string
	}
	// Since is `since(e) > d` and its like: a value that an exact timer drives.
	// Op is <, <=, > or >=, as seen from since. Event is what Of looks at, a value
	// for `stale_for` and `on_time`.
	Since struct {
		Info
		// Of is the operator that the duration comes from.
		Of    *catalog.Operator
		Event Expr
		Op    string
		D     time.Duration
	}
)

// Faults is the output at which failures happen.
const Faults = "faults"

// Option is a given option of an operator.
type Option struct {
	Arg *catalog.Arg
	X   Expr
}

// Local is a variable of a for expression or a lambda.
type Local struct {
	Name string
	Type *types.Type
	// Own says that the flow gave it a name in a function: a parameter, or a local
	// equation.
	Own bool
}
