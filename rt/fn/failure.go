// Package fn holds the pure functions of the language and the checked
// arithmetic of generated programs. None of them panics, keeps state, or gives
// NaN or an infinity: what has no answer is an error made of a sentence.
package fn

// A Failure is why a function has no answer, as a sentence for the user.
type Failure string

// Error is the sentence.
func (f Failure) Error() string { return string(f) }

// Bounds on what a function may build from data, so that a short message
// cannot make a long list or text out of memory it does not have.
const (
	// MaxText is the longest text a function builds, in bytes.
	MaxText = 1 << 20
	// MaxItems is the longest list a function builds.
	MaxItems = 100_000
)
