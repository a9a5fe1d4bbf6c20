//go:build !sim

package gpio

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// The numbers and places are those of include/uapi/linux/gpio.h, worked out from
// its structs; they are the same on every machine.
func TestKernelLayout(t *testing.T) {
	var (
		q lineRequest
		i lineInfo
		e lineEvent
	)
	for _, c := range []struct {
		name      string
		got, want uintptr
	}{
		{"GPIO_V2_GET_LINEINFO_IOCTL", getLineInfo, 0xC100B405},
		{"GPIO_V2_GET_LINE_IOCTL", getLine, 0xC250B407},
		{"GPIO_V2_LINE_GET_VALUES_IOCTL", getLineValues, 0xC010B40E},
		{"GPIO_V2_LINE_SET_VALUES_IOCTL", setLineValues, 0xC010B40F},
		{"request.consumer", unsafe.Offsetof(q.consumer), 256},
		{"request.config", unsafe.Offsetof(q.config), 288},
		{"config.attrs", unsafe.Offsetof(q.config.attrs), 32},
		{"request.num_lines", unsafe.Offsetof(q.numLines), 560},
		{"request.event_buffer_size", unsafe.Offsetof(q.eventBuffer), 564},
		{"request.fd", unsafe.Offsetof(q.fd), 588},
		{"info.offset", unsafe.Offsetof(i.offset), 64},
		{"info.flags", unsafe.Offsetof(i.flags), 72},
		{"event.id", unsafe.Offsetof(e.id), 8},
		{"event.line_seqno", unsafe.Offsetof(e.lineSeq), 20},
	} {
		if c.got != c.want {
			t.Errorf("%s is %#x, want %#x", c.name, c.got, c.want)
		}
	}
}

func TestInputRequest(t *testing.T) {
	q := inputRequest(InputRequest{Pin: 17, Pull: PullUp, ActiveLow: true, Owner: strings.Repeat("x", 40)})
	if q.offsets[0] != 17 || q.numLines != 1 || q.config.numAttrs != 0 {
		t.Errorf("offset %d of %d, %d attributes", q.offsets[0], q.numLines, q.config.numAttrs)
	}
	if want := uint64(0x1<<2 | 0x1<<4 | 0x1<<5 | 0x1<<8 | 0x1<<1); q.config.flags != want {
		t.Errorf("flags %#x, want %#x", q.config.flags, want)
	}
	if q.eventBuffer <= 16 {
		t.Errorf("%d events are buffered, the kernel's default is 16", q.eventBuffer)
	}
	if q.consumer[30] != 'x' || q.consumer[31] != 0 {
		t.Error("the owner is not cut to 31 bytes and a zero")
	}
	for pull, bit := range map[Pull]uint64{PullUp: 1 << 8, PullDown: 1 << 9, PullNone: 1 << 10} {
		if got := inputRequest(InputRequest{Pull: pull}).config.flags & (7 << 8); got != bit {
			t.Errorf("pull %s gives %#x, want %#x", pull, got, bit)
		}
	}
}

func TestOutputRequestCarriesItsFirstLevel(t *testing.T) {
	for _, on := range []bool{false, true} {
		q := outputRequest(OutputRequest{Pin: 22, ActiveLow: true, On: on})
		a := q.config.attrs[0]
		var value uint64
		if on {
			value = 1
		}
		if q.config.numAttrs != 1 || a.attr.id != 2 || a.attr.value != value || a.mask != 1 {
			t.Errorf("on %v: %d attributes, first %+v", on, q.config.numAttrs, a)
		}
		if want := uint64(1<<3 | 1<<1); q.config.flags != want {
			t.Errorf("flags %#x, want %#x", q.config.flags, want)
		}
	}
}

func TestReadEdges(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	edges := make(chan Edge, 10)
	over := make(chan struct{})
	go func() {
		readEdges(r.Read, func(e Edge) { edges <- e })
		close(over)
	}()
	sent := [2]lineEvent{
		{nanoseconds: 5e9, id: 1, offset: 17, seq: 9, lineSeq: 1},
		{nanoseconds: 6e9, id: 2, offset: 17, seq: 12, lineSeq: 4},
	}
	w.Write(unsafe.Slice((*byte)(unsafe.Pointer(&sent[0])), unsafe.Sizeof(sent)))
	for _, want := range []Edge{{On: true, At: 5 * time.Second, Seq: 1}, {At: 6 * time.Second, Seq: 4}} {
		select {
		case got := <-edges:
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("no edge")
		}
	}
	r.Close()
	select {
	case <-over:
	case <-time.After(10 * time.Second):
		t.Fatal("closing the line does not end its goroutine")
	}
	if len(edges) > 0 {
		t.Errorf("closing tells %+v", <-edges)
	}
}

func TestReadEdgesTellsOfABrokenLine(t *testing.T) {
	var got []Edge
	readEdges(brokenLine{}.Read, func(e Edge) { got = append(got, e) })
	if len(got) != 1 || !errors.Is(got[0].Err, syscall.ENODEV) {
		t.Errorf("got %+v", got)
	}
}

type brokenLine struct{}

func (brokenLine) Read([]byte) (int, error) { return 0, syscall.ENODEV }

func TestNoChip(t *testing.T) {
	if found, _ := filepath.Glob("/dev/gpiochip*"); len(found) > 0 {
		t.Skip("this machine has a GPIO chip")
	}
	_, in := (&cdev{}).Input(InputRequest{Pin: 17})
	_, out := (&cdev{}).Output(OutputRequest{Pin: 17})
	want := "no GPIO chip here, and this program wants pin 17: run it on a Raspberry Pi, or try it with simulated pins: `flowc run`"
	for _, err := range []error{in, out, (&cdev{}).Check(17)} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A chip that is there and cannot be opened is told of by its file.
func TestChipThatDoesNotOpen(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink(filepath.Join(dir, "gone"), filepath.Join(dir, "gpiochip0")); err != nil {
		t.Fatal(err)
	}
	err := closedChip(17, filepath.Join(dir, "gpiochip*"))
	if !errors.Is(err, syscall.ENOENT) || !strings.HasPrefix(err.Error(), filepath.Join(dir, "gpiochip0")+": pin 17: ") {
		t.Errorf("got %v", err)
	}
}

// A file that is no chip is refused by the kernel, not by a crash.
func TestRequestOfSomethingElse(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	q := outputRequest(OutputRequest{Pin: 1})
	// An emulated processor says ENOSYS.
	if err := ioctl(f.Fd(), getLine, unsafe.Pointer(&q)); !errors.Is(err, syscall.ENOTTY) && !errors.Is(err, syscall.ENOSYS) {
		t.Errorf("got %v, want ENOTTY", err)
	}
}
