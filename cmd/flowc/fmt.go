package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"flowc/lang/diag"
	"flowc/lang/syntax"
)

func fmtCommand() command {
	return command{
		name: "fmt", args: "[-w] [-check] [PATH...]", summary: "bring flow files into their common form",
		details: `
Prints the formatted text.

  -w      write it back to the files, and name those that changed
  -check  write nothing, name the files that would change, exit 1 if there are any
`,
		run: runFmt,
	}
}

func runFmt(c *console, args []string) int {
	o := newOptions("fmt")
	write := o.Bool("w", false, "")
	check := o.Bool("check", false, "")
	if code, done := o.parse(c, args, -1); done {
		return code
	}
	if len(o.rest) == 0 {
		o.rest = []string{"."}
	}
	code := exitFine
	for _, path := range o.rest {
		files, err := flowFiles(path)
		if err != nil {
			code = c.fail(err)
		}
		for _, file := range files {
			code = max(code, formatFile(c, file, *write, *check))
		}
	}
	return code
}

// flowFiles are the files of a flow: path itself, or those in it.
func flowFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s does not exist", path)
	} else if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	files, err := filepath.Glob(filepath.Join(globLiteral(path), "*.hcl"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no .hcl file", path)
	}
	return files, err
}

// globLiteral keeps a folder called "beds[1]" from being a pattern.
func globLiteral(path string) string {
	var b bytes.Buffer
	for _, r := range path {
		if r == '*' || r == '?' || r == '[' || r == '\\' && filepath.Separator != '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func formatFile(c *console, file string, write, check bool) int {
	source, err := os.ReadFile(file)
	if err != nil {
		return c.fail(err)
	}
	name := filepath.Base(file)
	text, found := syntax.FormatFile(name, source)
	if found.HasErrors() {
		found.Text(c.err, map[string][]byte{name: source}, diag.Options{Color: c.colorErr})
		return exitFindings
	}
	changed := !bytes.Equal(source, text)
	switch {
	case check && changed:
		fmt.Fprintln(c.out, file)
		return exitFindings
	case check:
	case write && changed:
		if err := replaceFile(file, text); err != nil {
			return c.fail(err)
		}
		fmt.Fprintln(c.out, file)
	case !write:
		c.out.Write(text)
	}
	return exitFine
}

// replaceFile writes beside the file and renames: half a flow must not be left by a full disk.
func replaceFile(file string, text []byte) error {
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".flowc-fmt-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err := errors.Join(err, f.Chmod(info.Mode().Perm()), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
