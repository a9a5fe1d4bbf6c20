//go:build sim

package health

import "net"

// whereListens is where a page is while its program is tried out: for this machine only,
// whatever the flow says.
func whereListens(address string) string {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return net.JoinHostPort("127.0.0.1", port)
}
