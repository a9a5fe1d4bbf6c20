// Package fix applies the edits that findings carry where there is exactly one answer.
// It works on files in memory, and takes back whatever makes a flow worse.
package fix

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"flowc/lang/diag"
)

// Checked is what a look at the files found.
type Checked struct {
	Found diag.List
	// Whole says that all checks ran. Files that cannot be read as a flow hide what is wrong with its types: those
	// errors are not new when the reading succeeds.
	Whole bool
}

// Check looks at files, by name.
type Check func(files map[string][]byte) Checked

// Result is what became of the files.
type Result struct {
	// Files are all files; those without a fix hold their old text.
	Files map[string][]byte
	// Fixed are the findings whose fix was applied, in that order. Their places are those of the text at the time.
	Fixed diag.List
	// Found is what is left.
	Found diag.List
}

// maxRounds bounds how often all that can be mended at once is mended: a fix may bring to light what it hid.
const maxRounds = 20

// maxChecks bounds how often the files are looked at in all.
const maxChecks = 300

// All applies fixes until there are none left that help. The number of errors never grows.
func All(files map[string][]byte, check Check) Result {
	left := maxChecks
	f := &fixer{check: check, left: &left, files: files, now: check(files), refused: map[string]bool{}}
	f.seen = map[[sha256.Size]byte]bool{digest(files): true}
	f.rounds()
	return Result{Files: f.files, Fixed: f.fixed, Found: f.now.Found}
}

type fixer struct {
	check   Check
	left    *int // how many checks may still be made
	files   map[string][]byte
	now     Checked
	fixed   diag.List
	refused map[string]bool
	// seen are the states of the files so far: two fixes may undo each other.
	seen map[[sha256.Size]byte]bool
	// ahead says that this one only looks where a fix leads to.
	ahead bool
}

func (f *fixer) rounds() {
	for range maxRounds {
		if !f.round() {
			return
		}
	}
}

// round applies everything that can be applied at once, and reports whether something changed for the better.
func (f *fixer) round() bool {
	batch := f.compatible()
	if len(batch) == 0 {
		return false
	}
	if len(batch) > 1 && f.together(batch) {
		return true
	}
	return f.singly()
}

// singly tries one fix at a time: each moves the places of the others, so all findings are looked at anew.
func (f *fixer) singly() bool {
	better := false
	for *f.left > 0 {
		batch := f.compatible()
		if len(batch) == 0 {
			break
		}
		if f.alone(batch[0]) {
			better = true
		} else {
			f.refused[f.key(batch[0])] = true
		}
	}
	return better
}

// together applies fixes and keeps the outcome if each was to the good: a good one could make up for a bad one.
func (f *fixer) together(batch diag.List) bool {
	next := f.with(batch)
	sameDepth := next.now.Whole == f.now.Whole
	if sameDepth && countErrors(next.now.Found) > countErrors(f.now.Found)-countErrors(batch) || !f.better(next) {
		return false
	}
	f.take(next, batch)
	return true
}

// alone applies one fix and keeps the outcome if it is better, or leads to something better: the right name of a kind
// brings all errors in its block to light, which may have fixes of their own.
func (f *fixer) alone(d *diag.Diagnostic) bool {
	next := f.with(diag.List{d})
	if !f.better(next) && !f.ahead {
		for _, other := range f.now.Found {
			next.refused[f.key(other)] = true
		}
		next.rounds()
	}
	if !f.better(next) {
		return false
	}
	f.take(next, diag.List{d})
	return true
}

// with is where fixes lead to.
func (f *fixer) with(batch diag.List) *fixer {
	var edits []diag.Edit
	for _, d := range batch {
		edits = append(edits, d.Fix...)
	}
	next := &fixer{check: f.check, left: f.left, files: apply(f.files, edits), ahead: true}
	next.refused, next.seen = maps.Clone(f.refused), maps.Clone(f.seen)
	next.now = f.check(next.files)
	*f.left--
	return next
}

func (f *fixer) take(next *fixer, batch diag.List) {
	f.files, f.now = next.files, next.now
	f.fixed = slices.Concat(f.fixed, batch, next.fixed)
	f.seen[digest(f.files)] = true
}

// better reports whether something went away and the errors did not become more.
func (f *fixer) better(next *fixer) bool {
	before, after := f.now, next.now
	switch {
	case f.seen[digest(next.files)]:
		return false
	case before.Whole != after.Whole:
		return after.Whole
	case countErrors(after.Found) > countErrors(before.Found):
		return false
	}
	return !slices.Equal(describe(before.Found, f.files), describe(after.Found, next.files))
}

// compatible are the findings with a fix that touches no other's, in the order of their places.
func (f *fixer) compatible() diag.List {
	var batch diag.List
	var taken []diag.Edit
	for _, d := range f.now.Found {
		if len(d.Fix) == 0 || f.refused[f.key(d)] || !f.fits(d.Fix) {
			continue
		}
		if !slices.ContainsFunc(d.Fix, func(e diag.Edit) bool { return touches(taken, e) }) {
			batch, taken = append(batch, d), append(taken, d.Fix...)
		}
	}
	return batch
}

func countErrors(found diag.List) int {
	n := 0
	for _, d := range found {
		if d.Severity == diag.Error {
			n++
		}
	}
	return n
}

func digest(files map[string][]byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d %s %d ", len(name), name, len(files[name]))
		h.Write(files[name])
	}
	h.Sum(sum[:0])
	return sum
}

// describe tells findings apart without their places, which edits move.
func describe(found diag.List, files map[string][]byte) []string {
	var list []string
	for _, d := range found {
		list = append(list, d.Code+"\x00"+d.Subject.Label+"\x00"+covered(d, files))
	}
	slices.Sort(list)
	return list
}

// covered is the text that a finding is about.
func covered(d *diag.Diagnostic, files map[string][]byte) string {
	r, src := d.Subject.Range, files[d.Subject.Range.Filename]
	from, to := r.Start.Byte, min(r.End.Byte, len(src))
	if from < 0 || from > to {
		return ""
	}
	return string(src[from:to])
}

// key names a fix wherever edits move it.
func (f *fixer) key(d *diag.Diagnostic) string {
	key := d.Code + "\x00" + d.Subject.Range.Filename + "\x00" + d.Subject.Label + "\x00" + covered(d, f.files)
	for _, e := range d.Fix {
		key += "\x00" + e.Text
	}
	return key
}

// fits reports whether all places of a fix are in the files: one with a slip in its place is left alone.
func (f *fixer) fits(edits []diag.Edit) bool {
	return !slices.ContainsFunc(edits, func(e diag.Edit) bool {
		src, known := f.files[e.Range.Filename]
		from, to := e.Range.Start.Byte, e.Range.End.Byte
		// A line end that the last line lacks is read as if it were there.
		return !known || from < 0 || to < from || from > len(src) || to > len(src)+1
	})
}

// touches reports whether an edit meets one of others, two insertions at one place included.
func touches(others []diag.Edit, e diag.Edit) bool {
	return slices.ContainsFunc(others, func(o diag.Edit) bool {
		return o.Range.Filename == e.Range.Filename &&
			o.Range.Start.Byte <= e.Range.End.Byte && e.Range.Start.Byte <= o.Range.End.Byte
	})
}

// apply gives the files with edits that do not meet; files is left as it is.
func apply(files map[string][]byte, edits []diag.Edit) map[string][]byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return b.Range.Start.Byte - a.Range.Start.Byte })
	out := maps.Clone(files)
	for _, e := range edits {
		src := out[e.Range.Filename]
		from, to := min(e.Range.Start.Byte, len(src)), min(e.Range.End.Byte, len(src))
		out[e.Range.Filename] = slices.Concat(src[:from], []byte(e.Text), src[to:])
	}
	return out
}
