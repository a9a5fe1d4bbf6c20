package typed

// Interlock is an `interlock` block: of its members at most one is on at a time.
type Interlock struct {
	Name, Doc string
	Pos       Pos
	// Members are the actuators, as they stand.
	Members []*Thing
	// Gap is the least time between two of them, nil where none was said.
	Gap Expr
	// Text is the list as written.
	Text string
}

// Invariant is an `invariant` block: a rule that must never be broken.
type Invariant struct {
	// Text is the rule in the words of the flow.
	Text, Doc string
	Pos       Pos
	That      Expr
	// Actuators are those that the rule is about.
	Actuators []*Thing
}
