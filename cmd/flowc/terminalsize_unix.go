//go:build linux || darwin

package main

import (
	"io"
	"os"
	"syscall"
	"unsafe"
)

// terminalRows is the height of the terminal behind out.
func terminalRows(out io.Writer) int {
	f, ok := out.(*os.File)
	if !ok {
		return defaultRows
	}
	var size struct{ rows, columns, x, y uint16 }
	_, _, err := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if err != 0 || size.rows == 0 {
		return defaultRows
	}
	return int(size.rows)
}
