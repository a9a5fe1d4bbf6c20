package mqtt

import (
	"errors"
	"net"
	"strconv"
	"strings"
)

// address is where a broker is.
type address struct {
	// hostPort is "host:port", as people read it and as it is dialled.
	hostPort string
	tls      bool
}

// parseAddress reads tcp://host:port, mqtt://host or mqtts://host; the port is
// 1883 without TLS and 8883 with it.
func parseAddress(url string) (address, error) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return address{}, errors.New("url: " + quote(url) + " has no scheme; write tcp://host:1883, or mqtts://host:8883 for TLS")
	}
	a := address{}
	port := "1883"
	switch scheme {
	case "tcp", "mqtt":
	case "mqtts":
		a.tls, port = true, "8883"
	default:
		return a, errors.New("url: the scheme " + quote(scheme) + " is not known; write tcp://host:1883, or mqtts://host:8883 for TLS")
	}
	if strings.Contains(rest, "@") {
		return a, errors.New("url: a user name and password do not belong into the address; use the settings `user` and `password`")
	}
	rest = strings.TrimSuffix(rest, "/")
	if rest == "" || strings.ContainsAny(rest, "/?# \t\n") {
		return a, errors.New("url: " + quote(url) + " must be a scheme, a host and a port, as in tcp://192.168.1.10:1883")
	}
	host, given, err := splitHostPort(rest)
	if err != nil {
		return a, err
	}
	if given != "" {
		port = given
	}
	a.hostPort = net.JoinHostPort(host, port)
	return a, nil
}

func splitHostPort(text string) (host, port string, err error) {
	if strings.HasSuffix(text, "]") || strings.Count(text, ":") == 0 {
		return strings.Trim(text, "[]"), "", nil
	}
	host, port, err = net.SplitHostPort(text)
	if err != nil || host == "" {
		return "", "", errors.New("url: " + quote(text) + " is not a host and a port; an IPv6 address stands in brackets")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return "", "", errors.New("url: the port " + quote(port) + " is not a number from 1 to 65535")
	}
	return host, port, nil
}
