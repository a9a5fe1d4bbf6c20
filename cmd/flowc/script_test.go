package main

import (
	"errors"
	"flag"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts compare with")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"flowc": main})
}

// Each script in testdata/script drives the real main. Beside testscript's own commands there are
// `exits CODE PROGRAM ARGS...`, as "fails" alone does not tell findings from wrong usage, `replace FILE OLD NEW`, by
// which a flow gets a free port, and `occupy PORT`, which has one of this machine until the script ends or says
// `! occupy PORT`.
func TestScripts(t *testing.T) {
	cache := goEnv(t, "GOCACHE")
	modules := goEnv(t, "GOMODCACHE")
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "replace": replace, "occupy": occupy},
		Setup: func(env *testscript.Env) error {
			one, other := freePort(t), freePort(t)
			for other == one {
				other = freePort(t)
			}
			env.Vars = append(env.Vars, "GOCACHE="+cache, "GOMODCACHE="+modules, "GOPROXY=off",
				"PORT="+one, "PORT2="+other, "XDG_CACHE_HOME="+filepath.Join(env.WorkDir, ".cache"))
			return nil
		},
	})
}

// freePort is one that nobody listened at a moment ago, and that the system gives to no outgoing connection: one of these
// could have it by now.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(10000 + rand.IntN(22000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return ""
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("use: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if strings.Count(text, args[1]) != 1 {
		ts.Fatalf("%s holds %q %d times, and not once", args[0], args[1], strings.Count(text, args[1]))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

// occupied are the ports that scripts have, by script and port.
var occupied sync.Map

func occupy(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("use: [!] occupy PORT")
	}
	name := ts.Name() + ":" + args[0]
	if neg {
		if l, ok := occupied.LoadAndDelete(name); ok {
			l.(net.Listener).Close()
		}
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+args[0])
	ts.Check(err)
	occupied.Store(name, l)
	ts.Defer(func() { l.Close() })
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("use: exits CODE PROGRAM ARGS...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// A script that nobody runs would be a hole: the folder must not be empty.
func TestScriptsExist(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("testdata", "script"))
	if err != nil || len(entries) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
}
