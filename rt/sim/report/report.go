// Package report is what a program that plays its tests tells flowc of them, as lines of JSON. It links nothing.
package report

// Request says which tests to play, by their number in the order of the flow.
type Request struct {
	Tests []int `json:"tests"`
	// Coverage asks for a last line with what they exercised.
	Coverage bool `json:"coverage,omitempty"`
}

// Result is what became of a test.
type Result struct {
	// Test is the number of the test, from 0; -1 comes with the coverage of all.
	Test int `json:"test"`
	// Took is the time that it took on this machine, Played the time that passed in
	// it, both in nanoseconds.
	Took    int64    `json:"took"`
	Played  int64    `json:"played"`
	Failure *Failure `json:"failure,omitempty"`
	// Coverage is in a line of its own, behind those of the tests.
	Coverage *Coverage `json:"coverage,omitempty"`
}

// Coverage is what the tests exercised: points by their number, moves of switches
// ("pump.on off"), and the names of what had faults.
type Coverage struct {
	Hits   []int    `json:"hits"`
	Moves  []string `json:"moves"`
	Faults []string `json:"faults"`
}

// Failure tells what was not as expected.
type Failure struct {
	// Pos is the place of the step: "garden.hcl:42".
	Pos string `json:"pos"`
	// Summary says it in a sentence, Message is the test's own word on it.
	Summary string `json:"summary"`
	Message string `json:"message,omitempty"`
	// Parts are the parts of the expression with their values.
	Parts []Part `json:"parts,omitempty"`
	// Notes are lines to print below, Actual what came in place of the expected.
	Notes  []string `json:"notes,omitempty"`
	Actual []Actual `json:"actual,omitempty"`
	// Now is the moment of the failure in Unix nanoseconds.
	Now      int64     `json:"now"`
	Timeline *Timeline `json:"timeline,omitempty"`

	// Wires are the names of those that a timeline is wanted of.
	Wires []string `json:"-"`
}

// Part is a part of an expression and its value.
type Part struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}

// Actual is what was there in place of something expected: a "topic", "text" or
// "message".
type Actual struct {
	Of   string `json:"of"`
	Text string `json:"text"`
}

// Timeline is what the wires of a failure did, from the beginning of the test to the
// failure. Moments are in Unix nanoseconds.
type Timeline struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
	Rows []Row `json:"rows"`
}

// Row is one wire.
type Row struct {
	Name string `json:"name"`
	// Event says that the marks are happenings, else they are changes.
	Event bool   `json:"event,omitempty"`
	Marks []Mark `json:"marks"`
	// Lost marks were too many to keep: they are the oldest but for the first.
	Lost int `json:"lost,omitempty"`
}

// Mark is a happening or a change at a moment in Unix nanoseconds, and what was there from
// then on.
type Mark struct {
	At   int64  `json:"at"`
	Text string `json:"text"`
}
