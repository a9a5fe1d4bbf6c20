package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The tests in the language of all examples pass, played by the command that people use.
func TestFlowTests(t *testing.T) {
	flowc := filepath.Join(t.TempDir(), "flowc")
	if out, err := exec.Command("go", "build", "-o", flowc, "../cmd/flowc").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(flowc, "test", "-v", "./...")
	cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
