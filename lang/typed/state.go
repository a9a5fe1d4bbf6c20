package typed

// State is the transition table of a `state` block: memory that what happens
// changes. The first row whose event happens gives the next value; where none does,
// the state stays as it is.
type State struct {
	Info
	// Start is what the state begins with; it is known before the flow runs.
	Start Expr
	// Old stands for the state before the change.
	Old  *Local
	Rows []StateRow
	// Migrate makes the state of what was kept under its name before; nil where nothing
	// does.
	Migrate *Migration
}

// Migration turns what a state was in an older version of the flow into what it is.
type Migration struct {
	// Old stands for what was kept.
	Old *Local
	// X is made of Old alone.
	X   Expr
	Pos Pos
}

// StateRow is one row of a State. Either On or After is set.
type StateRow struct {
	// On is what must happen.
	On Expr
	// After is how long ago the last change must have been.
	After Expr
	// Next is what the state becomes.
	Next Expr
	Pos  Pos
}

// When is the left side of the row.
func (r *StateRow) When() Expr {
	if r.On != nil {
		return r.On
	}
	return r.After
}

func stateOperands(x *State) []Expr {
	list := []Expr{x.Start}
	for _, r := range x.Rows {
		list = append(list, r.When(), r.Next)
	}
	return list
}

func rebuildState(x *State, f func(Expr) Expr) Expr {
	c := *x
	c.Start, c.Rows = f(x.Start), nil
	for _, r := range x.Rows {
		if r.On != nil {
			r.On = f(r.On)
		} else {
			r.After = f(r.After)
		}
		r.Next = f(r.Next)
		c.Rows = append(c.Rows, r)
	}
	return &c
}
