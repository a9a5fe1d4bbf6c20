package feed

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// RSS asks a feed (RSS or Atom) again and again; each entry that was not there before
// is an event, the oldest first. What is there when the program starts is not new.
//
//	rss news {
//	  url   = "https://example.com/feed.xml"
//	  every = 15.min
//	}
//
//	log told {
//	  show = "${news.title}: ${news.link}"
//	}
//
// A feed that was published anew with the same entries brings none: entries are known
// by their id, the last 1,000 of them. At most 20 come at a time, the others with the
// next question. What came while the program did not run is told where all of the
// program persists, which keeps the ids (after a power cut the last of them may come
// twice); otherwise all that is there at a start counts as known.
//
//flow:kind rss
//flow:memory 2.MB what is read and written
//flow:memory limit the feed
//flow:memory limit its entries
type RSS struct {
	// Via is the server, where several things ask the same one or it wants a login.
	Via *web.Connection `optional:"true"`
	// URL is the address of the feed; with `via`, what comes behind the server's. It
	// may hold a secret, or be one: faults never show it.
	URL string `secret:"may"`
	// Every is the time from one question to the next, at least 1 s; a feed seldom
	// changes within minutes.
	Every time.Duration
	// Initial is how many entries, the newest, count as new when the program starts.
	Initial int64 `default:"0" range:"0,20"`
	// Timeout is how long one question may take, answer included.
	Timeout time.Duration `default:"10.s" under:"every"`
	// Retry says how often a question that failed is asked again before the next is
	// due; `{ times = 0 }` is never.
	Retry flow.Retry `default:"{ times = 2, wait = 1.s }"`
	// Limit is how large the feed may be, in bytes.
	Limit int64 `default:"1048576" range:"1,67108864"`

	// Self is a new entry.
	Self flow.Event[Entry] `rate:"most 20 every"`
	// Failed happens when a question is given up; the next one comes all the same.
	Failed flow.Event[web.Failure] `rate:"most every"`

	poll  flow.Outside[*web.Get[[]Entry]]
	known rssMemory
}

// rssMemory is what is known of a feed.
type rssMemory struct {
	// of tells the feed: of another one nothing is known.
	of uint64
	// seen are the ids of entries that are known, the newest last; begun says that the
	// feed has answered before.
	seen  []uint64
	begun bool
	// waiting are new entries whose moment has not come, the oldest first.
	waiting []Entry
}

// Entry is an entry of a feed. Texts are as the feed has them, often with HTML in them.
type Entry struct {
	// ID tells it from all others of the feed; where the feed gives none, its link.
	ID string
	// Title is its headline.
	Title string
	// Link is where it can be read.
	Link string
	// Summary is what it is about, or all of it.
	Summary string
	// Author wrote it.
	Author flow.Opt[string]
	// Published is when.
	Published flow.Opt[time.Time]
}

// Limits of what is kept, and of what comes at a time.
const (
	seenMost  = 1000
	entryMost = 200
	atOnce    = 20
)

// timerNext is behind those of the poll.
const timerNext = 7

// Start reads the settings.
func (t *RSS) Start(h *flow.Host) error {
	if t.Limit <= 0 {
		return errors.New("limit: must be more than 0")
	}
	if of := hash(t.address()); t.known.of != of {
		t.known = rssMemory{of: of}
	}
	t.poll.It = &web.Get[[]Entry]{Via: t.Via, URL: t.URL, Every: t.Every, Timeout: t.Timeout, Retry: t.Retry, Limit: t.Limit}
	t.poll.It.Failed.Wired = t.Failed.Wired
	t.poll.It.ReadEarly(read)
	return t.poll.It.Start(h)
}

// address is where the feed is.
func (t *RSS) address() string {
	if t.Via != nil {
		return t.Via.URL + " " + t.URL
	}
	return t.URL
}

// Kept is what is known of the feed.
func (t *RSS) Kept() any { return &t.known }

// Ails tells that the feed could not be read the last time, and why.
func (t *RSS) Ails() string {
	if t.poll.It == nil {
		return ""
	}
	return t.poll.It.Ails()
}

// React asks, finds what is new, and lets it happen.
func (t *RSS) React(h *flow.Host, w flow.Wake) {
	if w.Why == flow.OnTimer && w.Timer == timerNext {
		t.next(h)
		return
	}
	poll := t.poll.It
	poll.React(h, w)
	if poll.Failed.Happened(h.Pass()) {
		t.Failed.Happen(h.Pass(), poll.Failed.V)
	}
	if poll.Self.Happened(h.Pass()) {
		t.take(poll.Self.V)
		t.next(h)
	}
}

// next lets the oldest of what waits happen; each has an instant of its own.
func (t *RSS) next(h *flow.Host) {
	if len(t.known.waiting) == 0 {
		return
	}
	t.Self.Happen(h.Pass(), t.known.waiting[0])
	t.known.waiting = t.known.waiting[1:]
	if len(t.known.waiting) > 0 {
		h.After(timerNext, 0)
	}
}

// take looks for entries that were not there before; they come with the newest first.
func (t *RSS) take(list []Entry) {
	if len(list) > entryMost {
		list = list[:entryMost]
	}
	newest := atOnce
	if !t.known.begun {
		newest = int(t.Initial)
	}
	known := make(map[uint64]bool, len(t.known.seen))
	for _, id := range t.known.seen {
		known[id] = true
	}
	var found []Entry
	for n := len(list) - 1; n >= 0; n-- {
		if !known[hash(list[n].ID)] {
			known[hash(list[n].ID)] = true
			found = append(found, list[n])
		}
	}
	switch {
	case t.known.begun:
		found = found[:min(len(found), newest)] // the others come with the next question
		t.know(list, found)
		t.known.waiting = append(t.known.waiting, found...)
	default:
		t.known.begun = true
		t.know(list, found)
		t.known.waiting = append(t.known.waiting, found[max(0, len(found)-newest):]...)
	}
}

// know keeps the ids of what was found; those that the feed still has go last, so that
// they are not the ones that are forgotten.
func (t *RSS) know(list, found []Entry) {
	here := make(map[uint64]bool, len(list))
	for _, e := range list {
		here[hash(e.ID)] = true
	}
	var gone, still []uint64
	for _, id := range t.known.seen {
		if here[id] {
			still = append(still, id)
		} else {
			gone = append(gone, id)
		}
	}
	t.known.seen = append(gone, still...)
	for _, e := range found {
		t.known.seen = append(t.known.seen, hash(e.ID))
	}
	t.known.seen = t.known.seen[max(0, len(t.known.seen)-seenMost):]
}

// Stop lets go of the question that is under way.
func (t *RSS) Stop(h *flow.Host) {
	if t.poll.It != nil {
		t.poll.It.Stop(h)
	}
}
