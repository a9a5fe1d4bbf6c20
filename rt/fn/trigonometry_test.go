package fn

import (
	"math"
	"testing"

	"flowc/rt/unit"
)

func TestAnglesAreExactWherePeopleExpectIt(t *testing.T) {
	check(t, []call{
		{"sin 0", SinAngle(0), 0.0},
		{"sin 30", SinAngle(30), 0.5},
		{"sin 90", SinAngle(90), 1.0},
		{"sin 150", SinAngle(150), 0.5},
		{"sin 180", SinAngle(180), 0.0},
		{"sin -30", SinAngle(-30), -0.5},
		{"sin 330", SinAngle(330), -0.5},
		{"sin 36000030", SinAngle(36000030), 0.5},
		{"cos 0", CosAngle(0), 1.0},
		{"cos 60", CosAngle(60), 0.5},
		{"cos -60", CosAngle(-60), 0.5},
		{"cos 90", CosAngle(90), 0.0},
		{"cos 180", CosAngle(180), -1.0},
		{"cos 240", CosAngle(240), -0.5},
		{"tan 45", try(TanAngle(45)), 1.0},
		{"tan -45", try(TanAngle(-45)), -1.0},
		{"tan 135", try(TanAngle(135)), -1.0},
		{"tan 225", try(TanAngle(225)), 1.0},
		{"tan 180", try(TanAngle(180)), 0.0},
		{"tan 90", try(TanAngle(90)), "error: the tangent of 90 ° does not exist"},
		{"tan 270", try(TanAngle(270)), "error: the tangent of 270 ° does not exist"},
	})
}

func TestAnglesAgreeWithRadians(t *testing.T) {
	for d := -720.5; d < 720; d += 1.25 {
		r := d * math.Pi / 180
		if got := SinAngle(unit.Angle(d)); math.Abs(got-Sin(r)) > 1e-12 {
			t.Errorf("sin %v° = %v, not %v", d, got, Sin(r))
		}
		if got := CosAngle(unit.Angle(d)); math.Abs(got-Cos(r)) > 1e-12 {
			t.Errorf("cos %v° = %v, not %v", d, got, Cos(r))
		}
		if got, err := TanAngle(unit.Angle(d)); err == nil && math.Abs(got-Tan(r)) > 1e-9*(1+got*got) {
			t.Errorf("tan %v° = %v, not %v", d, got, Tan(r))
		}
	}
}

func TestTriangles(t *testing.T) {
	check(t, []call{
		{"hypot", try(Hypot(unit.Length(3), 4)), unit.Length(5)},
		{"hypot of large", try(Hypot(math.MaxFloat64, math.MaxFloat64)), "error: the result is too large for a number"},
		{"atan2", Atan2(1.0, 1.0), math.Pi / 4},
		{"atan2 behind", Atan2(0.0, -1.0), math.Pi},
		{"atan2 of nothing", Atan2(0.0, math.Copysign(0, -1)), 0.0},
		{"atan2 of lengths", Atan2(unit.Length(1), 0), math.Pi / 2},
	})
}
