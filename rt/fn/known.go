package fn

// Known is what a constant text of the flow was parsed to: a Pattern, a Layout, a
// Zone. Generated programs parse it once, when they start, after the compiler has
// done the same: fn.Known(fn.ParsePattern("^bed-[0-9]+$")).
func Known[T any](parsed T, _ error) T { return parsed }
