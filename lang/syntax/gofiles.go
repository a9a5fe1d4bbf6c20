package syntax

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/diag"
)

// goFolder is the folder beside a flow that holds its own functions, operators and
// kinds, written in Go.
const goFolder = "go"

// apart divides the files of a flow into those of the language, those of Go, and
// those that it may ask for: libraries in folders below, texts.
func apart(files map[string][]byte) (flow, own, below map[string][]byte) {
	flow, below = make(map[string][]byte, len(files)), map[string][]byte{}
	for name, src := range files {
		switch {
		case isOwnGo(name):
			if own == nil {
				own = map[string][]byte{}
			}
			own[name] = src
		case strings.Contains(name, "/") || strings.Contains(name, ".") && !strings.HasSuffix(name, ".hcl"):
			below[name] = src
		default:
			flow[name] = src
		}
	}
	return flow, own, below
}

func isOwnGo(name string) bool {
	return strings.HasPrefix(name, goFolder+"/") && strings.HasSuffix(name, ".go")
}

// readGo adds the Go files of the flow's own package to files; a flow without the
// folder has none. Tests stay where they are.
func readGo(root *os.Root, dir string, files map[string][]byte) (found diag.List) {
	info, err := root.Lstat(goFolder)
	if err != nil || !info.IsDir() {
		return nil
	}
	entries, err := fs.ReadDir(root.FS(), goFolder)
	if err != nil {
		return diag.List{unreadable(filepath.Join(dir, goFolder), err)}
	}
	total := 0
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, ".") {
			continue
		}
		src, err := readFile(root, filepath.Join(goFolder, name))
		if err != nil {
			found = append(found, unreadable(filepath.Join(dir, goFolder, name), err))
			continue
		}
		if total += len(src); total > maxProgramBytes {
			return append(found, tooBig("This folder holds too much Go", hcl.Range{}, "",
				"The Go files of a flow may have 8 MB together. What is large belongs in files that the program reads."))
		}
		files[goFolder+"/"+name] = src
	}
	return found
}
