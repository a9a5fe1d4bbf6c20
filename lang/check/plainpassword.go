package check

import (
	"net"
	"net/url"
	"strings"

	"flowc/lang/typed"
)

// plainPasswords warns of things that send a secret to a constant address without
// encryption. On this machine itself nobody listens in.
func (c *checker) plainPasswords() {
	for _, d := range c.things() {
		address, secret := connectionOf(d.thing)
		if address == nil || secret == nil {
			continue
		}
		text, ok := address.V.(string)
		if !ok {
			continue
		}
		u, err := url.Parse(text)
		if err != nil || safely[u.Scheme] == "" || isLocal(u.Hostname()) {
			continue
		}
		c.report(errPlainPassword(d, address, secret, u.Scheme))
	}
}

// safely has the schemes that do not encrypt, with the one that does instead.
var safely = map[string]string{"tcp": "mqtts", "mqtt": "mqtts", "http": "https", "ws": "wss"}

// connectionOf is a thing's constant address and what it is given as a secret.
func connectionOf(t *typed.Thing) (address *typed.Const, secret *typed.Set) {
	for _, s := range t.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == "url" {
			address = k
		}
		if secret == nil && s.X != nil && secretIn(s.X) != nil {
			secret = s
		}
	}
	return address, secret
}

func isLocal(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
