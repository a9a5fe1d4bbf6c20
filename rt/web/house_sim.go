//go:build sim

package web

import (
	"net/url"
	"os"
	"strings"

	"flowc/rt/sim/outside"
)

// simulatedHouse takes a server out of the network: whoever runs the simulation asks
// it. With FLOWC_SIM_HTTP=real it listens.
func simulatedHouse(name string, e *house) bool {
	if os.Getenv("FLOWC_SIM_HTTP") == "real" {
		return false
	}
	outside.Open(name, e)
	return true
}

// Ask is a request without a network. The login is taken for granted.
func (e *house) Ask(method, target, body string, tell func(status int, body string)) (problem string) {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return "a path begins with `/`, such as /api/state"
	}
	segments, _ := split(u.EscapedPath())
	for _, p := range e.places {
		captured, fits := p.path.match(segments)
		if !fits || p.method != strings.ToUpper(method) || p.visit == nil {
			continue
		}
		v := newVisit(u.Query(), captured)
		v.asked.Body = []byte(body)
		v.answer = func(r reply) {
			if !v.over.Swap(true) {
				tell(r.status, string(r.body))
			}
		}
		if !p.visit(v) {
			return "too many requests wait"
		}
		return ""
	}
	return "nothing answers " + strings.ToUpper(method) + " " + target
}
