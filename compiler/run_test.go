package compiler

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expectations of the cases that build and run")

// TestRun plays every case of testdata/run: a flow, a script, perhaps an
// environment (env), and what the program prints. The generated program is the
// one that runs on a Pi, with simulated pins, a simulated network, and a clock
// that only the script moves.
func TestRun(t *testing.T) {
	files, err := filepath.Glob("../testdata/run/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	w := newWorkspace(t)
	cases := map[string]*runCase{}
	for _, file := range files {
		if !asked(file) {
			continue
		}
		c := readCase(t, file)
		if f := CheckText(c.name, c.flow); f.Found.HasErrors() {
			t.Errorf("%s does not check:\n%s", file, rendered(f))
		} else {
			c.pkg = w.add(t, f)
			cases[c.name] = c
		}
	}
	program := w.buildTogether(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.play(t, program) })
	}
}

// asked reports whether -run names the case: to build only what is played saves most
// of a minute.
func asked(file string) bool {
	_, pattern, some := strings.Cut(flag.Lookup("test.run").Value.String(), "/")
	if !some {
		return true
	}
	ok, err := regexp.MatchString(pattern, strings.TrimSuffix(filepath.Base(file), ".txtar"))
	return ok || err != nil
}

type runCase struct {
	name, file string
	archive    *txtar.Archive
	flow       map[string][]byte
	script     []byte
	// env are lines NAME=value for the program's environment.
	env  []string
	want []byte
	pkg  string
}

func readCase(t *testing.T, file string) *runCase {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(bytes.TrimSpace(a.Comment)) == 0 {
		t.Errorf("%s does not say why it exists", file)
	}
	c := &runCase{file: file, archive: a, flow: map[string][]byte{}}
	c.name = strings.TrimSuffix(filepath.Base(file), ".txtar")
	for _, f := range a.Files {
		switch {
		case strings.HasSuffix(f.Name, ".hcl"), strings.Contains(f.Name, "/"):
			c.flow[f.Name] = f.Data
		case f.Name == "script":
			c.script = f.Data
		case f.Name == "env":
			c.env = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case f.Name == "output":
			c.want = f.Data
		default:
			t.Errorf("%s: what is %s?", file, f.Name)
		}
	}
	return c
}

// playLimit ends a program that does not end by itself.
const playLimit = 3 * time.Minute

func (c *runCase) play(t *testing.T, program string) {
	got := c.output(t, program)
	if bytes.Contains(got, []byte("BROKEN")) {
		t.Errorf("the conservation law is broken:\n%s", got)
	}
	if again := c.output(t, program); !bytes.Equal(got, again) {
		t.Errorf("the same script gives another output the second time:\n%s\nat first:\n%s", again, got)
	}
	if bytes.Equal(got, c.want) {
		return
	}
	if *update {
		c.save(t, got)
		return
	}
	t.Errorf("%s prints:\n%s\nwant:\n%s", c.name, got, c.want)
}

// output is what the program prints when it plays the script.
func (c *runCase) output(t *testing.T, program string) []byte {
	t.Helper()
	cmd := exec.Command(program)
	cmd.Env = append(append(os.Environ(), "FLOWC_SIM_PLAY=1", flowToRun+"="+c.pkg), c.env...)
	cmd.Stdin = bytes.NewReader(c.script)
	got, err := played(cmd)
	if code := cmd.ProcessState.ExitCode(); code > 0 {
		// A program that refuses its settings says so, and is no failure of the test.
		got = append(got, "exit code "+strconv.Itoa(code)+"\n"...)
	} else if err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	return got
}

// played runs a program, and ends one that does not end by itself.
func played(cmd *exec.Cmd) (said []byte, err error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	alarm := time.AfterFunc(playLimit, func() { cmd.Process.Kill() })
	err = cmd.Wait()
	if !alarm.Stop() {
		err = fmt.Errorf("it does not end within %v: %w", playLimit, err)
	}
	return out.Bytes(), err
}

func (c *runCase) save(t *testing.T, got []byte) {
	for i, f := range c.archive.Files {
		if f.Name == "output" {
			c.archive.Files = append(c.archive.Files[:i], c.archive.Files[i+1:]...)
			break
		}
	}
	c.archive.Files = append(c.archive.Files, txtar.File{Name: "output", Data: got})
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
