package feed

import (
	"bytes"
	"errors"
	"hash/fnv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"flowc/rt/flow"
)

// textMost bounds a text of an entry; the rest is cut off.
const textMost = 16 << 10

// read makes entries of a feed, those at its head first. It runs beside the flow.
func read(body []byte) ([]Entry, error) {
	if list, ok := simulated(body); ok {
		return list, nil
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("it is no feed of RSS or Atom")
	}
	list := make([]Entry, 0, min(len(f.Items), entryMost))
	for _, i := range f.Items[:min(len(f.Items), entryMost)] {
		list = append(list, entryOf(i))
	}
	return list, nil
}

func entryOf(i *gofeed.Item) Entry {
	e := Entry{ID: i.GUID, Title: text(i.Title), Link: text(i.Link), Summary: text(i.Description)}
	if e.Summary == "" {
		e.Summary = text(i.Content)
	}
	if e.ID == "" {
		e.ID = i.Link
	}
	if e.ID == "" {
		e.ID = strings.TrimSpace(i.Title + " " + i.Published)
	}
	if len(i.Authors) > 0 && i.Authors[0] != nil && i.Authors[0].Name != "" {
		e.Author = flow.Some(text(i.Authors[0].Name))
	}
	if t := moment(i); t != nil {
		e.Published = flow.Some(t.UTC())
	}
	e.ID = text(e.ID)
	return e
}

func moment(i *gofeed.Item) *time.Time {
	if i.PublishedParsed != nil {
		return i.PublishedParsed
	}
	return i.UpdatedParsed
}

// text is bounded, valid and without space around it.
func text(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > textMost {
		s = s[:textMost]
	}
	return strings.ToValidUTF8(s, "")
}

func hash(id string) uint64 {
	f := fnv.New64a()
	f.Write([]byte(id))
	return f.Sum64()
}
