//go:build unix

package outbox

import (
	"path/filepath"
	"syscall"
)

// freeSpace is what of the disk is free for this program, and what it has in all.
var freeSpace = func(file string) (free, all int64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(filepath.Dir(place(file)), &s) != nil {
		return 0, 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), true
}
