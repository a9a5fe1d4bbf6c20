package postgres

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// address is where a database is, and who asks for it. Nothing of it is told in a
// message: the whole of it may be a secret.
type address struct {
	// network and dial are what is dialled: "tcp" and "host:port", or "unix" and the
	// file of a socket.
	network, dial string
	// server is the name that the server's certificate must have.
	server                   string
	database, user, password string
	// plain says that the address asks for no TLS.
	plain bool
	// near says that nobody can listen in: it is this machine.
	near bool
}

const example = "postgres://192.168.1.20:5432/house"

// parseAddress reads postgres://user:password@host:port/database?sslmode=…, or
// postgres:///database?host=/folder for a socket.
func parseAddress(text string) (a address, err error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return a, errors.New("url: this is no address; write " + example)
	case u.Scheme != "postgres" && u.Scheme != "postgresql":
		return a, errors.New("url: the scheme must be postgres; write " + example)
	case u.Opaque != "" || u.Fragment != "":
		return a, errors.New("url: must be a host and a database; write " + example)
	}
	if a.database = strings.TrimPrefix(u.Path, "/"); a.database == "" || strings.Contains(a.database, "/") {
		return a, errors.New("url: which database? Write its name behind the host: " + example)
	}
	a.user = u.User.Username()
	a.password, _ = u.User.Password()
	folder := ""
	for name, values := range u.Query() {
		switch value := values[0]; name {
		case "sslmode":
			if a.plain, err = plainMode(value); err != nil {
				return a, err
			}
		case "host":
			folder = value
		case "channel_binding": // it is bound to the channel wherever the server can be
		default:
			return a, errors.New("url: there is no `" + name + "` here; the settings of `postgres` say the rest")
		}
	}
	return a, a.place(u, folder)
}

// plainMode reads the word of libpq for how far a connection is encrypted.
func plainMode(word string) (plain bool, err error) {
	switch word {
	case "disable":
		return true, nil
	case "require", "verify-ca", "verify-full":
		return false, nil
	}
	return false, errors.New("url: sslmode is disable or verify-full here: what encrypts only sometimes (" + strconv.Quote(word) + ") protects nothing")
}

func (a *address) place(u *url.URL, folder string) error {
	port := u.Port()
	if port == "" {
		port = "5432"
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return errors.New("url: the port is no number from 1 to 65535")
	}
	switch {
	case folder != "" && u.Hostname() != "":
		return errors.New("url: names two hosts")
	case strings.HasPrefix(folder, "/"):
		a.network, a.dial, a.near = "unix", folder+"/.s.PGSQL."+port, true
		return nil
	case folder != "" || u.Hostname() == "":
		return errors.New("url: which host? Write " + example + ", or postgres:///house?host=/run/postgresql for a socket")
	}
	a.network, a.server = "tcp", u.Hostname()
	a.dial = net.JoinHostPort(a.server, port)
	ip := net.ParseIP(a.server)
	a.near = a.server == "localhost" || ip != nil && ip.IsLoopback()
	return nil
}
