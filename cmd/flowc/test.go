package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"flowc/compiler"
	"flowc/compiler/emit"
	"flowc/compiler/gobuild"
	"flowc/lang/typed"
	"flowc/rt/sim/report"
)

func testCommand() command {
	return command{
		name: "test", args: "[-run X] [-v] [-json] [-junit FILE] [-coverage] [-update] [PATH...]", summary: "play the tests of flows, weeks in milliseconds",
		details: `
Each test plays the generated code that runs on a Pi, with simulated pins and brokers and a clock that only the test
moves. PATH is a folder with a flow, a file, or FOLDER/... for all flows below a folder.

  -run X       only tests whose name matches the regular expression X
  -v           tell of every test, not only of those that fail
  -json        print one JSON object per test: flow, test, place, passed, and what failed
  -junit FILE  write the results as JUnit XML too
  -coverage    count what the tests exercise: rows of states, answers, filters, faults, moves of actuators; and tell
               what none did
  -update      put what was sent, and what a fault said, in place of what was expected

In a test stand, in order:
  send NAME { … }        a message comes to a source: its fields, and what stands in braces in its topic; one of
                         several cases by its name: send orders { dim = { level = 30.pct } }
  send_raw NAME          topic, payload: a message as it stands
  press NAME {}          press a button; lasts = 2.s, times = 2
  set NAME { OUTPUT = … }  the pin of an input; what a thing is told when it asks, and what one of a kind of your own
                         tells; set SETTING { value = … } before all other steps
  request ROUTE { … }    a client asks: what the path has in braces, query, body; status, reply and within = 5.s are
                         what it expects; without ROUTE at a path: request { get = "/api/state", … } on lines of their own
  advance { by = … }     let time pass; or { to = "2026-06-01 18:00" }
  expect { that = … }    must hold now; message = says why
  expect_sent NAME       a sink sent this since the last look: topic, payload, fields, times
  expect_nothing_sent NAME {}
  expect_fault NAME      message = a part of it, times
  fail NAME {}           the next effect of a sink fails; times, message
  disconnect NAME {}     the connection is lost, until connect NAME {}
  restart {}             the program ends and begins anew; after = 5.min
  stored { STATE = … }   the program begins anew with what an earlier version kept: of each state that is named what its
                         migrate takes, or the state itself; of one with keys { KEY = …, … }
  repeat                 times, every, and steps; in them the name it is the number of the round, from 0
`,
		run: runTest,
	}
}

// testOptions are the flags of test.
type testOptions struct {
	run           *regexp.Regexp
	verbose, json bool
	update        bool
	coverage      bool
	junit         string
}

// tester is one `flowc test`.
type tester struct {
	c *console
	o testOptions
	// suites are the flows that were tested.
	suites []*suite
	failed bool
}

// suite is what became of the tests of one flow.
type suite struct {
	flow *compiler.Flow
	// tests are those that were played, in the flow's order.
	tests   []*typed.Test
	results []report.Result
	took    time.Duration
	// points are what the tests may exercise, coverage what they did; nil where nobody
	// asked.
	points   []emit.Point
	coverage *report.Coverage
}

func runTest(c *console, args []string) int {
	o := newOptions("test")
	t := &tester{c: c}
	run := o.String("run", "", "")
	o.BoolVar(&t.o.verbose, "v", false, "")
	o.BoolVar(&t.o.json, "json", false, "")
	o.StringVar(&t.o.junit, "junit", "", "")
	o.BoolVar(&t.o.coverage, "coverage", false, "")
	o.BoolVar(&t.o.update, "update", false, "")
	if code, done := o.parse(c, args, -1); done {
		return code
	}
	var err error
	if t.o.run, err = regexp.Compile(*run); err != nil {
		return c.usage("test", fmt.Sprintf("%q is no regular expression", *run))
	}
	paths, err := testPaths(o.rest)
	if err != nil {
		return c.fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	for _, path := range paths {
		if err := t.path(ctx, path); err != nil {
			if errors.Is(err, context.Canceled) {
				err = errors.New("stopped")
			}
			return c.fail(err)
		}
	}
	return t.finish()
}

// testPaths are the flows that are meant: FOLDER/... is every folder with a flow below it.
func testPaths(args []string) (paths []string, err error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	for _, a := range args {
		root, all := strings.CutSuffix(a, "...")
		if !all {
			paths = append(paths, a)
			continue
		}
		found, err := flowsBelow(filepath.Clean(root + "."))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there is no flow below %s", root)
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// flowsBelow lists the folders that hold .hcl files; hidden ones are left out.
func flowsBelow(root string) (list []string, err error) {
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".hcl"):
			if dir := filepath.Dir(name); !slices.Contains(list, dir) {
				list = append(list, dir)
			}
		}
		return nil
	})
	return list, err
}

// path tests one flow.
func (t *tester) path(ctx context.Context, path string) error {
	if t.o.update {
		if err := t.update(ctx, path); err != nil {
			return err
		}
	}
	f := checkedFlow(t.c, path)
	if f == nil {
		t.failed = true
		return nil
	}
	s := &suite{flow: f}
	t.suites = append(t.suites, s)
	wanted := t.wanted(f)
	for _, i := range wanted.Tests {
		s.tests = append(s.tests, f.Typed.Tests[i])
	}
	if len(wanted.Tests) == 0 {
		t.tellSuite(s)
		return nil
	}
	var program string
	var err error
	if wanted.Coverage = t.o.coverage; wanted.Coverage {
		program, s.points, err = t.buildCovered(ctx, f)
	} else {
		program, err = t.build(ctx, f)
	}
	if err != nil {
		return err
	}
	began := time.Now()
	err = playTests(ctx, program, folderOf(path), wanted, func(r report.Result) {
		if r.Coverage != nil {
			s.coverage = r.Coverage
			return
		}
		s.results = append(s.results, r)
		t.failed = t.failed || r.Failure != nil
		t.tellTest(s, len(s.results)-1)
	})
	s.took = time.Since(began)
	if err != nil {
		return fmt.Errorf("the tests of %s: %w", f.Name, err)
	}
	t.tellSuite(s)
	t.tellCoverage(s)
	return nil
}

// wanted are the tests that are to be played.
func (t *tester) wanted(f *compiler.Flow) (r report.Request) {
	for i, test := range f.Typed.Tests {
		if t.o.run.MatchString(test.Name) {
			r.Tests = append(r.Tests, i)
		}
	}
	return r
}

// build makes the program that plays the tests, or finds it in the cache.
func (t *tester) build(ctx context.Context, f *compiler.Flow) (string, error) {
	m, err := f.Generate()
	if err != nil {
		return "", err
	}
	return t.cached(ctx, m)
}

// buildCovered is build for a program that counts what its tests exercise.
func (t *tester) buildCovered(ctx context.Context, f *compiler.Flow) (string, []emit.Point, error) {
	m, points, err := f.GenerateCovered()
	if err != nil {
		return "", nil, err
	}
	program, err := t.cached(ctx, m)
	return program, points, err
}

func (t *tester) cached(ctx context.Context, m gobuild.Module) (string, error) {
	return gobuild.Cached(ctx, m, gobuild.Options{Target: gobuild.Host(), Tags: []string{"sim"}, Tell: t.c.tell})
}

func (t *tester) finish() int {
	if t.o.junit != "" {
		if err := writeJUnit(t.o.junit, t.suites); err != nil {
			return t.c.fail(err)
		}
	}
	if t.failed {
		return exitFindings
	}
	return exitFine
}
