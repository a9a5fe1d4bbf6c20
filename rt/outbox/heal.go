package outbox

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// heal makes a new store of what can be read of a damaged one, and then puts it in its
// place. Whenever it is cut off, the damaged file or the whole new one has the name.
func (b *Box) heal(name string, why error) (disk, error) {
	old, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("buffer: %s is damaged (%w): %w", name, why, err)
	}
	defer old.Close()
	fresh := name + ".new"
	w, err := wreckOf(old, b.h.MoreTime)
	var n saved
	if err == nil {
		n, err = b.salvageInto(fresh, w)
	}
	if err != nil {
		_ = os.Remove(fresh)
		return nil, fmt.Errorf("buffer: %s is damaged (%w); what can be read of it cannot be saved: %w", name, why, err)
	}
	aside, err := setAside(name, w)
	if err != nil {
		_ = os.Remove(fresh)
		return nil, fmt.Errorf("buffer: %s is damaged (%w); it cannot be moved aside: %w", name, why, err)
	}
	boltfile.SyncFolder(name)
	if err := os.Rename(fresh, name); err != nil {
		return nil, fmt.Errorf("buffer: %w", err)
	}
	boltfile.SyncFolder(name)
	f, err := openStore(name, b.h.MoreTime)
	if err != nil {
		return nil, fmt.Errorf("buffer: %w", err)
	}
	text := name + " was damaged (" + why.Error() + ") and is now " + aside + "; " + n.text()
	b.mu.Lock()
	b.damage = text
	b.mu.Unlock()
	b.h.Log(flow.LevelError, text)
	return f, nil
}

func (n saved) text() string {
	s := flow.FormatInt(int64(n.rows)) + " messages and " + flow.FormatInt(int64(n.letters)) + " dead letters could be read and are kept"
	switch {
	case n.unsure && n.rows+n.letters > 0:
		s += "; some of them may have been sent or dropped before, since what tells of that is damaged"
	case n.doubtful > 0:
		s += "; " + flow.FormatInt(int64(n.doubtful)) + " of them may have been sent or dropped before"
	}
	return s
}

// newStore makes a new file; a test lets it fail.
var newStore = openStore

// salvageInto writes a new store, over what an attempt before this one has left.
func (b *Box) salvageInto(fresh string, w *wreck) (n saved, err error) {
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return n, err
	}
	f, err := newStore(fresh, b.h.MoreTime)
	if err != nil {
		return n, err
	}
	defer f.close()
	var age time.Duration // that of the store begins anew, but the clock of one in use goes on
	if b.disk != nil {
		age = b.age()
	}
	return f.salvage(w, age)
}

// setAside gives a damaged file a second name; an earlier one is left alone. Where a file
// can have one name only, a copy is made.
func setAside(name string, w *wreck) (aside string, err error) {
	is, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	aside = name + ".damaged"
	for n := 2; ; n++ {
		other, err := os.Lstat(aside)
		if errors.Is(err, os.ErrNotExist) {
			break
		}
		if err == nil && os.SameFile(is, other) {
			return aside, nil // by an attempt that was cut off
		}
		aside = name + ".damaged" + strconv.Itoa(n)
	}
	if os.Link(name, aside) == nil {
		return aside, nil
	}
	if err := writeSynced(aside, w); err != nil {
		_ = os.Remove(aside)
		return "", err
	}
	return aside, nil
}

func writeSynced(name string, w *wreck) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(w.copyTo(f), f.Sync(), f.Close())
}
