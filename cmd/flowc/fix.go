package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"flowc/compiler"
	"flowc/lang/check"
	"flowc/lang/fix"
	"flowc/lang/syntax"
)

// fixFlow mends the flow at path, shows what changed, and writes it if asked to. What cannot be read at all is left
// to the check that follows.
func fixFlow(c *console, path string, write bool) error {
	p, _ := syntax.Load(path)
	if len(p.Files) == 0 {
		return nil
	}
	before := p.Sources()
	mended := fix.All(before, func(files map[string][]byte) fix.Checked { return checkFiles(p, files) })
	changed := showChanges(c, before, mended.Files)
	if changed == 0 {
		fmt.Fprint(c.out, "nothing to fix: no finding has exactly one answer\n\n")
		return nil
	}
	fixes := "1 fix"
	if n := len(mended.Fixed); n != 1 {
		fixes = fmt.Sprintf("%d fixes", n)
	}
	what := fmt.Sprintf("%s in %s", fixes, plural(changed, "file"))
	if !write {
		fmt.Fprintf(c.out, "%s, not written; as it stands:\n\n", what)
		return nil
	}
	if err := writeFiles(p.Dir, before, mended.Files); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s written\n\n", what)
	return nil
}

// checkFiles checks the flow p with other texts in its files.
func checkFiles(p *syntax.Program, files map[string][]byte) fix.Checked {
	q, found := syntax.Parse(p.Name, files)
	if found.HasErrors() {
		return fix.Checked{Found: found}
	}
	q.Dir = p.Dir
	cat, more := compiler.Catalog(q)
	if !more.HasErrors() {
		_, more = check.Check(q, cat)
	}
	return fix.Checked{Found: append(found, more...), Whole: true}
}

// showChanges prints the difference between the texts and counts the files that differ.
func showChanges(c *console, before, after map[string][]byte) int {
	changed := 0
	for _, name := range slices.Sorted(maps.Keys(after)) {
		text := diff.Diff(name, before[name], name, after[name])
		if len(text) == 0 {
			continue
		}
		changed++
		_, text, _ = bytes.Cut(text, []byte("\n")) // "diff a b" says nothing more
		for line := range strings.Lines(string(text)) {
			fmt.Fprint(c.out, paintChange(line, c.colorOut))
		}
	}
	if changed > 0 {
		fmt.Fprintln(c.out)
	}
	return changed
}

// paintChange colours a line of a unified diff for a terminal, and keeps what is in the file from steering it.
func paintChange(line string, color bool) string {
	if !color {
		return line
	}
	text := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, strings.TrimRight(line, "\r\n"))
	switch {
	case strings.HasPrefix(text, "---"), strings.HasPrefix(text, "+++"):
		return "\x1b[1m" + text + "\x1b[0m\n"
	case strings.HasPrefix(text, "-"):
		return "\x1b[31m" + text + "\x1b[0m\n"
	case strings.HasPrefix(text, "+"):
		return "\x1b[32m" + text + "\x1b[0m\n"
	case strings.HasPrefix(text, "@@"):
		return "\x1b[36m" + text + "\x1b[0m\n"
	}
	return text + "\n"
}

// writeFiles replaces the files that changed. One that is no longer what was mended is left alone, and so are all
// others then.
func writeFiles(dir string, before, after map[string][]byte) error {
	var changed []string
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if bytes.Equal(before[name], after[name]) {
			continue
		}
		now, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if !bytes.Equal(now, before[name]) {
			return fmt.Errorf("%s changed in the meantime; nothing was written", name)
		}
		changed = append(changed, name)
	}
	for _, name := range changed {
		if err := replaceFile(filepath.Join(dir, name), after[name]); err != nil {
			return err
		}
	}
	return nil
}
