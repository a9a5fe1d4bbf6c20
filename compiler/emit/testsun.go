package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
)

// sun is what a test says of the sun.
func (b *testBody) sun(s *typed.TestSun) *jen.Statement {
	var values []jen.Code
	say := func(field string, v *jen.Statement) {
		values = append(values, jen.Id(field).Op(":").Add(flowName("Some").Call(v)))
	}
	if s.Up != nil {
		say("Up", b.isUp(s))
	}
	if s.Elevation != nil {
		say("Elevation", jen.Float64().Parens(b.known(s.Elevation)))
	}
	if s.Azimuth != nil {
		say("Azimuth", jen.Float64().Parens(b.known(s.Azimuth)))
	}
	return jen.Qual(fnPath, "Sun").Values(values...)
}

func (b *testBody) isUp(s *typed.TestSun) *jen.Statement {
	if k, ok := s.Up.(*typed.Const); ok {
		return jen.Lit((k.V == true) != s.Down)
	}
	if s.Down {
		return not(b.known(s.Up))
	}
	return b.known(s.Up)
}
