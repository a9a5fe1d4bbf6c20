//go:build !linux

package mqtt

import "net"

// newEager is the connection itself: only Linux delays its confirmations for
// long and lets that be changed.
func newEager(conn net.Conn) net.Conn { return conn }
