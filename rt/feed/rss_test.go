package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// rss is a feed of these entries, the newest first.
func rss(titles ...string) string {
	var b strings.Builder
	b.WriteString("<rss version='2.0'><channel><title>News</title>")
	for _, t := range titles {
		fmt.Fprintf(&b, "<item><title>%s</title><guid>%s</guid></item>", t, t)
	}
	return b.String() + "</channel></rss>"
}

// polled is what happens when the feed has these entries.
func (t *RSS) polled(tb testing.TB, titles ...string) string {
	tb.Helper()
	list, err := read([]byte(rss(titles...)))
	if err != nil {
		tb.Fatal(err)
	}
	t.take(list)
	var got []string
	for _, e := range t.known.waiting {
		got = append(got, e.Title)
	}
	t.known.waiting = nil
	return strings.Join(got, " ")
}

func wants(tb testing.TB, got, want string) {
	tb.Helper()
	if got != want {
		tb.Errorf("happens %q, want %q", got, want)
	}
}

// numbered is a feed of entries from number `from` down to `to`.
func numbered(from, to int) (list []string) {
	for n := from; n >= to; n-- {
		list = append(list, fmt.Sprint("e", n))
	}
	return list
}

func TestOnlyNewEntriesHappen(t *testing.T) {
	f := &RSS{}
	wants(t, f.polled(t, "b", "a"), "")
	wants(t, f.polled(t, "b", "a"), "")
	wants(t, f.polled(t, "d", "c", "b", "a"), "c d")
	wants(t, f.polled(t), "")
	wants(t, f.polled(t, "e", "e", "a"), "e")
	wants(t, f.polled(t, "d", "c"), "")
}

func TestTheFirstPollIsNoFlood(t *testing.T) {
	f := &RSS{Initial: 2}
	wants(t, f.polled(t, numbered(150, 1)...), "e149 e150")
	wants(t, f.polled(t, numbered(151, 1)...), "e151")
}

// At most 20 come at a time; the others are not lost.
func TestManyNewEntriesComeInTurns(t *testing.T) {
	f := &RSS{}
	wants(t, f.polled(t, "e0"), "")
	wants(t, f.polled(t, numbered(45, 0)...), strings.Join([]string{"e1 e2 e3 e4 e5 e6 e7 e8 e9 e10", "e11 e12 e13 e14 e15 e16 e17 e18 e19 e20"}, " "))
	wants(t, f.polled(t, numbered(45, 0)...), strings.Join([]string{"e21 e22 e23 e24 e25 e26 e27 e28 e29 e30", "e31 e32 e33 e34 e35 e36 e37 e38 e39 e40"}, " "))
	wants(t, f.polled(t, numbered(45, 0)...), "e41 e42 e43 e44 e45")
	wants(t, f.polled(t, numbered(45, 0)...), "")
}

// What is known is bounded, and never forgotten while the feed still has it.
func TestSeenIsBounded(t *testing.T) {
	f := &RSS{}
	f.polled(t, "pinned")
	for n := range 300 {
		f.polled(t, append(numbered(n*10+9, n*10), "pinned")...)
	}
	if len(f.known.seen) != seenMost {
		t.Errorf("%d ids are kept", len(f.known.seen))
	}
	wants(t, f.polled(t, append(numbered(2999, 2990), "pinned")...), "")
}

// Hostile feeds cost no more than their size.
func TestHostileFeeds(t *testing.T) {
	laughs := "<!DOCTYPE r [<!ENTITY a 'ha'>"
	for c := 'b'; c <= 'k'; c++ {
		laughs += fmt.Sprintf("<!ENTITY %c '%s'>", c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	cases := map[string]string{
		"a billion laughs": laughs + "]><rss><channel><item><title>&k;</title></item></channel></rss>",
		"a file":           "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title></item></channel></rss>",
		"a deep one":       "<rss><channel><item>" + strings.Repeat("<a:b>", 200_000),
		"a long title":     rss(strings.Repeat("x", 1<<20)),
		"many entries":     rss(numbered(20_000, 0)...),
		"no text":          "<rss><channel><item><title>\xff\xfe\x00</title></item></channel></rss>",
		"unfinished":       "<rss><channel><item><title>x",
		"no end":           strings.Repeat("<rss>", 100_000),
		"a strange letter": "<?xml version='1.0' encoding='no-such'?><rss><channel><item><title>x</title></item></channel></rss>",
		"empty":            "",
		"null":             "null",
		"JSON":             `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"},null,{"authors":[null]}]}`,
	}
	for name, text := range cases {
		started := time.Now()
		list, err := safely([]byte(text))
		if took := time.Since(started); took > time.Minute { // a second as it is, on a quiet machine
			t.Errorf("%s takes %v", name, took)
		}
		if len(list) > entryMost {
			t.Errorf("%s: %d entries", name, len(list))
		}
		for _, e := range list {
			if len(e.Title)+len(e.ID)+len(e.Link)+len(e.Summary) > 4*textMost || strings.Contains(e.Title, "root:") {
				t.Errorf("%s: %.80q", name, e.Title)
			}
		}
		if err != nil && err.Error() != "it is no feed of RSS or Atom" && err != errPanic {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type panicked string

func (p panicked) Error() string { return string(p) }

const errPanic = panicked("panic")

// safely is read with the recover that web's runner has around it.
func safely(body []byte) (list []Entry, err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	return read(body)
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{rss("a", "b"), "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>b</id></entry></feed>", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, e := range first(safely([]byte(text))) {
			if len(e.ID) > textMost {
				t.Errorf("an id of %d bytes", len(e.ID))
			}
		}
	})
}

func first(list []Entry, _ error) []Entry { return list }

// TestAnEntryWithoutAnID holds that an id is made of what there is, without characters that
// no database takes.
func TestAnEntryWithoutAnID(t *testing.T) {
	list, err := read([]byte("<rss><channel><item><title>storm</title></item><item><title>rain</title><pubDate>Mon, 2 Jun 2026 09:00:00 GMT</pubDate></item></channel></rss>"))
	if err != nil || len(list) != 2 || list[0].ID != "storm" || list[1].ID != "rain Mon, 2 Jun 2026 09:00:00 GMT" {
		t.Errorf("%v %+v", err, list)
	}
}
