package gauge

import (
	"errors"
	"math"

	"flowc/rt/unit"
)

// The tank lies on its side: a cylinder of this radius and length, in metres.
const (
	radius = 0.6
	length = 1.9
)

const litresOfCubicMetre = 1000

// Volume is how much water stands in the tank at a depth: the segment of a circle
// times the length. A depth that is more than the tank is high is an error. A Go
// function has lengths in metres and volumes in litres, whatever the flow has them in.
func Volume(depth unit.Length) (unit.Volume, error) {
	h := float64(depth)
	if h > 2*radius {
		return 0, errors.New("the water would stand above the tank")
	}
	segment := radius*radius*math.Acos((radius-h)/radius) - (radius-h)*math.Sqrt(2*radius*h-h*h)
	return unit.Volume(segment * length * litresOfCubicMetre), nil
}
