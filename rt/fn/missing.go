package fn

import (
	"time"

	"flowc/rt/flow"
)

// Default is the data, or a stand-in where it is missing.
//
//	default(first([4, 5]), 0)  # 4
//
//flow:func default
func Default[T any](data flow.Opt[T], otherwise T) T { return data.Or(otherwise) }

// FirstOf is the first of its arguments that is not missing, if there is one.
//
//	default(first_of(at([4], 7), last([4])), 0)  # 4
//
//flow:func first_of
func FirstOf[T any](first flow.Opt[T], more ...flow.Opt[T]) flow.Opt[T] {
	if first.OK {
		return first
	}
	for _, data := range more {
		if data.OK {
			return data
		}
	}
	return flow.Opt[T]{}
}

// Show writes text that may be missing, or a stand-in.
//
//	show(first(["a", "b"]), "nothing")  # "a"
//
//flow:func show
func Show(data flow.Opt[string], otherwise string) string { return data.Or(otherwise) }

// ShowNumber writes a number that may be missing, or a stand-in.
//
//	show(first([1.5, 2.5]), "?")  # "1.5"
//
//flow:func show
func ShowNumber(data flow.Opt[float64], otherwise string) string {
	return ShowAs(data, FormatNumber, otherwise)
}

// ShowInt writes a whole number that may be missing, or a stand-in.
//
//	show(at([1], 7), "?")  # "?"
//
//flow:func show
func ShowInt(data flow.Opt[int64], otherwise string) string {
	return ShowAs(data, FormatInt, otherwise)
}

// ShowBool writes a switch that may be missing, or a stand-in.
//
//	show(first([true]), "?")  # "true"
//
//flow:func show
func ShowBool(data flow.Opt[bool], otherwise string) string {
	return ShowAs(data, FormatBool, otherwise)
}

// ShowDuration writes a duration that may be missing, or a stand-in.
//
//	show(first([90.s]), "?")  # "1 min 30 s"
//
//flow:func show
func ShowDuration(data flow.Opt[time.Duration], otherwise string) string {
	return ShowAs(data, FormatDuration, otherwise)
}

// ShowTime writes a moment that may be missing, or a stand-in.
//
//flow:func show
func ShowTime(data flow.Opt[time.Time], otherwise string) string {
	return ShowAs(data, FormatTime, otherwise)
}

// ShowAs writes data that may be missing with a formatter of its type, or a
// stand-in. Generated code uses it where the unit is known only there.
func ShowAs[T any](data flow.Opt[T], format func(T) string, otherwise string) string {
	if data.OK {
		return format(data.V)
	}
	return otherwise
}

// Fail has no result: it gives up with a sentence of the flow. Generated code
// calls it for `fail("…")`, which stands where a T is needed.
func Fail[T any](why string) (none T, err error) { return none, Failure(why) }
