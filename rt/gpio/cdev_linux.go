//go:build !sim

package gpio

import (
	"os"
	"syscall"
	"time"
	"unsafe"
)

func systemLines() Lines { return &cdev{} }

// cdev opens pins through the kernel's GPIO character device.
type cdev struct{}

func (*cdev) Input(r InputRequest) (InputLine, error) {
	q := inputRequest(r)
	l, err := request(r.Pin, &q)
	if err != nil {
		return nil, err
	}
	// A file that does not block is read through the runtime's poller, and Close
	// ends a Read.
	if err := syscall.SetNonblock(int(l), true); err != nil {
		l.Close()
		return nil, explain(r.Pin, "/dev/gpiochip*", "", err)
	}
	f := os.NewFile(uintptr(l), r.Pin.String())
	go readEdges(f.Read, r.Edges)
	return &cdevInput{cdevLine: l, f: f}, nil
}

func (*cdev) Output(r OutputRequest) (OutputLine, error) {
	q := outputRequest(r)
	l, err := request(r.Pin, &q)
	if err != nil {
		return nil, err
	}
	return l, nil
}

func (*cdev) Check(p Pin) error {
	c, err := openChip(p)
	if err != nil {
		return err
	}
	by, used, err := c.user(p)
	c.Close()
	if err != nil {
		return explain(p, c.Name(), "", err)
	}
	if used {
		return busy(p, by, syscall.EBUSY)
	}
	return nil
}

// request claims a line.
func request(p Pin, q *lineRequest) (cdevLine, error) {
	c, err := openChip(p)
	if err != nil {
		return 0, err
	}
	err = ioctl(c.Fd(), getLine, unsafe.Pointer(q))
	by := ""
	if err != nil {
		by, _, _ = c.user(p)
	}
	c.Close()
	if err != nil {
		return 0, explain(p, c.Name(), by, err)
	}
	return cdevLine(q.fd), nil
}

// chipFile is an open chip.
type chipFile struct{ *os.File }

// user tells who has a pin and whether anybody has.
func (c chipFile) user(p Pin) (by string, used bool, err error) {
	info := lineInfo{offset: uint32(p)}
	if err := ioctl(c.Fd(), getLineInfo, unsafe.Pointer(&info)); err != nil {
		return "", false, err
	}
	n := 0
	for n < len(info.consumer) && info.consumer[n] != 0 {
		n++
	}
	return string(info.consumer[:n]), info.flags&flagUsed != 0, nil
}

// cdevLine is the file descriptor of a claimed line.
type cdevLine int

func (l cdevLine) Read() (bool, error) {
	v := lineValues{mask: 1}
	err := ioctl(uintptr(l), getLineValues, unsafe.Pointer(&v))
	return v.bits&1 != 0, err
}

func (l cdevLine) Set(on bool) error {
	v := lineValues{mask: 1}
	if on {
		v.bits = 1
	}
	return ioctl(uintptr(l), setLineValues, unsafe.Pointer(&v))
}

func (l cdevLine) Close() error { return syscall.Close(int(l)) }

// cdevInput is a line whose edges are read through a file, which owns it.
type cdevInput struct {
	cdevLine
	f *os.File
}

func (l *cdevInput) Close() error { return l.f.Close() }

// readEdges files the edges of a line until it is closed. The kernel gives whole
// events only.
func readEdges(read func([]byte) (int, error), file func(Edge)) {
	var events [16]lineEvent
	const size = int(unsafe.Sizeof(events[0]))
	raw := unsafe.Slice((*byte)(unsafe.Pointer(&events[0])), len(events)*size)
	for {
		n, err := read(raw)
		for i := range n / size {
			e := &events[i]
			file(Edge{On: e.id == edgeRising, At: time.Duration(e.nanoseconds), Seq: e.lineSeq})
		}
		if err != nil {
			if !isClosed(err) {
				file(Edge{Err: err})
			}
			return
		}
	}
}
