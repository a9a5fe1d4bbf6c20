package fetch

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"flowc/lang/syntax"
)

// entry is what a version of a repository has at a path.
type entry struct {
	mode, object, name string
	size               int64
}

// The modes that git has for files, links and other repositories.
const (
	plainMode   = "100644"
	programMode = "100755"
	linkMode    = "120000"
	moduleMode  = "160000"
)

// files reads the files of a commit that belong to libraries: the .hcl files, and the
// texts that they include.
func (g *git) files(commit, folder string) (map[string][]byte, error) {
	entries, err := g.entries(commit)
	if err != nil {
		return nil, err
	}
	var t taking
	byName := map[string]entry{}
	for _, e := range entries {
		byName[e.name] = e
		if err := e.leadsAway(folder); err != nil {
			return nil, err
		}
		if strings.HasSuffix(e.name, ".hcl") {
			if err := t.takeSource(e); err != nil {
				return nil, err
			}
		}
	}
	if len(t.list) == 0 {
		return nil, errors.New("it holds no .hcl file")
	}
	files := map[string][]byte{}
	if err := g.read(t.list, files); err != nil {
		return nil, err
	}
	sources := len(t.list)
	for _, name := range syntax.Included(files) {
		if e, ok := byName[name]; ok {
			if err := t.take(e); err != nil {
				return nil, err
			}
		}
	}
	return files, g.read(t.list[sources:], files)
}

// read adds the contents of entries.
func (g *git) read(list []entry, files map[string][]byte) (err error) {
	for _, e := range list {
		if files[e.name], err = g.run(maxFileBytes, "cat-file", "blob", e.object); err != nil {
			return err
		}
	}
	return nil
}

// entries lists everything in a commit.
func (g *git) entries(commit string) ([]entry, error) {
	listing, err := g.run(maxListing, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	var list []entry
	for line := range strings.SplitSeq(string(listing), "\x00") {
		about, name, ok := strings.Cut(line, "\t")
		words := strings.Fields(about) // mode, type, object, size
		if !ok || len(words) != 4 {
			continue
		}
		e := entry{mode: words[0], object: words[2], name: name}
		if e.size, err = strconv.ParseInt(words[3], 10, 64); err != nil {
			e.size = 0 // another repository has none
		}
		list = append(list, e)
	}
	return list, nil
}

// leadsAway refuses what would be elsewhere: a path that leads out, and a folder of the
// library that is a link or another repository.
func (e entry) leadsAway(folder string) error {
	onTheWay := folder == e.name || strings.HasPrefix(folder, e.name+"/")
	switch {
	case !fs.ValidPath(e.name):
		return fmt.Errorf("it holds a path that leads elsewhere: %q", e.name)
	case onTheWay && e.mode == moduleMode:
		return fmt.Errorf("%q is another repository (a submodule), which is not fetched; name that one in `from`", e.name)
	case onTheWay && e.mode == linkMode:
		return fmt.Errorf("%q is a link, and what it leads to is not part of the library", e.name)
	}
	return nil
}

// taking is what is to be read, within its limits.
type taking struct {
	list  []entry
	total int64
}

// takeSource takes a .hcl file that is not hidden.
func (t *taking) takeSource(e entry) error {
	switch {
	case !syntax.Takes(e.name) && hidden(e.name):
		return nil
	case !syntax.Takes(e.name):
		return fmt.Errorf("it holds a file with a name that cannot be one here: %q", e.name)
	}
	return t.take(e)
}

func (t *taking) take(e entry) error {
	switch {
	case e.mode == moduleMode:
		return fmt.Errorf("%q is another repository (a submodule), which is not part of the library", e.name)
	case e.mode != plainMode && e.mode != programMode:
		return fmt.Errorf("%q is a link, and what it leads to is not part of the library", e.name)
	case e.size > maxFileBytes:
		return fmt.Errorf("%q is too big: a file of a library may have 1 MB", e.name)
	case len(t.list) >= maxFiles || t.total+e.size > maxTotalBytes:
		return errors.New("its files are more than 1,000, or have more than 8 MB together")
	}
	t.total += e.size
	t.list = append(t.list, e)
	return nil
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") }
