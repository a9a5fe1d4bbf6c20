package web

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"flowc/rt/flow"
)

// Limits of a connection, beside the time that a request has as a whole.
const (
	dialLimit = 10 * time.Second
	idleLimit = 90 * time.Second
	// redirects is how often a server may send on to another address.
	redirects = 5
	// headerBytes bounds the headers of an answer.
	headerBytes = 64 << 10
)

type tlsFiles struct{ ca, cert, key string }

// newClient makes a client whose every limit is set.
func newClient(files tlsFiles) (*http.Client, error) {
	config, err := files.config()
	if err != nil {
		return nil, err
	}
	dial := &net.Dialer{Timeout: dialLimit}
	// HTTP/2 saves a busy page time and a flow none, and a program for a Pi is built
	// without it.
	only := new(http.Protocols)
	only.SetHTTP1(true)
	return &http.Client{
		Transport: &http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: dial.DialContext,
			TLSClientConfig: config, TLSHandshakeTimeout: 2 * dialLimit,
			MaxIdleConns: 8, MaxIdleConnsPerHost: 2, IdleConnTimeout: idleLimit,
			MaxResponseHeaderBytes: headerBytes, Protocols: only,
		},
		CheckRedirect: redirected,
	}, nil
}

func (f tlsFiles) config() (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if f.ca != "" {
		pem, err := os.ReadFile(f.ca)
		if err != nil {
			return nil, unreadable("ca", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("ca: " + f.ca + " holds no certificate in PEM form")
		}
	}
	switch {
	case f.cert == "" && f.key == "":
		return c, nil
	case f.key == "":
		return nil, errors.New("cert: the setting `key` with its private key is missing")
	case f.cert == "":
		return nil, errors.New("key: the setting `cert` with its certificate is missing")
	}
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			return nil, unreadable("cert", err)
		}
		return nil, errors.New("cert: " + f.cert + " and " + f.key + " are no certificate with its private key in PEM form")
	}
	c.Certificates = []tls.Certificate{pair}
	return c, nil
}

func unreadable(setting string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return errors.New(setting + ": " + path.Path + " cannot be read: " + path.Err.Error())
	}
	return errors.New(setting + ": " + err.Error())
}

// errRedirects ends a chain that goes on and on.
var errRedirects = errors.New("it redirects more than 5 times")

// errNowhere ends one that nobody can follow.
var errNowhere = errors.New("it redirects to something that is no web address")

// errElsewhere ends a request that would carry its body to another server.
var errElsewhere = errors.New("it redirects to another server, which is not sent what was meant for this one")

// redirected follows a server to another address. What was meant for the first
// server stays behind when it is another one: the headers of the flow, a login, and
// the address it came from, which may hold a secret. net/http would let a subdomain
// have the login, and any server the flow's own headers.
func redirected(next *http.Request, before []*http.Request) error {
	if len(before) > redirects {
		return errRedirects
	}
	if next.URL.Scheme != "http" && next.URL.Scheme != "https" || next.URL.Host == "" {
		return errNowhere
	}
	next.URL.User = nil
	away := !sameServer(before[0].URL, next.URL)
	for _, r := range before[1:] {
		away = away || !sameServer(before[0].URL, r.URL)
	}
	if away && next.ContentLength != 0 {
		return errElsewhere // a body may hold a secret as well as a header may
	}
	if away {
		next.Header = http.Header{"User-Agent": {agentName}}
	}
	next.Header.Del("Referer")
	return nil
}

func sameServer(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host)
}

// agentName is how the program calls itself.
const agentName = "flowc"

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// addHeaders adds headers of a flow; `x_api_key` is sent as X-Api-Key.
func addHeaders(h http.Header, list flow.Pairs) {
	for _, p := range list {
		h.Set(strings.ReplaceAll(p.Name, "_", "-"), p.Value)
	}
}

// checkHeaders refuses what would end a header and begin another, and what net/http leaves
// out since it says that itself.
func checkHeaders(list flow.Pairs) error {
	for _, p := range list {
		switch strings.ToLower(strings.ReplaceAll(p.Name, "_", "-")) {
		case "content-length", "transfer-encoding", "trailer":
			return errors.New("headers: `" + p.Name + "` is the connection's own")
		}
		if p.Name == "" || strings.ContainsFunc(p.Name, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("()<>@,;:\\\"/[]?={}", r) }) {
			return errors.New("headers: \"" + p.Name + "\" is no name of a header")
		}
		if controls(p.Value) {
			return errors.New("headers: the text of `" + p.Name + "` holds a control character")
		}
	}
	return nil
}

// controls reports whether a text holds what no header may.
func controls(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// parseBase reads the address of a server.
func parseBase(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("url: expected an address such as https://example.com/path")
	case u.User != nil:
		return nil, errors.New("url: a login does not belong into the address; use `user` and `password` of an `http` thing")
	}
	return u, nil
}

// address is where a request goes: what a thing says, behind the base address of its
// server if it has one, with a query.
func address(base, text string, query flow.Pairs) (string, error) {
	if base != "" {
		scheme, _, other := strings.Cut(text, "://")
		switch {
		case other && !strings.ContainsAny(scheme, "/?#"):
			return "", errors.New("url: with `via` it is what comes behind the server's address, such as \"/state\"")
		case strings.Contains(base, "?") && text != "" && text[0] != '?':
			return "", errors.New("url: the address has a query, behind which no path can come")
		}
		text = behind(base, text)
	}
	u, err := parseBase(text)
	if err != nil {
		return "", err
	}
	u.Fragment = ""
	if q := encodePairs(query); q != "" {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += q
	}
	return u.String(), nil
}

// behind is a base address with what a thing says behind it; with nothing, or with a
// query only, the base is asked as it is.
func behind(base, text string) string {
	if strings.Contains(base, "?") && text != "" {
		return base + "&" + text[1:]
	}
	if text == "" || text[0] == '?' {
		return base + text
	}
	return strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(text, "/")
}

// encodePairs writes pairs as a query or a form has them.
func encodePairs(list flow.Pairs) string {
	var b strings.Builder
	for _, p := range list {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.Name) + "=" + url.QueryEscape(p.Value))
	}
	return b.String()
}
