//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"syscall"
	"unsafe"
)

// chip is a GPIO chip as the kernel's interface of version 2 shows it, by offsets in
// plain bytes: nothing of it is shared with what it looks at.
type chip struct {
	*os.File
	label string
	lines uint32
	// simulated is the folder in which the levels of inputs are moved; empty for a chip that
	// has none.
	simulated string
}

const (
	readWrite    = 3<<30 | 0xB4<<8
	chipInfo     = 2<<30 | 68<<16 | 0xB4<<8 | 0x01
	lineInfo     = readWrite | 256<<16 | 0x05
	requestLine  = readWrite | 592<<16 | 0x07
	lineValues   = readWrite | 16<<16 | 0x0E
	requestFlags = 64*4 + 32 // after the offsets and the consumer
	requestCount = requestFlags + 8 + 4 + 20 + 10*24
	requestFile  = requestCount + 4 + 4 + 20
)

func ioctl(fd uintptr, number uintptr, b []byte) error {
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, number, uintptr(unsafe.Pointer(&b[0]))); errno != 0 {
		return errno
	}
	return nil
}

func text(b []byte) string {
	s, _, _ := strings.Cut(string(b), "\x00")
	return s
}

func open(path string) chip {
	f, err := os.Open(path)
	must(err)
	b := make([]byte, 68)
	must(ioctl(f.Fd(), chipInfo, b))
	return chip{File: f, label: text(b[32:64]), lines: binary.LittleEndian.Uint32(b[64:])}
}

// user is who has a line.
func (c chip) user(line int) string {
	b := make([]byte, 256)
	binary.LittleEndian.PutUint32(b[64:], uint32(line))
	must(ioctl(c.Fd(), lineInfo, b))
	return text(b[32:64])
}

// line is what the kernel's own list says of a line that somebody has.
func (c chip) line(line int) string {
	who := c.user(line)
	list, err := os.ReadFile("/sys/kernel/debug/gpio")
	must(err)
	for l := range strings.Lines(string(list)) {
		if who != "" && strings.Contains(l, "|"+who) {
			return strings.TrimSpace(l)
		}
	}
	return ""
}

// request takes a line as it is and gives its file.
func (c chip) request(line int, who string) int {
	b := make([]byte, 592)
	binary.LittleEndian.PutUint32(b, uint32(line))
	copy(b[64*4:], who)
	binary.LittleEndian.PutUint32(b[requestCount:], 1)
	must(ioctl(c.Fd(), requestLine, b))
	return int(int32(binary.LittleEndian.Uint32(b[requestFile:])))
}

// hold takes a line until it is released.
func (c chip) hold(line int, who string) (release func()) {
	fd := c.request(line, who)
	return func() { syscall.Close(fd) }
}

// level is the voltage of a line that nobody has.
func (c chip) level(line int) bool {
	fd := c.request(line, "witness")
	defer syscall.Close(fd)
	b := make([]byte, 16)
	b[8] = 1
	must(ioctl(uintptr(fd), lineValues, b))
	return b[0]&1 != 0
}

// move sets the level that a simulated input sees.
func (c chip) move(line int, high bool) {
	to := "pull-down"
	if high {
		to = "pull-up"
	}
	must(os.WriteFile(fmt.Sprintf("%s/sim_gpio%d/pull", c.simulated, line), []byte(to), 0o644))
}

// insert loads a module of the kernel.
func insert(f *os.File) error {
	none := []byte{0}
	if _, _, errno := syscall.Syscall(sysFinitModule, f.Fd(), uintptr(unsafe.Pointer(&none[0])), 0); errno != 0 {
		return fmt.Errorf("module %s: %w", f.Name(), errno)
	}
	return nil
}
