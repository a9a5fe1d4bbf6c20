package typed

import "flowc/lang/types"

type (
	// Match chooses an answer by the member of the enumeration, or the case of the
	// variant, that X is. Only the arm that is taken is evaluated.
	Match struct {
		Info
		X    Expr
		Arms []Arm
		// Else answers for members that have no arm; nil where all have one.
		Else Expr
	}
	// Arm is one answer of a Match. It is the data of the case inside Body.
	Arm struct {
		Member string
		It     *Local
		Body   Expr
	}
	// IsCase asks whether a variant is a case.
	IsCase struct {
		Info
		X    Expr
		Case string
	}
	// CaseOf is the data of a variant that is known to be a case.
	CaseOf struct {
		Info
		X    Expr
		Case string
	}
	// Let names X while Body is worked out, so that it is worked out once.
	Let struct {
		Info
		Var  *Local
		X    Expr
		Body Expr
	}
	// CaseValue is a variant made in the flow: `command::dim({ level = 40.pct })`. X
	// is the record of the case.
	CaseValue struct {
		Info
		Case string
		X    Expr
	}
	// MapOf is a map with the entries of a record that was written out.
	MapOf struct {
		Info
		Keys  []string
		Elems []Expr
	}
	// Fail is `fail("…")`: it has no value, only a reason, and so it stands where any
	// type is needed.
	Fail struct {
		Info
		Why Expr
	}
	// Moment is `now()`: the wall time of the instant.
	Moment struct{ Info }
	// Chance is `uuid()`: drawn from the program's own source of chance.
	Chance struct{ Info }
	// FunctionCall calls a function of the flow. Args are one for each parameter.
	FunctionCall struct {
		Info
		Fn   *Function
		Args []Expr
	}
)

// Made is the value of a variant, as far as it is known when it is asked for: the case
// and its data. It is no constant of the flow.
type Made struct {
	Case string
	V    any
}

// Function is a `function` block: pure and total.
type Function struct {
	Name   string
	Doc    string
	Pos    Pos
	Params []*Local
	// Steps are its local equations that the result always needs, each after those
	// that it reads.
	Steps  []LocalStep
	Result Expr
	// Fallible says that a call can fail.
	Fallible bool
}

// LocalStep is a local equation of a function.
type LocalStep struct {
	Var *Local
	X   Expr
	Pos Pos
}

// Type is the type of the function's result.
func (f *Function) Type() *types.Type { return f.Result.Base().Type }

func choiceOperands(x Expr) []Expr {
	switch x := x.(type) {
	case *Match:
		list := []Expr{x.X}
		for _, a := range x.Arms {
			list = append(list, a.Body)
		}
		if x.Else != nil {
			list = append(list, x.Else)
		}
		return list
	case *IsCase:
		return []Expr{x.X}
	case *CaseOf:
		return []Expr{x.X}
	case *Let:
		return []Expr{x.X, x.Body}
	case *CaseValue:
		return []Expr{x.X}
	case *MapOf:
		return x.Elems
	case *Fail:
		return []Expr{x.Why}
	case *FunctionCall:
		return x.Args
	case *State:
		return stateOperands(x)
	case *Sequence:
		return sequenceOperands(x)
	case *SequencePart:
		return []Expr{x.X}
	case *Decode:
		return []Expr{x.X}
	case *Encode:
		return []Expr{x.X}
	}
	return nil
}

func rebuildChoice(x Expr, f func(Expr) Expr) Expr {
	switch x := x.(type) {
	case *Match:
		c := *x
		c.X, c.Arms = f(x.X), nil
		for _, a := range x.Arms {
			c.Arms = append(c.Arms, Arm{Member: a.Member, It: a.It, Body: f(a.Body)})
		}
		if x.Else != nil {
			c.Else = f(x.Else)
		}
		return &c
	case *IsCase:
		c := *x
		c.X = f(x.X)
		return &c
	case *CaseOf:
		c := *x
		c.X = f(x.X)
		return &c
	case *Let:
		c := *x
		c.X, c.Body = f(x.X), f(x.Body)
		return &c
	case *CaseValue:
		c := *x
		c.X = f(x.X)
		return &c
	case *MapOf:
		c := *x
		c.Elems = rebuildAll(x.Elems, f)
		return &c
	case *Fail:
		c := *x
		c.Why = f(x.Why)
		return &c
	case *FunctionCall:
		c := *x
		c.Args = rebuildAll(x.Args, f)
		return &c
	case *State:
		return rebuildState(x, f)
	case *Sequence:
		return rebuildSequence(x, f)
	case *SequencePart:
		c := *x
		c.X = f(x.X)
		return &c
	case *Decode:
		c := *x
		c.X = f(x.X)
		return &c
	case *Encode:
		c := *x
		c.X = f(x.X)
		return &c
	}
	return x
}
