//go:build linux && !386 && !s390x

package flow

import (
	"syscall"
	"unsafe"
)

// notifier sends to a socket of the file system, or to one with a name of its own (@…);
// nil for any other address. The calls are made directly: package net, and even syscall's
// way of writing addresses, would make the smallest programs larger.
func notifier(address string) func(text string, patient bool) {
	to := struct {
		family uint16
		path   [108]byte
	}{family: syscall.AF_UNIX}
	if address == "" || address[0] != '/' && address[0] != '@' || len(address) >= len(to.path) {
		return nil
	}
	copy(to.path[:], address)
	size := uintptr(2 + len(address))
	if address[0] == '@' {
		to.path[0] = 0
	} else {
		size++ // the zero at the end of a path
	}
	fd, _, failed := syscall.Syscall(syscall.SYS_SOCKET, syscall.AF_UNIX, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if failed != 0 {
		return nil
	}
	return func(text string, patient bool) {
		flags := uintptr(syscall.MSG_NOSIGNAL | syscall.MSG_DONTWAIT)
		if patient {
			flags = syscall.MSG_NOSIGNAL
		}
		// Who does not listen is not told.
		syscall.Syscall6(syscall.SYS_SENDTO, fd, uintptr(unsafe.Pointer(unsafe.StringData(text))), uintptr(len(text)),
			flags, uintptr(unsafe.Pointer(&to)), size)
	}
}
