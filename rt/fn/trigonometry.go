package fn

import (
	"math"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Sin is the sine of a plain number in radians.
//
//	round(sin(1), 4)  # 0.8415
//
//flow:func sin
func Sin(radians float64) float64 { return math.Sin(radians) }

// SinAngle is the sine of an angle.
//
//	sin(30.deg)  # 0.5
//
//flow:func sin
func SinAngle(angle unit.Angle) float64 { return sinDegrees(float64(angle)) }

// Cos is the cosine of a plain number in radians.
//
//	round(cos(1), 4)  # 0.5403
//
//flow:func cos
func Cos(radians float64) float64 { return math.Cos(radians) }

// CosAngle is the cosine of an angle.
//
//	cos(60.deg)  # 0.5
//
//flow:func cos
func CosAngle(angle unit.Angle) float64 { return sinDegrees(90 - math.Abs(turn(float64(angle)))) }

// Tan is the tangent of a plain number in radians.
//
//	round(tan(1), 4)  # 1.5574
//
//flow:func tan
func Tan(radians float64) float64 { return math.Tan(radians) }

// TanAngle is the tangent of an angle. It fails for 90° and 270°, which have
// none.
//
//	tan(45.deg)  # 1
//
//flow:func tan
func TanAngle(angle unit.Angle) (float64, error) {
	x := turn(float64(angle))
	switch {
	case math.Abs(x) == 90:
		return 0, Failure("the tangent of " + unit.Format(float64(angle), "°") + " does not exist")
	case math.Abs(math.Mod(x, 90)) == 45:
		return math.Copysign(1, sinDegrees(x)*CosAngle(angle)), nil
	}
	return sinDegrees(x) / CosAngle(angle), nil
}

// turn brings an angle in degrees between -180 and 180, without rounding.
func turn(degrees float64) float64 { return math.Remainder(degrees, 360) }

// sinDegrees is exact where the sine is 0, a half or 1, as people expect of round
// numbers of degrees.
func sinDegrees(degrees float64) float64 {
	x := turn(degrees)
	sign := math.Copysign(1, x)
	x = math.Abs(x)
	if x > 90 {
		x = 180 - x
	}
	switch x {
	case 0:
		return 0
	case 30:
		return sign * 0.5
	}
	return sign * math.Sin(x*(math.Pi/180))
}

// Atan2 is the angle in radians, from -π to π, of the point that lies x to the
// right and y up; give it a unit with as(…, rad). Of the origin it is 0.
//
//	round(in(as(atan2(1, 1), rad), deg), 3)  # 45
//
//flow:func atan2
func Atan2[T flow.Linear](y, x T) float64 {
	if y == 0 && x == 0 {
		return 0
	}
	return math.Atan2(float64(y), float64(x))
}

// Hypot is the length of the longest side of a right-angled triangle whose other
// sides are a and b. It fails where that is too large.
//
//	hypot(3.m, 4.m)  # 5.m
//
//flow:func hypot
func Hypot[T flow.Linear](a, b T) (T, error) {
	return Finite(T(math.Hypot(float64(a), float64(b))))
}
