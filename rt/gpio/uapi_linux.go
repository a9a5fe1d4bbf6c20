//go:build !sim

package gpio

import (
	"syscall"
	"unsafe"
)

// The kernel's GPIO interface, version 2 (include/uapi/linux/gpio.h). All its
// structs are laid out alike on 32-bit and 64-bit machines.
const (
	maxLines = 64
	maxAttrs = 10
	nameSize = 32
)

const (
	flagUsed         = 1 << 0
	flagActiveLow    = 1 << 1
	flagInput        = 1 << 2
	flagOutput       = 1 << 3
	flagEdgeRising   = 1 << 4
	flagEdgeFalling  = 1 << 5
	flagPullUp       = 1 << 8
	flagPullDown     = 1 << 9
	flagBiasDisabled = 1 << 10
)

const (
	attrOutputValues = 2
	edgeRising       = 1
)

type lineAttr struct {
	id    uint32
	_     uint32
	value uint64
}

type lineConfigAttr struct {
	attr lineAttr
	mask uint64
}

type lineConfig struct {
	flags    uint64
	numAttrs uint32
	_        [5]uint32
	attrs    [maxAttrs]lineConfigAttr
}

type lineRequest struct {
	offsets     [maxLines]uint32
	consumer    [nameSize]byte
	config      lineConfig
	numLines    uint32
	eventBuffer uint32
	_           [5]uint32
	fd          int32
}

type lineInfo struct {
	name     [nameSize]byte
	consumer [nameSize]byte
	offset   uint32
	numAttrs uint32
	flags    uint64
	attrs    [maxAttrs]lineAttr
	_        [4]uint32
}

type lineValues struct {
	bits uint64
	mask uint64
}

type lineEvent struct {
	nanoseconds uint64
	id          uint32
	offset      uint32
	seq         uint32
	lineSeq     uint32
	_           [6]uint32
}

// The sizes are part of the request numbers; a wrong one does not compile.
var (
	_ [592]byte = [unsafe.Sizeof(lineRequest{})]byte{}
	_ [256]byte = [unsafe.Sizeof(lineInfo{})]byte{}
	_ [16]byte  = [unsafe.Sizeof(lineValues{})]byte{}
	_ [48]byte  = [unsafe.Sizeof(lineEvent{})]byte{}
)

// request numbers: both directions, type 0xB4, as _IOWR makes them.
const (
	requestBase   = 3<<30 | 0xB4<<8
	getLineInfo   = requestBase | 256<<16 | 0x05
	getLine       = requestBase | 592<<16 | 0x07
	getLineValues = requestBase | 16<<16 | 0x0E
	setLineValues = requestBase | 16<<16 | 0x0F
)

func ioctl(fd uintptr, request uintptr, arg unsafe.Pointer) error {
	for {
		_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(arg))
		switch errno {
		case 0:
			return nil
		case syscall.EINTR:
		default:
			return errno
		}
	}
}

// newLineRequest asks for one line. The owner's last byte stays zero, which ends
// it.
func newLineRequest(p Pin, owner string, flags uint64) lineRequest {
	r := lineRequest{numLines: 1}
	r.offsets[0] = uint32(p)
	copy(r.consumer[:nameSize-1], owner)
	r.config.flags = flags
	return r
}

// inputRequest asks for direction, polarity, pull and edges in one call.
func inputRequest(r InputRequest) lineRequest {
	flags := uint64(flagInput | flagEdgeRising | flagEdgeFalling)
	if r.ActiveLow {
		flags |= flagActiveLow
	}
	switch r.Pull {
	case PullUp:
		flags |= flagPullUp
	case PullDown:
		flags |= flagPullDown
	default:
		flags |= flagBiasDisabled
	}
	q := newLineRequest(r.Pin, r.Owner, flags)
	q.eventBuffer = EdgeQueue
	return q
}

// outputRequest asks for direction, polarity and first level in one call, so
// that a relay does not click at start.
func outputRequest(r OutputRequest) lineRequest {
	flags := uint64(flagOutput)
	if r.ActiveLow {
		flags |= flagActiveLow
	}
	q := newLineRequest(r.Pin, r.Owner, flags)
	q.config.numAttrs = 1
	q.config.attrs[0] = lineConfigAttr{attr: lineAttr{id: attrOutputValues}, mask: 1}
	if r.On {
		q.config.attrs[0].attr.value = 1
	}
	return q
}
