//go:build unix

package flow

import (
	"os"
	"strconv"
	"syscall"
)

// toJournal reports whether standard error goes to the system's journal, which
// has times of its own. The variable alone does not tell: shells inherit it.
func toJournal() bool {
	var s syscall.Stat_t
	if syscall.Fstat(2, &s) != nil {
		return false
	}
	stream := strconv.FormatUint(uint64(s.Dev), 10) + ":" + strconv.FormatUint(uint64(s.Ino), 10)
	told, ok := syscall.Getenv("JOURNAL_STREAM")
	return ok && told == stream
}

// othersMayRead reports whether a file is open to more than its owner.
func othersMayRead(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
