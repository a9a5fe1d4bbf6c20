// Package lock reads and writes flow.lock, the file beside a flow that tells what was
// deployed last: what its programs remember, so that a new version loses none of it
// unnoticed, and what the repositories held whose libraries it uses. Lines of other sorts are kept as they are.
package lock

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/syntax"
)

// Name is what the file is called.
const Name = "flow.lock"

const head = "# Written by flowc: what was deployed last and what was fetched. Keep it with the flow.\n"

// File is a flow.lock.
type File struct {
	Path  string
	lines []string
}

// Beside is the lock of a flow, given as a folder or a file; it may not exist yet.
func Beside(flow string) (*File, error) {
	dir := flow
	if info, err := os.Stat(flow); err == nil && !info.IsDir() {
		dir = filepath.Dir(flow)
	}
	f := &File{Path: filepath.Join(dir, Name)}
	text, err := os.ReadFile(f.Path)
	if errors.Is(err, os.ErrNotExist) {
		return f, nil
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			f.lines = append(f.lines, line)
		}
	}
	return f, err
}

// Entry is something that a program remembers: its name in the flow, and what it is.
type Entry struct{ Name, Form string }

// Memory is what the program of a flow was known to remember.
func (f *File) Memory(flow string) []Entry {
	var list []Entry
	for _, line := range f.lines {
		words := strings.SplitN(line, " ", 4)
		if len(words) < 4 || words[0] != "memory" || words[1] != flow {
			continue
		}
		if form, err := strconv.Unquote(words[3]); err == nil {
			list = append(list, Entry{words[2], form})
		}
	}
	return list
}

// SetMemory replaces it.
func (f *File) SetMemory(flow string, list []Entry) {
	f.lines = slices.DeleteFunc(f.lines, func(line string) bool { return strings.HasPrefix(line, "memory "+flow+" ") })
	for _, e := range list {
		f.lines = append(f.lines, "memory "+flow+" "+e.Name+" "+strconv.Quote(e.Form))
	}
}

// Column is a column of a database that was deployed: the name of the thing, its file ("" where that is told at
// start), the table, the column, its type and whether data may be missing. Members are those of an enumeration of the
// flow; there are none where they were not noted.
type Column struct {
	Database, File, Table, Name, Type string
	Optional                          bool
	Members                           []string
}

// columnWords is how many words a line about a column has.
const columnWords = 7

// noFile stands for a file that is told at start.
const noFile = "-"

// Columns are what the databases of a flow were known to hold.
func (f *File) Columns(flow string) []Column {
	var list []Column
	for _, line := range f.lines {
		w := strings.SplitN(line, " ", columnWords)
		if len(w) < columnWords || w[0] != "column" || w[1] != flow {
			continue
		}
		file, err := url.PathUnescape(w[3])
		typ, err2 := strconv.Unquote(w[6])
		if err == nil && err2 == nil {
			inner, optional := strings.CutPrefix(typ, "optional ")
			inner, members := cutMembers(inner)
			if file == noFile {
				file = ""
			}
			list = append(list, Column{w[2], file, w[4], w[5], inner, optional, members})
		}
	}
	return list
}

// cutMembers splits a type such as "mode ‹off, eco›".
func cutMembers(typ string) (name string, members []string) {
	name, list, ok := strings.Cut(typ, " ‹")
	if !ok {
		return typ, nil
	}
	return name, strings.Split(strings.TrimSuffix(list, "›"), ", ")
}

// SetColumns replaces them.
func (f *File) SetColumns(flow string, list []Column) {
	f.lines = slices.DeleteFunc(f.lines, func(line string) bool { return strings.HasPrefix(line, "column "+flow+" ") })
	for _, c := range list {
		file, typ := url.PathEscape(c.File), c.Type
		if file == "" {
			file = noFile
		}
		if len(c.Members) > 0 {
			typ += " ‹" + strings.Join(c.Members, ", ") + "›"
		}
		if c.Optional {
			typ = "optional " + typ
		}
		f.lines = append(f.lines, strings.Join([]string{"column", flow, c.Database, file, c.Table, c.Name, strconv.Quote(typ)}, " "))
	}
}

// Library is the sum of the files of a repository, as it was fetched first.
func (f *File) Library(r syntax.Remote) (sum string, ok bool) {
	return r.LockedSum(strings.Join(f.lines, "\n"))
}

// SetLibrary replaces it.
func (f *File) SetLibrary(r syntax.Remote, sum string) {
	f.lines = slices.DeleteFunc(f.lines, func(line string) bool { return strings.HasPrefix(line, r.LockLine("")) })
	f.lines = append(f.lines, r.LockLine(sum))
}

// Write stores the file if that changes it. Without a line there is none.
func (f *File) Write() error {
	slices.Sort(f.lines)
	text := head + strings.Join(f.lines, "\n") + "\n"
	old, err := os.ReadFile(f.Path)
	switch {
	case err == nil && string(old) == text, err != nil && len(f.lines) == 0:
		return nil
	case len(f.lines) == 0:
		return os.Remove(f.Path)
	}
	return os.WriteFile(f.Path, []byte(text), 0o644)
}
