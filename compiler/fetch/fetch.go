// Package fetch brings the repositories that a flow's `use` blocks name to the folder of
// the flow, and notes in flow.lock what they hold. It is the only part of the compiler
// that opens a network, and only when it is asked to.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"flowc/compiler/lock"
	"flowc/lang/syntax"
)

// Fetched is a repository that is there now. New says that it was not before.
type Fetched struct {
	syntax.Remote
	Sum string
	New bool
}

// maxRepositories bounds how many a flow can use, those of its libraries included.
const maxRepositories = 100

// Libraries fetches what a flow uses and is not there yet, and what that uses in turn.
func Libraries(ctx context.Context, p *syntax.Program) (list []Fetched, err error) {
	l, err := lock.Beside(p.Dir)
	if err != nil {
		return nil, err
	}
	seen := map[[2]string]bool{}
	for queue := syntax.Remotes(p.Blocks); len(queue) > 0; queue = queue[1:] {
		r := queue[0]
		if key := [2]string{r.Repository, r.Version}; seen[key] {
			continue
		} else {
			seen[key] = true
		}
		if len(seen) > maxRepositories {
			return list, fmt.Errorf("the libraries use more than %d repositories", maxRepositories)
		}
		f, files, err := one(ctx, p, r, l)
		if err != nil {
			return list, fmt.Errorf("%s %s: %w", r.Repository, r.Version, err)
		}
		list = append(list, f)
		inside, _ := syntax.Parse("library", flat(files)) // its mistakes are told when it is checked
		queue = append(queue, syntax.Remotes(inside.Blocks)...)
	}
	return list, nil
}

// one makes sure that a repository is there and is what flow.lock says.
func one(ctx context.Context, p *syntax.Program, r syntax.Remote, l *lock.File) (f Fetched, files map[string][]byte, err error) {
	f.Remote = r
	locked, known := l.Library(r)
	if known {
		if files, err := p.PinnedFiles(r, locked); err == nil && syntax.Sum(files) == locked {
			f.Sum = locked
			return f, files, nil
		}
	}
	if files, err = clone(ctx, r); err != nil {
		return f, nil, err
	}
	f.Sum, f.New = syntax.Sum(files), true
	if known && f.Sum != locked {
		return f, nil, errors.New("it is not what flow.lock says: the tag was moved, or somebody stands between. " +
			"If that is right, take its line out of flow.lock and fetch it again")
	}
	if err := store(filepath.Join(p.Dir, filepath.FromSlash(r.PinnedAt(f.Sum))), files); err != nil {
		return f, nil, err
	}
	l.SetLibrary(r, f.Sum)
	return f, files, l.Write()
}

// store writes the files of a repository to a folder of their own: all of them or none.
func store(dir string, files map[string][]byte) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	made, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(made)
	root, err := os.OpenRoot(made)
	if err != nil {
		return err
	}
	defer root.Close()
	for name, src := range files {
		if err := root.MkdirAll(filepath.FromSlash(parentOf(name)), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(filepath.FromSlash(name), src, 0o644); err != nil {
			return err
		}
	}
	if err := os.Chmod(made, 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(made, dir)
}

func parentOf(name string) string { return filepath.ToSlash(filepath.Dir(name)) }

// flat are the files under names that the reader of flows takes for one folder's.
func flat(files map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for _, src := range files {
		out[fmt.Sprintf("%d.hcl", len(out))] = src
	}
	return out
}
