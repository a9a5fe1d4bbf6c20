package flow

import "strconv"

// FormatInt is a whole number as text.
func FormatInt(n int64) string { return strconv.FormatInt(n, 10) }
