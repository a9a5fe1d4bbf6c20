// Package gobuild turns generated Go into a module on disk and into an executable, with nothing but the go command.
// The runtime that flowc carries is extracted beside it, so a build needs no published version and no network.
package gobuild

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Module is a generated program: the files of its package main.
type Module struct {
	// Name is the flow's name; it names the module and, by default, the executable.
	Name string
	// Flow is what people call the source, a file or a folder, for messages about defects.
	Flow string
	// Files are the generated files by name ("main.go").
	Files map[string][]byte
}

// Options choose how a module is built.
type Options struct {
	Target Target
	// Tags are build tags; "sim" links the simulated buses.
	Tags []string
	// Out is the executable to write; its folder must exist.
	Out string
	// Tell receives a line for the person who waits when a build takes long; nil is silence.
	Tell func(line string)
	// Cache is the folder for modules and runtimes; "" is flowc's folder in the user's cache.
	Cache string
}

// Result is a finished build.
type Result struct {
	// File is the executable's path, Size its bytes, Took how long the build took.
	File string
	Size int64
	Took time.Duration
}

// longBuild is after how long a person wants to know why it takes so long. A build with a warm cache is done by then.
const longBuild = 1500 * time.Millisecond

// Build compiles m for a target. The same module, target and tags give the same bits on every machine. A build that
// fails because of the Go that flowc made is a *DefectError; other errors say what the user can do.
func Build(ctx context.Context, m Module, o Options) (Result, error) {
	started := time.Now()
	if info, err := os.Stat(o.Out); err == nil && info.IsDir() {
		return Result{}, fmt.Errorf("%s is a folder; choose another file for the program", o.Out)
	}
	dir, err := writeModule(m.withTags(o.Tags), o.Cache)
	if err != nil {
		return Result{}, err
	}
	stop := tellWhenLong(o)
	err = goBuild(ctx, m, dir, o)
	stop()
	if err != nil {
		return Result{}, err
	}
	info, err := os.Stat(o.Out)
	if err != nil {
		return Result{}, err
	}
	return Result{File: o.Out, Size: info.Size(), Took: time.Since(started)}, nil
}

func tellWhenLong(o Options) (stop func()) {
	if o.Tell == nil {
		return func() {}
	}
	timer := time.AfterFunc(longBuild, func() {
		o.Tell("still building; the first time for " + o.Target.String() + " takes longest, since Go's standard library is compiled too")
	})
	return func() { timer.Stop() }
}

// goBuild lets the go command write beside the wanted file and renames: a running program may be replaced, and a
// build that fails leaves what was there.
func goBuild(ctx context.Context, m Module, dir string, o Options) error {
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(filepath.Dir(out), ".flowc-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	made := filepath.Join(temporary, filepath.Base(out))
	if err := runGo(ctx, m, dir, o, made); err != nil {
		return err
	}
	return os.Rename(made, out)
}
