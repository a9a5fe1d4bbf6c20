// Package port opens the ports on which a program listens, and tries them out. It says in
// plain words why one cannot be had.
package port

import (
	"errors"
	"net"
	"syscall"
)

// Listen listens on an address, host:port.
func Listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, errors.New(Plain(err))
	}
	return l, nil
}

// Try reports why an address could not be listened on. It has that for a moment only, and
// nobody who comes meanwhile is answered.
func Try(address string) error {
	l, err := Listen(address)
	if err == nil {
		err = l.Close()
	}
	return err
}

// Plain says why an address cannot be listened on.
func Plain(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "the address is in use; does another program, or this one, run already?"
	case errors.Is(err, syscall.EACCES):
		return "the port may not be used; below 1024 a program needs a right for that"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "this machine does not have the address"
	}
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err.Error()
	}
	return err.Error()
}
