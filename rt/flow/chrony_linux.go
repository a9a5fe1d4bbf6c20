package flow

import (
	"sync"
	"sync/atomic"
	"syscall"
)

// chrony asks the time service of that name whether it keeps the clock right, where the kernel may not be asked. The
// service answers everybody on its machine; still it may be away, so its answer is waited for beside the instants.
type chrony struct {
	once sync.Once
	set  atomic.Bool
}

// timeService is that of this machine. In the clock its type would be part of programs that never ask.
var timeService chrony

// chronyPort is where chronyd answers, on loopback.
const chronyPort = 323

// says is the last answer; the first call begins to ask.
func (c *chrony) says(clock Clock, port int) bool {
	c.once.Do(func() {
		go func() {
			for !askChrony(port) {
				<-clock.NewTimer(wallPace).C()
			}
			c.set.Store(true)
		}()
	})
	return c.set.Load()
}

// What `chronyc tracking` asks and is told, of version 6 of its protocol (chrony's candm.h). A question is as long as its
// answer.
const (
	chronyVersion  = 6
	chronyAsks     = 1
	chronyAnswers  = 2
	chronyTracking = 33
	chronyReply    = 5
	chronySize     = 104
	chronyLeap     = 54
	chronyUnsure   = 3
)

// askChrony asks once; where nobody answers, nothing is known to be set.
func askChrony(port int) bool {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer syscall.Close(fd)
	wait := syscall.Timeval{Sec: 1}
	if syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &wait) != nil ||
		syscall.Connect(fd, &syscall.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}) != nil {
		return false
	}
	question := make([]byte, chronySize)
	question[0], question[1], question[5] = chronyVersion, chronyAsks, chronyTracking
	if _, err := syscall.Write(fd, question); err != nil {
		return false
	}
	answer := make([]byte, chronySize)
	n, err := syscall.Read(fd, answer)
	return err == nil && n > chronyLeap+1 && chronyKeepsTime(answer)
}

// chronyKeepsTime reads an answer: its version, its sort, that it is about tracking, that there is no error, and the leap
// status, which is that of a clock out of step until a server was heard.
func chronyKeepsTime(b []byte) bool {
	short := func(at int) int { return int(b[at])<<8 | int(b[at+1]) }
	return b[0] == chronyVersion && b[1] == chronyAnswers && short(4) == chronyTracking && short(6) == chronyReply && short(8) == 0 &&
		short(chronyLeap) < chronyUnsure
}
