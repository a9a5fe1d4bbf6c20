package web

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"flowc/rt/flow"
)

// shows reports whether a client shows the token, in a time that does not tell how
// much of it is right.
func shows(q *http.Request, token flow.Secret) bool {
	scheme, given, ok := strings.Cut(q.Header.Get("Authorization"), " ")
	given = strings.TrimLeft(given, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		_, given, ok = q.BasicAuth()
	}
	return ok && subtle.ConstantTimeCompare([]byte(given), []byte(token.Reveal())) == 1
}
