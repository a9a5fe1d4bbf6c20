package check

import (
	"fmt"
	"math"
	"time"

	"flowc/lang/diag"
	"flowc/lang/rate"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// errBufferForm is a buffer that is no object.
func errBufferForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This is written differently", a.Expr.Range(), "settings in braces are needed here")
	f.Hint = "say how long something may wait:"
	f.Example = "buffer = { keep = 24.h }"
	return f
}

func errBufferSetting(name string, r rangeT, known []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", r, fmt.Sprintf("a buffer has no `%s`", name))
	if !didYouMean(f, name, known, r) {
		f.Hint = "it has " + listed(known) + "."
	}
	return f
}

// errBufferNear is a buffer before a file on the same disk.
func (c *checker) errBufferNear(d *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "There is nothing to wait for", a.NameRange, fmt.Sprintf("`%s` writes to a file of this machine", d.name))
	f.Why = "A row that is in the file is as safe as one in the buffer, and a file that cannot be written leaves no room for a buffer either."
	f.Hint = "leave it out; a buffer is for a database on another machine."
	remove(f, c, a)
	return f
}

// errBufferKeep is a buffer that does not say how long it keeps.
func errBufferKeep(r rangeT) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", r, "a buffer needs `keep`")
	f.Why = "What is older than that is dropped: a receiver that never comes back must not fill the disk."
	f.Hint = "add"
	f.Example = "keep = 24.h"
	return f
}

// errBufferFull is a policy beside a buffer, which has its own.
func errBufferFull(full, buffer *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "The buffer decides this", full.NameRange, "this is about what waits in memory")
	also(f, buffer.NameRange, "and here it waits in the buffer")
	f.Hint = "say it there:"
	f.Example = "buffer = { keep = 24.h, on_full = block }"
	return f
}

// errOldBufferTaken is a sink that would take over what waits for another that is
// there.
func errOldBufferTaken(r rangeT, other *decl) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", r, fmt.Sprintf("`%s` sends what waits for it", other.name))
	also(f, other.at, "it is here")
	f.Hint = "`renamed_from` is the name that the block had before, which nothing else has now."
	return f
}

// errNothingRenamed is a former name of a thing that keeps nothing.
func errNothingRenamed(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "There is nothing to take over", a.NameRange, "nothing of this outlives the program")
	f.Hint = "a former name is for what waits in a `buffer`; leave it out."
	return f
}

// errBufferSmall is a buffer that is full before the time is over for which it is to keep.
func errBufferSmall(d *decl, x typed.Expr, w rate.Waiting, shots rate.Rate) *diag.Diagnostic {
	b := d.thing.Buffer
	f := warning("W0907", "This buffer is full before its time", b.Range, fmt.Sprintf("%s in %s", rate.Number(w.Rows), rate.Duration(b.Keep)))
	also(f, x.Base().Range, "this happens "+shots.String())
	lasts := math.Min(w.LimitRows/w.Rows, w.LimitBytes/w.Bytes) * float64(b.Keep)
	f.Why = fmt.Sprintf("That would be %s MB; it takes %s rows and %s MB, and is full after about %s.",
		rate.Number(w.Bytes/1e6), rate.Number(w.LimitRows), rate.Number(w.LimitBytes/1e6), rate.Duration(time.Duration(lasts).Round(time.Minute)))
	f.Hint = "keep it for a shorter time, let less of it through, or give it the room:"
	f.Example = fmt.Sprintf("buffer = { keep = %s, size = %d.MB, rows = %d }", keepText(b), int64(math.Ceil(w.Bytes/1e6)), int64(w.Rows))
	return f
}

// keepText is `keep` as the flow writes it.
func keepText(b *typed.Buffer) string {
	for _, s := range b.Sets {
		if s.Field.Name == "keep" {
			return s.X.Base().Text
		}
	}
	return "…"
}

// errBufferWears is a buffer that writes more often than a card is made for, although
// everything could be sent.
func errBufferWears(d *decl, x typed.Expr, writes rate.Rate) *diag.Diagnostic {
	f := warning("W0903", "This wears out a memory card", x.Base().Range,
		fmt.Sprintf("the buffer of `%s` writes %s times a day", d.name, rate.Number(rate.PerDay(writes.Min))))
	also(f, d.thing.Buffer.Range, "each is written before it is sent")
	f.Why = "What its source cannot repeat is made safe first, and each time rewrites a few blocks of the card, which bear that some ten thousand times."
	f.Hint = "send less often, for example once a minute what many of them come to:"
	f.Example = "when = every(1.min)"
	return f
}
