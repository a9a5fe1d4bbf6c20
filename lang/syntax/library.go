package syntax

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"flowc/lang/diag"
)

// Library is a folder below the flow's own whose declarations the flow uses.
type Library struct {
	// Folder is its path, with slashes: "lib/watering".
	Folder string
	Files  []*File
	// Blocks and Equations are as those of a Program.
	Blocks    []*Block
	Equations []*Attr
	// Found are the mistakes in its files.
	Found diag.List
}

var errNoLibrary = errors.New("it holds no .hcl file")

// Library reads a folder below the flow's; each is read once. An error says in words
// of the system why it cannot be.
func (p *Program) Library(folder string) (*Library, error) {
	if l := p.libraries[folder]; l != nil {
		return l, nil
	}
	files, err := p.folder(folder)
	if err != nil {
		return nil, err
	}
	l := &Library{Folder: folder}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		r := reader{name: name, src: files[name]}
		r.read()
		l.Files = append(l.Files, r.file())
		l.Blocks = append(l.Blocks, r.blocks...)
		l.Equations = append(l.Equations, r.equations...)
		l.Found = append(l.Found, r.found...)
	}
	l.Found = append(l.Found, checkNames(&Program{Files: l.Files, Blocks: l.Blocks, Equations: l.Equations})...)
	if p.libraries == nil {
		p.libraries = map[string]*Library{}
	}
	p.libraries[folder] = l
	return l, nil
}

// folder reads the .hcl files of a folder, by their path from the flow's.
func (p *Program) folder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, src := range p.below {
		if path.Dir(name) == folder && strings.HasSuffix(name, ".hcl") {
			files[name] = src
		}
	}
	if len(files) > 0 || p.Dir == "" {
		return files, noneIs(files)
	}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return nil, reason(err)
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return nil, reason(err)
	}
	total := 0
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".hcl") || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := path.Join(folder, e.Name())
		src, err := readFile(root, name)
		if err != nil {
			return nil, reason(err)
		}
		if total += len(src); total > maxProgramBytes {
			return nil, errors.New("its files have more than 8 MB together")
		}
		files[name] = src
	}
	return files, noneIs(files)
}

func noneIs(files map[string][]byte) error {
	if len(files) == 0 {
		return errNoLibrary
	}
	return nil
}

// Text reads a file below the flow's folder that is to become part of it; it may be
// as long as a text in the flow.
func (p *Program) Text(name string) (string, error) {
	src, ok := p.below[name]
	if !ok {
		if p.Dir == "" {
			return "", errors.New("it does not exist")
		}
		root, err := os.OpenRoot(p.Dir)
		if err != nil {
			return "", reason(err)
		}
		defer root.Close()
		if src, err = readFile(root, name); err != nil {
			return "", reason(err)
		}
	}
	if len(src) > maxLiteralBytes {
		return "", errors.New("a text in a flow may have 64 KB")
	}
	if p.texts == nil {
		p.texts = map[string][]byte{}
	}
	p.texts[name] = src
	return string(src), nil
}

// reason is an error of the file system without the path, which is told anyway.
func reason(err error) error {
	var of *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("it does not exist")
	case !errors.As(err, &of):
		return err
	case strings.Contains(of.Err.Error(), "escapes"):
		return errors.New("it leads out of the flow's folder")
	}
	return cmp.Or(of.Err, err)
}
