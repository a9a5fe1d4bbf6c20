package mqtt_test

import (
	"os/exec"
	"strings"
	"testing"
)

// What a program with plain TCP must not carry: TLS is 2 MB, and so is HTTP.
func TestWhatIsNotLinked(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "flowc/rt/mqtt").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	for _, path := range strings.Fields(string(out)) {
		switch {
		case strings.HasPrefix(path, "crypto/"), path == "net/http", path == "encoding/json", path == "regexp",
			path == "text/template", path == "github.com/eclipse/paho.golang/autopaho":
			t.Errorf("rt/mqtt links %s", path)
		}
	}
}
