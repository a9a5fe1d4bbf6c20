package typed

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/types"
)

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
