package postgres

import (
	"testing"

	"flowc/rt/rows"

	"github.com/jackc/pgx/v5/pgproto3"
)

// A server that ends sessions itself says so before it does: no row is to blame for that,
// however often somebody ends them while it is under way.
func TestEndedByTheServer(t *testing.T) {
	for name, say := range map[string]pgproto3.BackendMessage{
		"after a time limit":   &pgproto3.ErrorResponse{Severity: "FATAL", Code: "25P04", Message: "terminating connection due to transaction timeout"},
		"by another's crash":   &pgproto3.NoticeResponse{Severity: "WARNING", Code: "57P02", Message: "terminating connection because of crash of another server process"},
		"by an immediate stop": &pgproto3.NoticeResponse{Severity: "WARNING", Code: "57P01", Message: "terminating connection due to immediate shutdown command"},
		"by a recovery":        &pgproto3.ErrorResponse{Severity: "FATAL", Code: "40001", Message: "terminating connection due to conflict with recovery"},
		"for want of memory":   &pgproto3.ErrorResponse{Severity: "FATAL", Code: "53200", Message: "out of memory"},
		"for want of room":     &pgproto3.ErrorResponse{Severity: "PANIC", Code: "53100", Message: "could not write to file: No space left on device"},
	} {
		for at, ends := range map[string]string{"row": "a", "commit": "COMMIT"} {
			t.Run(name+" at the "+at, func(t *testing.T) {
				s := fake(t, func(b *pgproto3.Backend) {
					mortal(b, func(text string) bool {
						if text != ends {
							return false
						}
						answered(b, say)
						return true
					}, func([]string) {})
				})
				s.fitted = true
				for _, batch := range [][]*rows.Job{{named("a")}, {named("a"), named("b")}} {
					if _, err := carried(s, batch, 20); err == nil && len(batch) == 1 || batch[0].Failure != "" {
						t.Errorf("%v, %q", err, batch[0].Failure)
					}
				}
			})
		}
	}
}
