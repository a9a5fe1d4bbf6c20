package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// pollEvery is how often the files of a flow are looked at.
const pollEvery = 500 * time.Millisecond

// fingerprint tells one state of a flow's files from another.
func fingerprint(path string) string {
	files, err := flowFiles(path)
	if err != nil {
		return err.Error()
	}
	files = append(files, filesBelow(path)...)
	var b strings.Builder
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", f, info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
}

// filesBelow are the Go files beside a flow, and those of libraries that it may use.
func filesBelow(path string) []string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		path = filepath.Dir(path)
	}
	var files []string
	for _, pattern := range []string{"go/*.go", "*/*.hcl", "*/*/*.hcl"} {
		found, _ := filepath.Glob(filepath.Join(globLiteral(path), filepath.FromSlash(pattern)))
		files = append(files, found...)
	}
	return files
}

// watchFiles sends whenever the files are no longer those of the fingerprint known, until stop is closed.
func watchFiles(path, known string, stop <-chan struct{}) <-chan struct{} {
	changed := make(chan struct{})
	go func() {
		tick := time.NewTicker(pollEvery)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
			}
			if now := fingerprint(path); now != known {
				known = now
				select {
				case changed <- struct{}{}:
				case <-stop:
					return
				}
			}
		}
	}()
	return changed
}
