//go:build unix

package flow

import (
	"io"
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

// journal writes lines as journald reads them, each with its priority in front (sd-daemon(3)): `journalctl -p err` then
// finds faults and errors.
type journal struct{ to io.Writer }

// Write writes one line.
func (j journal) Write(line []byte) (int, error) {
	n, err := j.to.Write(append([]byte{'<', priority(line), '>'}, line...))
	return max(n-len("<6>"), 0), err
}

// priority is that of syslog, by the word with which a line begins.
func priority(line []byte) byte {
	switch line[0] {
	case 'd': // debug
		return '7'
	case 'e', 'f', 'p': // error, fault, problem
		return '3'
	case 'w': // warning
		return '4'
	}
	return '6'
}

// othersMayRead reports whether a file is open to more than its owner.
func othersMayRead(info os.FileInfo) bool { return info.Mode().Perm()&0o077 != 0 }
