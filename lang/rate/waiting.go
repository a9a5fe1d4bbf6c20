package rate

import (
	"math"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Waiting is what may wait in the buffer of a sink: as much as comes while it keeps it, or
// as its limits allow.
type Waiting struct {
	// Rows and Bytes are how much comes in the time that the buffer keeps it, infinite
	// where nothing bounds that; Row is the size of one. Texts and lists have no bound:
	// then Guessed is set, and each counts as if it were short.
	Rows, Bytes float64
	Row         int
	Guessed     bool
	// Limit is what the buffer takes, in rows and bytes.
	LimitRows, LimitBytes float64
}

// What a row takes beside what is sent, and what a text or a list counts for.
const (
	rowOverhead = 64
	shortText   = 64
	shortList   = 8
)

// Waiting is what may wait in the buffer of a sink that has one.
func (t *Table) Waiting(th *typed.Thing) Waiting {
	b := th.Buffer
	w := Waiting{LimitRows: float64(b.Rows), LimitBytes: float64(b.Size)}
	w.Row = rowOverhead
	for _, in := range th.Inputs {
		n, known := encoded(in.X)
		w.Row += n
		w.Guessed = w.Guessed || !known
	}
	w.Rows = math.Inf(1)
	if shots := t.Shots(th); shots.Bounded() {
		w.Rows = math.Ceil(shots.Max * b.Keep.Seconds())
		if shots.Once {
			w.Rows++
		}
	}
	w.Bytes = w.Rows * float64(w.Row)
	return w
}

// Fits reports whether the buffer takes all that can come while it keeps it.
func (w Waiting) Fits() bool { return w.Rows <= w.LimitRows && w.Bytes <= w.LimitBytes }

// Disk is how much of the disk that is, in bytes: the rows fill nine tenths of a page of
// 4 KB, a large one pages of its own, and the file begins with a megabyte.
func (w Waiting) Disk() float64 {
	rows := min(w.Rows, w.LimitRows, math.Floor(w.LimitBytes/float64(w.Row)))
	each := 4096 / math.Floor(4080*0.9/float64(w.Row))
	if w.Row > 2040 {
		each = 4096 * math.Ceil(float64(w.Row)/4080)
	}
	return rows*each + 1<<20
}

// Known reports whether something bounds how much comes.
func (w Waiting) Known() bool { return !math.IsInf(w.Rows, 1) }

// Writes is how often a day the buffer writes while the receiver is there: once for each
// row that must be there first, and once to remove it.
func (t *Table) Writes(th *typed.Thing, first bool) Rate {
	if th.Buffer == nil || th.Buffer.When == "never" || !first && th.Buffer.When != "always" {
		return never
	}
	return t.Shots(th).times(2, true)
}

// encoded is how long an expression is when it is sent at most; false says that its type
// has no bound.
func encoded(x typed.Expr) (bytes int, known bool) {
	if k, ok := x.(*typed.Const); ok {
		if s, isText := k.V.(string); isText {
			return len(s) + 2, true
		}
	}
	return textSize(x.Base().Type)
}

// textSize is how long data of a type is as JSON.
func textSize(t *types.Type) (bytes int, known bool) {
	switch t.Kind {
	case types.Bool:
		return len("false"), true
	case types.Int:
		return len("-9223372036854775808"), true
	case types.Number, types.Quantity, types.Duration:
		return len("-1.7976931348623157e+308"), true
	case types.Time:
		return len(`"2026-06-01T12:00:00.123456789+02:00"`), true
	case types.Date, types.TimeOfDay:
		return len(`"2026-06-01"`), true
	case types.Nothing:
		return len("null"), true
	case types.Enum:
		for _, v := range t.Values {
			bytes = max(bytes, len(v)+2)
		}
		return bytes, true
	case types.Optional:
		return textSize(t.Elem)
	case types.Record, types.Variant:
		bytes, known = 2, true
		for _, f := range t.Fields {
			n, ok := textSize(f.Type)
			bytes += len(f.Name) + 4 + n
			known = known && ok
		}
		return bytes, known
	case types.List, types.Map:
		n, _ := textSize(t.Elem)
		return shortList * (n + 4), false
	}
	return shortText, false
}

// PerDay is how often something happens a day.
func PerDay(perSecond float64) float64 { return perSecond * (24 * time.Hour).Seconds() }

// wearsMost is how often a second a memory card may be written for years.
const wearsMost = "1/s"

// Wears reports whether a sink's buffer writes more often than a memory card bears.
func (t *Table) Wears(th *typed.Thing, first bool) bool {
	most, _ := catalog.Capacity(wearsMost)
	return t.Writes(th, first).Min > most
}
