package gauge

import "flowc/rt/unit"

// Settled is a level without its waves: with each value it moves by a part of the
// difference. It begins with the first value, and anew when the gauge was silent.
//
//flow:op settled
//flow:call v, {trust}
//flow:in v value
//flow:out value
//flow:ready follows
type Settled struct {
	// Trust is how much of a new value is believed, from 0 to 1.
	Trust float64 `default:"0.5" range:"0,1"`

	level unit.Length
	begun bool
}

// Step moves towards v.
func (s *Settled) Step(v unit.Length) unit.Length {
	if !s.begun {
		s.level, s.begun = v, true
	}
	s.level += unit.Length(s.Trust) * (v - s.level)
	return s.level
}

// Reset forgets the level.
func (s *Settled) Reset() { s.level, s.begun = 0, false }
