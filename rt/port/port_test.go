package port

import (
	"net"
	"os"
	"syscall"
	"testing"
)

// An address that is tried out is free afterwards, and one that somebody has is told.
func TestTry(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	if err := Try(at); err == nil || err.Error() != "the address is in use; does another program, or this one, run already?" {
		t.Errorf("with somebody there: %v", err)
	}
	l.Close()
	for range 2 {
		if err := Try(at); err != nil {
			t.Errorf("with nobody there: %v", err)
		}
	}
	if err := Try("192.0.2.1:8080"); err == nil || err.Error() != "this machine does not have the address" {
		t.Errorf("somebody else's address: %v", err)
	}
}

func TestPlain(t *testing.T) {
	refused := &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", syscall.EACCES)}
	if got := Plain(refused); got != "the port may not be used; below 1024 a program needs a right for that" {
		t.Error(got)
	}
	other := &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("socket", syscall.EMFILE)}
	if got := Plain(other); got != "socket: too many open files" {
		t.Error(got)
	}
}
