package postgres

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// A statement can be the end of its connection each time: it crashes the server, or calls
// a function that ends the session. It would be tried again for ever, and all that is
// behind it with it. A server that is merely away must not be taken for that, so a job is
// to blame only where it was sent alone, over connections that had just answered.

// deadlyMost is how often a job may be the end of its connection before it is given up.
const deadlyMost = 5

// doubt is what is known of connections that were lost since the last commit.
type doubt struct {
	// lost counts the attempts that ended with their connection.
	lost int
	// job was sent alone and was the end of times connections.
	job   *rows.Job
	times int
}

// deadly is the error that jobs are the end of their connections: of several it is found
// out which one is, and one alone is given up.
type deadly struct{ error }

func (d *deadly) Unwrap() error { return d.error }

// doubted counts an attempt that ended with its connection, and turns its error into a
// deadly one where the jobs themselves are to blame.
func (s *store) doubted(t *transaction, err error) error {
	if errors.Is(err, errAnew) || !s.ends(t, err) {
		return err
	}
	d := &s.doubt
	d.lost++
	switch {
	case !t.begins:
		return err
	case len(t.batch) > 1:
		return &deadly{err} // each alone, from now on
	case d.job != t.batch[0]:
		d.job, d.times = t.batch[0], 0
	}
	if d.times++; d.times < deadlyMost {
		return err
	}
	why := "it was sent alone " + flow.FormatInt(int64(d.times)) + " times, and each time " + explained(err).Error()
	s.doubt = doubt{}
	return &deadly{errors.New(why)}
}

// ends reports whether an error is the end of the connection by the doing of the server,
// with jobs under way. Where the network is silent, or a table is damaged, a row waits
// until that is over; a query or a change has had its time.
func (s *store) ends(t *transaction, err error) bool {
	var u *unreached
	var b *broken
	var r *refusal
	row := len(t.batch) == 1 && t.batch[0].Adds
	switch {
	case s.over(), t.batch[0].SQL == "":
		return false
	case errors.As(err, &b):
		return !errors.As(err, &u) && !b.foreign() && (!row || b.soon(t.took))
	case errors.As(err, &r):
		return !row && r.class("XX", codeNoMemory, codeNoRoom)
	}
	return false
}

// foreign reports whether the server has said that the end is nothing of this session's.
func (b *broken) foreign() bool { return b.told != nil && b.told.class(codeCrashed) }

// Limits of the time after which the end of a connection is the doing of the row that is
// under way. Later it is a row that waits for a lock, and somebody who does not wait with
// it: a proxy, or an administrator.
const (
	soonLost  = 5 * time.Second
	soonEnded = time.Second
)

// soon reports whether an end may be the doing of a row after so long. A server that tells
// of a limit, or that it has no memory or no room, has ended the session for that.
func (b *broken) soon(took time.Duration) bool {
	switch {
	case b == silent:
		return false
	case b.told == nil:
		return took < soonLost
	}
	return b.told.class(codeTerminated) && took < soonEnded
}

// over reports whether the program stops, which closes connections too.
func (s *store) over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}
