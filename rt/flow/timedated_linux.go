package flow

import (
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
)

// busSocket is where the machine's message bus (D-Bus) listens.
const busSocket = "/run/dbus/system_bus_socket"

// timedated asks systemd's time service whether somebody keeps the clock right. The service asks the kernel as
// clockIsSet does: a program whose unit says ProtectClock= may not. The answer may take its time, since the service is
// started for the question, so it is waited for beside the instants.
type timedated struct {
	once sync.Once
	set  atomic.Bool
}

// timeService is that of this machine. In the clock its type would be part of programs that never ask.
var timeService timedated

// says is the last answer; the first call begins to ask.
func (d *timedated) says(clock Clock, socket string) bool {
	d.once.Do(func() {
		go func() {
			for !askTimedated(socket) {
				<-clock.NewTimer(wallPace).C()
			}
			d.set.Store(true)
		}()
	})
	return d.set.Load()
}

// busPatience is how long the bus may take for each of its answers, in seconds.
const busPatience = 20

// askTimedated asks once; where there is no bus or no such service, nothing is known to be set.
func askTimedated(socket string) bool {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer syscall.Close(fd)
	if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: socket}); err != nil {
		return false
	}
	wait := syscall.Timeval{Sec: busPatience}
	_ = syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &wait)
	b := &bus{fd: fd}
	return b.login() && b.synchronized()
}

// bus is a connection to the machine's message bus: what of its protocol one question needs.
type bus struct {
	fd   int
	read []byte
}

// busMost bounds what is read of a message, in bytes. An answer has about a hundred.
const busMost = 64 << 10

// login says who asks; the bus sees whether it is true.
func (b *bus) login() bool {
	who := ""
	for _, c := range strconv.Itoa(os.Getuid()) {
		who += "3" + string(c) // the digits' letters as hexadecimal numbers
	}
	if !b.send("\x00AUTH EXTERNAL " + who + "\r\n") {
		return false
	}
	for n := 1; ; n++ {
		line := b.next(n)
		if line == nil || n > 200 {
			return false
		}
		if line[n-1] == '\n' {
			b.read = b.read[n:]
			return string(line[:2]) == "OK" && b.send("BEGIN\r\n")
		}
	}
}

// synchronized asks for the property of which `timedatectl` says "System clock synchronized".
func (b *bus) synchronized() bool {
	const service, properties = "org.freedesktop.timedate1", "org.freedesktop.DBus.Properties"
	ask := busCall(1, "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus", "Hello") +
		busCall(2, "/org/freedesktop/timedate1", service, properties, "Get", service, "NTPSynchronized")
	if !b.send(ask) {
		return false
	}
	for answers := 0; ; {
		const methodReturn, failure = 2, 3
		kind, body := b.message()
		switch kind {
		case 0, failure:
			return false
		case methodReturn:
			if answers++; answers == 2 { // a variant: its type, and from the next multiple of four on its value
				return string(body) == "\x01b\x00\x00\x01\x00\x00\x00"
			}
		}
	}
}

// message reads the next message; kind is 0 where there is none.
func (b *bus) message() (kind byte, body []byte) {
	const fixed = 16
	head := b.next(fixed)
	if head == nil || head[0] != 'l' {
		return 0, nil
	}
	kind = head[1]
	size, fields := littleEndian(head[4:]), littleEndian(head[12:])
	if size > busMost || fields > busMost {
		return 0, nil
	}
	begin := (fixed + int(fields) + 7) &^ 7
	end := begin + int(size)
	all := b.next(end)
	if all == nil {
		return 0, nil
	}
	b.read = b.read[end:]
	return kind, all[begin:]
}

func littleEndian(b []byte) uint32 {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// next is the next n bytes, nil where they do not come.
func (b *bus) next(n int) []byte {
	for len(b.read) < n {
		var more [512]byte
		got, err := syscall.Read(b.fd, more[:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil || got <= 0 {
			return nil
		}
		b.read = append(b.read, more[:got]...)
	}
	return b.read[:n:n]
}

func (b *bus) send(text string) bool {
	for len(text) > 0 {
		n, err := syscall.Write(b.fd, []byte(text))
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n == 0 {
			return false
		}
		text = text[n:]
	}
	return true
}

// busCall is the message that calls a method, whose arguments are all texts (D-Bus specification, "Message Protocol").
func busCall(serial byte, path, service, face, method string, arguments ...string) string {
	body := busText{}
	for _, a := range arguments {
		body.pad(4)
		body.text(a)
	}
	fields := busText{}
	fields.field(1, 'o', path)
	fields.field(2, 's', face)
	fields.field(3, 's', method)
	fields.field(6, 's', service)
	if len(arguments) > 0 {
		fields.pad(8)
		fields = append(fields, 8, 1, 'g', 0, byte(len(arguments)))
		for range arguments {
			fields = append(fields, 's')
		}
		fields = append(fields, 0)
	}
	const call, version = 1, 1
	m := busText{'l', call, 0, version}
	m.number(len(body))
	m.number(int(serial))
	m.number(len(fields))
	m = append(m, fields...)
	m.pad(8)
	return string(append(m, body...))
}

// busText is a part of a message that begins at a multiple of eight.
type busText []byte

func (t *busText) pad(to int) {
	for len(*t)%to != 0 {
		*t = append(*t, 0)
	}
}

func (t *busText) number(n int) { *t = append(*t, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) }

func (t *busText) text(s string) {
	t.number(len(s))
	*t = append(append(*t, s...), 0)
}

// field is a header field: its number, its type and a text.
func (t *busText) field(number, kind byte, s string) {
	t.pad(8)
	*t = append(*t, number, 1, kind, 0)
	t.text(s)
}
