package boltfile

import "io"

// mostPages bounds what is taken for the size of a file that was cut off.
const mostPages = 1 << 22

// FreePages are the pages of a file in which nothing is kept any more: free tells of the
// page at a place. It knows only where the first pages and the list of free pages are
// whole.
func FreePages(f io.ReaderAt, size int64) (free func(at int64) bool, ok bool) {
	v := &verifier{f: f, size: size}
	m, err := v.newest()
	if err != nil || m.freelist == noFreelist || m.high > mostPages {
		return nil, false
	}
	v.page, v.high = int64(m.pageSize), m.high
	v.used = make([]bool, v.high)
	if v.free(m.freelist) != nil {
		return nil, false
	}
	// Its own pages are marked as well; no row is in them.
	return func(at int64) bool {
		n := at / v.page
		return n < int64(len(v.used)) && v.used[n]
	}, true
}
