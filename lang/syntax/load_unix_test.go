//go:build unix

package syntax

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe that is called like a flow file is refused; opening it would wait for ever.
func TestLoadRefusesPipes(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.hcl")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	why := make(chan string, 1)
	go func() {
		_, found := Load(name)
		if len(found) != 1 {
			why <- "no finding"
			return
		}
		why <- found[0].Why
	}()
	select {
	case text := <-why:
		if !strings.Contains(text, "it is not a regular file") {
			t.Error(text)
		}
	case <-time.After(time.Minute):
		t.Fatal("it waits for the pipe")
	}
}
