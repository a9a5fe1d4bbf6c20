package diag

import (
	"strings"

	"github.com/apparentlymart/go-textseg/v15/textseg"
)

// Lines longer than longLine columns are cut to a window around the underline,
// so that a finding in a line of a thousand columns still fits a screen.
const (
	longLine   = 160
	windowLead = 40
)

// visible gives the line as printed, and the column and length of the underline in it.
func visible(pl place) (line string, at, n int) {
	before := expand(pl.text[:pl.from], 0)
	at = displayWidth(before)
	under := expand(pl.text[pl.from:pl.to], at)
	n = max(1, displayWidth(under))
	after := expand(pl.text[pl.to:], at+displayWidth(under))
	line = strings.TrimRight(before+under+after, " ")
	if displayWidth(line) <= longLine {
		return line, at, n
	}
	skip := max(0, at-windowLead)
	line, skipped := cut(line, skip, longLine-2)
	if skipped > 0 {
		line = "…" + line
		at = at - skipped + 1
	}
	return line, at, max(1, min(n, displayWidth(line)-at))
}

// cut drops the first columns of a line and keeps at most width of the rest; skipped is how many columns went,
// one more than asked when a wide character stands across the cut.
func cut(line string, skip, width int) (kept string, skipped int) {
	var b strings.Builder
	rest := []byte(line)
	used := 0
	for len(rest) > 0 {
		size, cluster, err := textseg.ScanGraphemeClusters(rest, true)
		if err != nil || size <= 0 {
			break
		}
		w := clusterWidth(cluster)
		rest = rest[size:]
		if skipped < skip {
			skipped += w
			continue
		}
		if used+w > width {
			return b.String() + "…", skipped
		}
		b.Write(cluster)
		used += w
	}
	return b.String(), skipped
}
