package outbox

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestReplayOfAFileOnAFullDisk: where nobody has the file, a replay for which there is no
// room moves nothing, and says so.
func TestReplayOfAFileOnAFullDisk(t *testing.T) {
	const variable = "FLOWC_TEST_FULL"
	if name := os.Getenv(variable); name != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 16, Max: 1 << 16}); err != nil {
			t.Fatal(err)
		}
		os.Exit(command("rig", name, []string{"replay", "all"}, os.Stdout, os.Stderr))
	}
	name := filepath.Join(t.TempDir(), "outbox.db")
	lettersIn(t, name, 100)
	child := exec.Command(os.Args[0], "-test.run=^TestReplayOfAFileOnAFullDisk$")
	child.Env = append(os.Environ(), variable+"="+name)
	said, err := child.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "rig dead-letters: the disk is full; nothing was changed") {
		t.Errorf("%v: %s", err, said)
	}
	for _, want := range []string{"100 will be sent once more\n", "0 will be sent once more\n"} {
		var out, problems bytes.Buffer
		command("rig", name, []string{"replay", "all"}, &out, &problems)
		if got := out.String() + problems.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	f, err := openStore(name, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	for thing, n := range map[string]int{"sink": 99, "former": 1} {
		if found, err := f.begin(thing, ""); err != nil || found.rows != n || found.bytes != int64(n*(5008+rowOverhead)) {
			t.Errorf("%s: %+v, %v", thing, found, err)
		}
	}
}
