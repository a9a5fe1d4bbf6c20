package web

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"

	"flowc/rt/flow"
)

// errTimeout ends a request that took longer than it may.
var errTimeout = errors.New("no answer in time")

// errCancelled ends a request that nobody waits for any more.
var errCancelled = errors.New("cancelled")

// wording says why a request failed, in words that hold neither the address nor what
// was sent with it: both may be secret, and the fault names the thing already.
func wording(ctx context.Context, err error) string {
	if cause := context.Cause(ctx); cause != nil {
		return cause.Error()
	}
	var (
		name    *net.DNSError
		number  syscall.Errno
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
		invalid x509.CertificateInvalidError
		record  tls.RecordHeaderError
		timeout net.Error
	)
	switch {
	case errors.Is(err, errRedirects):
		return errRedirects.Error()
	case nowhere(err):
		return errNowhere.Error()
	case errors.Is(err, errElsewhere):
		return errElsewhere.Error()
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no host of that name"
	case errors.As(err, &name):
		return "no name server answers"
	case errors.As(err, &host):
		return "the server's certificate is for another host"
	case errors.As(err, &unknown):
		return "the server's certificate is signed by nobody who is known here (see `ca`)"
	case errors.As(err, &invalid):
		return "the server's certificate is not valid now; is the clock right?"
	case errors.As(err, &record):
		return "the server does not speak TLS on this port"
	case errors.As(err, &number):
		return "no connection: " + number.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server hung up"
	case errors.As(err, &timeout) && timeout.Timeout():
		return errTimeout.Error()
	case strings.Contains(err.Error(), "server response headers exceeded"):
		return "the headers of the answer are larger than " + size(headerBytes)
	}
	return "the exchange failed"
}

// transientError reports whether another attempt may fare better. A server that sends on
// to where a request cannot go is there, and would do the same again.
func transientError(err error) bool {
	return !errors.Is(err, errRedirects) && !errors.Is(err, errElsewhere) && !nowhere(err)
}

// nowhere reports whether a server sends on to what is no address.
func nowhere(err error) bool {
	return errors.Is(err, errNowhere) || strings.Contains(err.Error(), "failed to parse Location header")
}

// refusal says what a server answered that is no success.
func refusal(status int) string {
	text := "the server answers " + strconv.Itoa(status)
	switch status {
	case 401:
		text += ": it wants another login"
	case 403:
		text += ": it does not allow this"
	case 404:
		text += ": there is no such thing"
	case 429:
		text += ": it was asked too often"
	}
	return text
}

// transientStatus are answers that may be others in a moment; everything else below
// 500 would be the same again.
func transientStatus(status int) bool {
	switch status {
	case 408, 425, 429:
		return true
	}
	return status >= 500
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch {
	case n >= 1e6 && n%1e6 == 0:
		return flow.FormatInt(n/1e6) + " MB"
	case n >= 1e3 && n%1e3 == 0:
		return flow.FormatInt(n/1e3) + " kB"
	case n >= 1<<20 && n%(1<<20) == 0:
		return flow.FormatInt(n>>20) + " MB"
	case n >= 1<<10 && n%(1<<10) == 0:
		return flow.FormatInt(n>>10) + " KB"
	}
	return flow.FormatInt(n) + " bytes"
}
