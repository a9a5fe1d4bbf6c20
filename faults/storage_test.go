package faults

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// disk is what a folder may hold after a power cut, built from the system calls that
// changed it. What was synced is there. Of the rest, any part may be: each write, in
// sectors, each change of a length, each new, renamed or removed name. A name is synced
// with its folder; but like ext4, xfs and btrfs, syncing a new file syncs its name too.
type disk struct {
	root string
	// names are the files by path; pending are changes of names since the last sync that covers them.
	names   map[string]*content
	durable map[string]*content
	pending []renaming
	mapped  map[string]bool
}

// content is one file: what is safe of it, and what was written since.
type content struct {
	safe   []byte
	open   []deed
	synced bool
}

// renaming is a change of the names of a folder: a new name for a file, or nil for a name that is gone.
type renaming struct {
	name string
	file *content
	// with is the old name of a rename: both change together.
	with string
}

const sector = 512

func newDisk(root string) *disk {
	return &disk{root: root, names: map[string]*content{}, durable: map[string]*content{}, mapped: map[string]bool{}}
}

// has reports whether a name is below the folder.
func (d *disk) has(name string) bool { return strings.HasPrefix(name, d.root+"/") }

// apply takes one deed in.
func (d *disk) apply(e deed) {
	switch e.call {
	case "create", "create empty":
		if d.has(e.file) {
			d.create(e)
		}
	case "write", "pwrite64", "ftruncate":
		if f := d.names[e.file]; f != nil {
			f.open = append(f.open, e)
		}
	case "sync":
		if f := d.names[e.file]; f != nil {
			d.sync(e.file, f)
		} else if e.file == d.root || d.has(e.file) {
			d.syncFolder(e.file)
		}
	case "rename":
		if f := d.names[e.file]; f != nil {
			delete(d.names, e.file)
			d.names[e.other] = f
			d.pending = append(d.pending, renaming{name: e.other, file: f, with: e.file})
		}
	case "unlink":
		if d.names[e.file] != nil {
			delete(d.names, e.file)
			d.pending = append(d.pending, renaming{name: e.file})
		}
	case "map":
		d.mapped[e.file] = true
	}
}

func (d *disk) create(e deed) {
	f := d.names[e.file]
	if f == nil {
		f = &content{}
		d.names[e.file] = f
		d.pending = append(d.pending, renaming{name: e.file, file: f})
	} else if e.call == "create empty" {
		f.open = append(f.open, deed{call: "ftruncate"})
	}
}

func (d *disk) sync(name string, f *content) {
	for _, e := range f.open {
		f.safe = e.on(f.safe)
	}
	f.open, f.synced = nil, true
	d.settle(func(r renaming) bool { return r.name == name && r.file == f && r.with == "" })
}

func (d *disk) syncFolder(folder string) {
	d.settle(func(r renaming) bool { return filepath.Dir(r.name) == folder })
}

// settle makes those changes of names last that are covered.
func (d *disk) settle(covered func(renaming) bool) {
	var rest []renaming
	for _, r := range d.pending {
		if covered(r) {
			r.on(d.durable)
		} else {
			rest = append(rest, r)
		}
	}
	d.pending = rest
}

func (r renaming) on(names map[string]*content) {
	if r.with != "" {
		delete(names, r.with)
	}
	if r.file == nil {
		delete(names, r.name)
	} else {
		names[r.name] = r.file
	}
}

// on gives the bytes of a file with a change made to them.
func (e deed) on(b []byte) []byte {
	if e.call == "ftruncate" {
		return resized(b, e.at)
	}
	b = resized(b, max(int64(len(b)), e.at+int64(len(e.data))))
	copy(b[e.at:], e.data)
	return b
}

func resized(b []byte, size int64) []byte {
	if int64(len(b)) >= size {
		return b[:size:size]
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}

// cut writes what a power cut at this moment leaves to a folder. The random choice is
// between nothing of what was not synced, all of it, and a part of it.
func (d *disk) cut(t testing.TB, to string, random *rand.Rand) {
	t.Helper()
	keep := []func() bool{
		func() bool { return false },
		func() bool { return true },
		func() bool { return random.IntN(2) == 0 },
		func() bool { return random.IntN(8) != 0 },
	}[random.IntN(4)]
	names := maps.Clone(d.durable)
	for _, r := range d.pending {
		if keep() {
			r.on(names)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		f := names[name]
		b := slices.Clone(f.safe)
		for _, e := range f.open {
			for _, part := range e.sectors() {
				if keep() {
					b = part.on(b)
				}
			}
		}
		rel, err := filepath.Rel(d.root, name)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(to, rel), b)
		if err := os.Chmod(filepath.Join(to, rel), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// sectors are the parts of a write that reach the disk each by itself.
func (e deed) sectors() (parts []deed) {
	if e.call == "ftruncate" {
		return []deed{e}
	}
	for data, at := e.data, e.at; len(data) > 0; {
		n := min(int64(len(data)), sector-at%sector)
		parts = append(parts, deed{call: e.call, data: data[:n], at: at})
		data, at = data[n:], at+n
	}
	return parts
}
