package syntax

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"flowc/lang/diag"
)

// Load reads a flow from disk: one .hcl file, or all of them directly in a folder.
// Nothing outside that folder is opened, not even through a symbolic link.
// The program is never nil; with errors it holds what could be understood.
func Load(path string) (*Program, diag.List) {
	if path == "" {
		path = "."
	}
	full, err := filepath.Abs(path)
	if err != nil {
		full = path
	}
	dir, only := full, ""
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return &Program{Name: programName(full), Dir: filepath.Dir(full)}, diag.List{unreadable(path, err)}
	case !info.IsDir():
		dir, only = filepath.Split(full)
		dir = filepath.Clean(dir)
	}
	files, found := readFolder(dir, only, path)
	p, more := Parse(filepath.Base(full), files)
	p.Dir = dir
	found = append(found, more...)
	if len(found) == 0 && len(p.Blocks)+len(p.Equations) == 0 {
		found = diag.List{nothing(path)}
	}
	return p, found
}

// readFolder reads the .hcl files of dir, or just the one called only. shown is the path as the user wrote it.
func readFolder(dir, only, shown string) (map[string][]byte, diag.List) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, diag.List{unreadable(shown, err)}
	}
	defer root.Close()
	names := []string{only}
	switch {
	case only == "":
		if names, err = flowFiles(root); err != nil {
			return nil, diag.List{unreadable(shown, err)}
		}
		if len(names) == 0 {
			return nil, diag.List{noFiles(shown, root)}
		}
	case !strings.HasSuffix(only, ".hcl"):
		src, err := readFile(root, only)
		if err != nil {
			return nil, diag.List{unreadable(shown, err)}
		}
		return nil, diag.List{notFlow(shown, src)}
	}
	files := make(map[string][]byte)
	var found diag.List
	total := 0
	for _, name := range names {
		src, err := readFile(root, name)
		if err != nil {
			found = append(found, unreadable(filepath.Join(dir, name), err))
			continue
		}
		files[name] = src
		if total += len(src); total > maxProgramBytes {
			break // Parse tells it; there is no use in reading on
		}
	}
	return files, append(found, readGo(root, dir, files)...)
}

// flowFiles lists the names of a folder's .hcl files. Hidden ones are left out: editors keep their locks there.
func flowFiles(root *os.Root) ([]string, error) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".hcl") && !strings.HasPrefix(name, ".") && !e.IsDir() {
			names = append(names, name)
		}
	}
	return names, nil
}

var errNotRegular = errors.New("it is not a regular file")

// readFile reads at most one byte more than a flow file may have, so that the limit shows and memory stays bounded.
func readFile(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, errNotRegular
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFileBytes+1))
}

func unreadable(path string, err error) *diag.Diagnostic {
	reason := err
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		reason = pathErr.Err
	}
	d := &diag.Diagnostic{
		Code:    "E0002",
		Summary: "This cannot be read",
		Why:     path + ": " + reason.Error() + ".",
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.Why = path + " does not exist."
		d.Hint = "give the folder that holds the .hcl files, or one of the files."
	case errors.Is(err, fs.ErrPermission):
		d.Why = path + " may not be read by this user."
	case strings.Contains(reason.Error(), "escapes"):
		d.Why = path + " leads out of its folder. flowc reads only what lies in the folder of the flow."
	}
	return d
}

// noFiles says what a folder without a flow holds instead.
func noFiles(path string, root *os.Root) *diag.Diagnostic {
	d := &diag.Diagnostic{
		Code:    "E0002",
		Summary: "There is no flow here",
		Why:     path + " holds no .hcl file.",
		Hint:    "give the folder that holds the .hcl files, or begin with a file `flow.hcl`:",
		Example: aFlow,
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return d
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case e.IsDir():
			if below, err := fs.Glob(root.FS(), name+"/*.hcl"); err == nil && len(below) > 0 {
				d.Hint, d.Example = "there is one in a folder below:", "flowc check "+filepath.Join(path, name)
				return d
			}
		case strings.HasSuffix(name, ".json"):
			if src, err := readFile(root, name); err == nil {
				if what, why := formatOf(src, significant(src)); why == nodeREDWhy {
					d.Why += " " + name + " is " + what + ". " + why
				}
			}
		}
	}
	return d
}

// nothing is the finding for a flow that declares nothing.
func nothing(path string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code:    "E0002",
		Summary: "There is nothing in this flow",
		Why:     path + " declares no thing and no equation.",
		Hint:    "a flow is written like this:",
		Example: aFlow,
	}
}
