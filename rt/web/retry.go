package web

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"time"

	"flowc/rt/flow"
)

// Limits of the wait before another attempt.
const (
	retryLeast = 100 * time.Millisecond
	retryMost  = 30 * time.Second
	// refusedTimes is how often a request is made that a server answers with "not
	// now".
	refusedTimes = 5
	// askedMost bounds what a server may ask for with Retry-After.
	askedMost = time.Hour
)

// pause is the wait before attempt number n+1: twice as long each time, spread so
// that many programs do not come back at once. The spread is the program's own and
// not chance, so a replay waits as long.
func pause(h *flow.Host, n int64, least time.Duration) time.Duration {
	most := retryMost
	if n < 16 {
		most = min(most, least<<max(n-1, 0))
	}
	return spread(h.Program()+"\x00"+h.Name(), n, most)
}

// spreadOver is a wait between half and all of most.
func spreadOver(seed string, n int64, most time.Duration) time.Duration {
	f := fnv.New64a()
	f.Write([]byte(seed + strconv.FormatInt(n, 10)))
	half := most / 2
	return half + time.Duration(f.Sum64()%uint64(max(half, 1)))
}

// retryAfter reads what a server asks for: seconds, or a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	var wait time.Duration
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		wait = time.Duration(min(max(n, 0), int64(askedMost/time.Second))) * time.Second
	} else if t, err := http.ParseTime(text); err == nil {
		wait = t.Sub(now)
	}
	return min(max(wait, 0), askedMost)
}
