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
	if rows, _ := terminalSize(out); rows > 0 {
		return rows
	}
	return defaultRows
}

// terminalColumns is its width.
func terminalColumns(out io.Writer) int {
	if _, columns := terminalSize(out); columns > 0 {
		return columns
	}
	return defaultColumns
}

// terminalSize is 0, 0 where out is no terminal.
func terminalSize(out io.Writer) (rows, columns int) {
	f, ok := out.(*os.File)
	if !ok {
		return 0, 0
	}
	var size struct{ rows, columns, x, y uint16 }
	_, _, err := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if err != 0 {
		return 0, 0
	}
	return int(size.rows), int(size.columns)
}
