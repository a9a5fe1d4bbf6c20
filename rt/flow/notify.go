package flow

import (
	"os"
	"strconv"
	"time"
)

// supervision is how the service manager that started the program hears of it: what
// sd_notify(3) tells systemd, over a datagram socket.
type supervision struct {
	// send is nil where nobody asked to be told. Patient waits for room, which only what is
	// told once may: a ping that finds none is followed by the next.
	send func(text string, patient bool)
	// every is how often the manager wants a sign of life, 0 for never; due is when the next
	// one is.
	every, due time.Duration
}

// supervised asks the environment who wants to be told of the program.
func supervised() (s supervision) {
	if s.send = notifier(os.Getenv("NOTIFY_SOCKET")); s.send != nil {
		us, _ := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
		// Each may be late by as much again before the program is taken for dead.
		s.every = time.Duration(us) * time.Microsecond / 3
	}
	return s
}

// tell tells the service manager; what happens at the start waits until it is heard.
func (s *supervision) tell(text string, patient bool) {
	if s.send != nil {
		s.send(text, patient)
	}
}

// beat gives the sign of life when it is due. Only the instant loop calls it: a program
// that hangs in an instant is killed, one whose sink is slow is not.
func (e *Engine) beat(now time.Duration) {
	if s := &e.watched; s.every > 0 && now >= s.due {
		s.due = now + s.every
		s.tell("WATCHDOG=1\n"+e.status(), false)
	}
}

// status is the line of `systemctl status`. A fault's message may quote what came in and
// belongs to the log, which not everybody reads; its place does not.
func (e *Engine) status() string {
	text := "STATUS=" + FormatInt(int64(e.faults.count)) + " faults"
	if n := len(e.faults.last); n > 0 {
		text += ", the last one: " + e.faults.last[n-1].Position
	}
	return text
}
