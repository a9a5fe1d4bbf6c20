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
		if err != nil || isLocal(u.Hostname()) {
			continue
		}
		open, can := unencrypted(d.thing)
		switch {
		case can && (open != nil || u.Query().Get("sslmode") == "disable") && u.Hostname() != "":
			c.report(errPlainSwitch(d, address, open, secret))
		case !can && safely[u.Scheme] != "":
			c.report(errPlainPassword(d, address, secret, u.Scheme))
		}
	}
}

// unencrypted is the switch of a thing that turns its encryption off, nil where that is
// on; can says that it has one.
func unencrypted(t *typed.Thing) (off *typed.Const, can bool) {
	for _, f := range t.Kind.Fields {
		can = can || f.Tags["encrypts"] != ""
	}
	for _, s := range t.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Tags["encrypts"] != "" && k.V == false {
			return k, can
		}
	}
	return nil, can
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
