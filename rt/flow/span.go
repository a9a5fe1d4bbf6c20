package flow

import "time"

// Span is what came within a window of time.
type Span[T any] struct {
	// Items are what came, the oldest first.
	Items []T
	// Start is when the window begins.
	Start time.Time
	// End is when it ends; what comes then is in the next one.
	End time.Time
}

// Both are two events that happened close together.
type Both[A, B any] struct {
	// A is what the first event carried.
	A A
	// B is what the second event carried.
	B B
}
