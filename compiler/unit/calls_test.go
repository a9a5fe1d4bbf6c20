//go:build linux

package unit_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/compiler/gobuild"
	"flowc/compiler/unit"
	"flowc/rt/mqtt/witness"
)

// patience bounds every wait; none lasts so long when all is well.
const patience = time.Minute

// allowed are the system calls that the filter of a unit leaves.
func allowed(t *testing.T, text string) map[string]bool {
	t.Helper()
	out, err := exec.Command(tool(t, "systemd-analyze", "systemd"), "syscall-filter").Output()
	if err != nil {
		t.Fatal(err)
	}
	sets, set := map[string][]string{}, ""
	for _, l := range strings.Split(string(out), "\n") {
		switch word := strings.TrimSpace(l); {
		case strings.HasPrefix(l, "@"):
			set = word
		case word == "" || strings.HasPrefix(word, "#"):
		default:
			sets[set] = append(sets[set], word)
		}
	}
	calls := map[string]bool{}
	var put func(name string, on bool)
	put = func(name string, on bool) {
		if members, isSet := sets[name]; isSet {
			for _, m := range members {
				put(m, on)
			}
			return
		}
		calls[name] = on
	}
	put("@default", true)
	for _, f := range regexp.MustCompile(`(?m)^SystemCallFilter=(~?)(.*)$`).FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Fields(f[2]) {
			put(name, f[1] == "")
		}
	}
	return calls
}

const busyFlow = `
program {
  edition = 1
  persist = { file = "state.db" }
  health  = "HEALTH"
}

mqtt home {
  url = "tcp://ADDRESS"
}

mqtt_in soil {
  via   = home
  topic = "soil"
  json  = { moisture = pct }
  stale = 1.h
}

site {
  timezone = "Europe/Berlin"
}

morning = daily("06:00")

mqtt_out told {
  via    = home
  topic  = "told"
  when   = soil
  send   = { moisture = soil.moisture, mornings = count(morning), dry = count(soil) }
  buffer = { keep = 1.h, on = disk, when = always }
}

http_server web {
  listen = "127.0.0.1:0"
}

route state {
  get   = "/state"
  reply = { moisture = try(soil.moisture, 0.pct) }
}
`

// A program with all that keeps it busy asks nothing of the kernel that its unit refuses.
func TestTheProgramStaysWithinItsFilter(t *testing.T) {
	strace := tool(t, "strace", "strace")
	broker, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Close)
	page := free(t)
	f := checkText(t, strings.NewReplacer("ADDRESS", broker.Addr(), "HEALTH", page).Replace(busyFlow))
	dir := t.TempDir()
	program, trace := filepath.Join(dir, "tried"), filepath.Join(dir, "trace")
	if _, err := f.Build(context.Background(), gobuild.Options{Target: gobuild.Host(), Out: program}); err != nil {
		t.Fatal(err)
	}
	help, err := exec.Command(program, "help").Output()
	if err != nil || !strings.Contains(string(help), "tried dead-letters list|replay|drop") {
		t.Errorf("help: %v\n%s", err, help)
	}
	c, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Net: "unixgram", Name: filepath.Join(dir, "notify")})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	cmd := exec.Command(strace, "-f", "-qq", "-o", trace, program)
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+filepath.Join(dir, "notify"), "WATCHDOG_USEC=30000000", "STATE_DIRECTORY="+dir, "RUNTIME_DIRECTORY="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	c.SetReadDeadline(time.Now().Add(patience))
	if n, err := c.Read(make([]byte, 4096)); err != nil || n == 0 {
		t.Fatalf("the program does not start: %v\n%s", err, said.String())
	}
	if !broker.Wait(patience, func() bool { return len(broker.Subscribes()) > 0 }) {
		t.Fatalf("the program does not subscribe\n%s", said.String())
	}
	for range 20 {
		broker.Publish("soil", `{"moisture": 12}`, 1, false)
	}
	if !broker.Wait(patience, func() bool { return len(broker.Messages()) >= 20 }) {
		t.Fatalf("the program does not tell\n%s", said.String())
	}
	for path, want := range map[string]string{"healthz": "green\n", "metrics": `{source="soil",outcome="accepted"} 20`, "state": `"soil":"{\"moisture\":12}"`} {
		if body := get(t, "http://"+page+"/"+path); !strings.Contains(body, want) {
			t.Errorf("%s has no %s:\n%s", path, want, body)
		}
	}
	syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatalf("the program does not stop\n%s", said.String())
	}
	calls := allowed(t, unit.Text(f.Typed, options(f)))
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\d+ +(?:<\.\.\. )?([a-z_0-9]+)[( ]`).FindAllStringSubmatch(string(text), -1) {
		seen[m[1]] = true
	}
	calls["adjtimex"] = true // it is refused, and then chrony is asked
	for name := range seen {
		if !calls[name] {
			t.Errorf("the program calls %s, which its unit refuses", name)
		}
	}
	t.Logf("%d different calls", len(seen))
	if len(seen) < 20 || !seen["adjtimex"] || !seen["sendto"] || !seen["fdatasync"] && !seen["fsync"] {
		t.Errorf("the trace is not of the program: %v", seen)
	}
}

// free is an address on which nobody listens.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func get(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Timeout: patience}
	r, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
