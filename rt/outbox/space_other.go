//go:build !unix

package outbox

// freeSpace is not known here.
var freeSpace = func(file string) (free, all int64, ok bool) { return 0, 0, false }
