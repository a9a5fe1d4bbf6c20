package gobuild

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// cacheDir is a folder of folders that are named after their content.
type cacheDir struct{ dir string }

// Folders that no build has touched for so long are removed.
const keepFolders = 14 * 24 * time.Hour

func openCache(dir string) (cacheDir, error) {
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return cacheDir{}, fmt.Errorf("there is no folder for flowc's cache: %w", err)
		}
		dir = filepath.Join(user, "flowc")
	}
	return cacheDir{dir: dir}, os.MkdirAll(filepath.Join(dir, "build"), 0o755)
}

// put makes sure that the folder holds exactly these files. What another build put there, whole, is left alone.
func (c cacheDir) put(name string, files map[string][]byte) error {
	target := filepath.Join(c.dir, name)
	if holds(target, files) {
		now := time.Now()
		return os.Chtimes(target, now, now)
	}
	c.prune()
	return replaceFolder(target, files)
}

// holds reports whether the folder is whole: a cleaner or an editor may have been at it.
func holds(dir string, files map[string][]byte) bool {
	found := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(name)
		if want, ok := files[filepath.ToSlash(rel)]; err != nil || !ok || !bytes.Equal(text, want) {
			return fs.ErrInvalid
		}
		found++
		return nil
	})
	return err == nil && found == len(files)
}

// replaceFolder writes the files to a new folder and renames it, so that nobody sees half of it.
func replaceFolder(target string, files map[string][]byte) error {
	temporary, err := os.MkdirTemp(filepath.Dir(target), ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	made := filepath.Join(temporary, "made")
	if err := writeFiles(made, files); err != nil {
		return err
	}
	if os.Rename(made, target) == nil {
		return nil
	}
	// Something is there: the same from a build that was faster, or a damaged one.
	if holds(target, files) {
		return nil
	}
	if err := os.Rename(target, filepath.Join(temporary, "old")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(made, target); err != nil && !holds(target, files) {
		return err
	}
	return nil
}

func writeFiles(dir string, files map[string][]byte) error {
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// prune removes what has not been used for long. It is a courtesy: errors do not matter.
func (c cacheDir) prune() {
	for _, pattern := range []string{"rt-*", "build/*", "run/*"} {
		names, _ := filepath.Glob(filepath.Join(c.dir, filepath.FromSlash(pattern)))
		for _, name := range names {
			if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > keepFolders {
				os.RemoveAll(name)
			}
		}
	}
}
