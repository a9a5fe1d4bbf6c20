package typed

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/types"
)

// Test is a `test` block: steps in time, and what must come of them.
type Test struct {
	Name string
	Pos  Pos
	// At is when it begins.
	At time.Time
	// Replay is a recording that is played first, "" for none: the test begins when
	// that did.
	Replay string
	// Settings are the settings that it gives, as constants.
	Settings []TestSetting
	Steps    []*TestStep
}

// TestSetting is a setting as a test has it. V is as in Const.V.
type TestSetting struct {
	Setting *Setting
	V       any
}

// StepSort is what a step of a test does.
type StepSort string

// The sorts of steps, as they are written.
const (
	StepSend          StepSort = "send"
	StepSendRaw       StepSort = "send_raw"
	StepPress         StepSort = "press"
	StepSet           StepSort = "set"
	StepAdvance       StepSort = "advance"
	StepExpect        StepSort = "expect"
	StepExpectSent    StepSort = "expect_sent"
	StepExpectNothing StepSort = "expect_nothing_sent"
	StepExpectFault   StepSort = "expect_fault"
	StepFail          StepSort = "fail"
	StepConnect       StepSort = "connect"
	StepDisconnect    StepSort = "disconnect"
	StepRestart       StepSort = "restart"
	StepRepeat        StepSort = "repeat"
	StepRequest       StepSort = "request"
	StepStored        StepSort = "stored"
)

// TestStep is one step. Which fields count depends on its sort.
type TestStep struct {
	Sort StepSort
	Pos  Pos
	// Range is what to show of it.
	Range hcl.Range
	// Thing is what it is about; Eq an equation whose fault is expected.
	Thing *Thing
	Eq    *Equation
	// Output is the output that is set or happens.
	Output *catalog.Field
	// X is what is sent (of the thing's type), set (a switch) or expected (a switch), or
	// how long to advance, to press or to be away.
	X Expr
	// Sun is where the sun is put.
	Sun *TestSun
	// Given are the outputs of a thing of a user's own kind that a step sets.
	Given []Given
	// Request is what a client asks.
	Request *Request
	// Stored are states as an earlier version of the flow kept them.
	Stored []StoredState
	// Topic and Payload are those of send_raw; Topic also of a send that names it.
	Topic, Payload Expr
	// Keys are the captures of what is sent, in the order of the pattern.
	Keys []Expr
	// To is when an advance ends, if it does not say how long.
	To time.Time
	// Wants are what must be true of what was sent or failed, Times how often (-1: at
	// least once).
	Wants   []Want
	Times   int
	Message string
	// Every is the time from one round of a repetition to the next; It counts them.
	Every Expr
	It    *Local
	Steps []*TestStep
}

// Given is an output and what it is to be; an event without data has no X.
type Given struct {
	Output *catalog.Field
	X      Expr
}

// StoredState is what was kept of a state, a constant of the type that it had; of one key
// (as in Const.V) if it has keys.
type StoredState struct {
	Eq  *Equation
	Key any
	X   Expr
}

// Request is what a client of a route asks: at a path of which parts may be
// expressions.
type Request struct {
	Method string
	// Path are the pieces of the path, texts and what stands for captures.
	Path []PathPiece
	// Query are the fields behind the `?`; Body is what is sent, nil for nothing.
	Query []QueryField
	Body  Expr
	// Status is what the reply must have, nil for any that is no refusal; Within is how
	// long the client waits.
	Status, Within Expr
}

// PathPiece is a text of a path, or an expression whose text stands there.
type PathPiece struct {
	Text string
	X    Expr
}

// QueryField is a field of a query.
type QueryField struct {
	Name string
	X    Expr
}

// TestSun is what a test says of the sun; nil is as the sky has it.
type TestSun struct {
	// Up is whether it is up, or with Down whether it is down.
	Up   Expr
	Down bool
	// Elevation and Azimuth are angles.
	Elevation, Azimuth Expr
}

// Want is one thing that is expected of what was sent: a field of it, or its topic or
// text.
type Want struct {
	Sort WantSort
	// Field is the field of the record, or the column of the row, which is at Column.
	Field  types.Field
	Column int
	X      Expr
	// Range is where the expectation stands, for rewriting it.
	Range hcl.Range
}

// WantSort is what a Want looks at.
type WantSort string

// The sorts of wants. The texts may hold `*` for any text.
const (
	WantTopic   WantSort = "topic"
	WantText    WantSort = "text"
	WantWhole   WantSort = "whole"
	WantField   WantSort = "field"
	WantColumn  WantSort = "column"
	WantMessage WantSort = "message"
)
