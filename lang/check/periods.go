package check

import (
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// periods holds times against the pace of the source that they are about, as the
// catalogue's tags say: a silence that is shorter than the time from one reading to
// the next (`periods`), a single attempt that may take longer than that (`under`).
func (c *checker) periods() {
	for _, d := range c.things() {
		for _, f := range d.kind.Fields {
			of := f.Tags["periods"] + f.Tags["under"]
			if of == "" || d.block.Attr(f.Name) == nil {
				continue
			}
			got, period := timeSet(d.thing, f), timeSet(d.thing, settingField(d.kind, of))
			switch {
			case got == nil || period == nil:
			case f.Role == catalog.RoleStale && got.d > 0 && got.d < period.d:
				c.report(errStaleTooSoon(d, got, period))
			case f.Tags["under"] != "" && got.d > period.d:
				c.report(errTooPatient(d, got, period))
			}
		}
	}
}

// setTime is a setting that is a known time.
type setTime struct {
	name string
	d    time.Duration
	at   rangeT
}

func timeSet(t *typed.Thing, f *catalog.Field) *setTime {
	s := settingOf(t, f)
	if s == nil {
		return nil
	}
	k, ok := s.X.(*typed.Const)
	if !ok {
		return nil
	}
	if d, isTime := duration(k.V); isTime {
		return &setTime{name: f.Name, d: d, at: k.Range}
	}
	return nil
}
