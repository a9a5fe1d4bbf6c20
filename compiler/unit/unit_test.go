package unit_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"flowc/compiler"
	"flowc/compiler/unit"
	"flowc/lang/diag"
)

// tool finds a program that a test needs.
func tool(t *testing.T, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not here: apt-get install %s", name, pkg)
	}
	if err != nil {
		t.Skipf("%s is not here: apt-get install %s", name, pkg)
	}
	return path
}

func options(f *compiler.Flow) unit.Options {
	return unit.Options{Program: "/bin/true", Memory: 64 << 20, OwnNetwork: f.OwnImports("net")}
}

// written is the unit of a flow as a file.
func written(t *testing.T, f *compiler.Flow) string {
	t.Helper()
	if f.Typed == nil {
		t.Fatalf("%s does not check: %v", f.Path, f.Found)
	}
	file := filepath.Join(t.TempDir(), unit.Name(f.Typed))
	if err := os.WriteFile(file, []byte(unit.Text(f.Typed, options(f))), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func checkText(t *testing.T, text string) *compiler.Flow {
	t.Helper()
	f := compiler.CheckText("tried", map[string][]byte{"tried.hcl": []byte(text)})
	if f.Typed == nil {
		var said strings.Builder
		f.Found.Text(&said, f.Sources, diag.Options{})
		t.Fatal(said.String())
	}
	return f
}

func examples(t *testing.T) map[string]*compiler.Flow {
	t.Helper()
	flows := map[string]*compiler.Flow{}
	files, _ := filepath.Glob("../../examples/*/*.hcl")
	for _, file := range files {
		if dir := filepath.Dir(file); flows[filepath.Base(dir)] == nil {
			flows[filepath.Base(dir)] = compiler.Check(dir)
		}
	}
	if len(flows) < 10 {
		t.Fatalf("only %d examples", len(flows))
	}
	return flows
}

var exposure = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

// What systemd says of the unit of every example: no mistake, and how much is open. A flow without pins has a network.
func TestUnitsOfTheExamples(t *testing.T) {
	analyze := tool(t, "systemd-analyze", "systemd")
	for name, f := range examples(t) {
		t.Run(name, func(t *testing.T) {
			file := written(t, f)
			if out, err := exec.Command(analyze, "verify", "--man=no", file).CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("verify: %v\n%s", err, out)
			}
			out, err := exec.Command(analyze, "security", "--offline=true", "--no-pager", file).CombinedOutput()
			found := exposure.FindSubmatch(out)
			if err != nil || found == nil {
				t.Fatalf("security: %v\n%s", err, out)
			}
			text, _ := os.ReadFile(file)
			most := 1.3
			if strings.Contains(string(text), "char-gpiochip") {
				most = 1.7
			}
			got, _ := strconv.ParseFloat(string(found[1]), 64)
			t.Logf("exposure %.1f, at most %.1f", got, most)
			if got > most {
				t.Errorf("exposure %.1f, want at most %.1f\n%s", got, most, out)
			}
		})
	}
}

// Each directive has a line before it that says why.
func TestDirectivesSayWhy(t *testing.T) {
	for name, f := range examples(t) {
		lines := strings.Split(strings.TrimSpace(unit.Text(f.Typed, options(f))), "\n")
		for i, l := range lines {
			if strings.Contains(l, "=") && l[0] != '#' && !strings.HasPrefix(lines[i-1], "# ") {
				t.Errorf("%s: nothing says why %s", name, l)
			}
		}
	}
}

// What a unit opens is what the flow needs.
func TestWhatUnitsOpen(t *testing.T) {
	const button = "button door {\n  pin = 17\n}\nlog said {\n  show = door.pressed\n}\n"
	broker := func(url string) string {
		return "mqtt home {\n  url = " + url + "\n}\nmqtt_in soil {\n  via = home\n  topic = \"soil\"\n  json = { moisture = pct }\n  stale = 1.h\n}\nlog said {\n  show = soil\n}\n"
	}
	postgres := func(url string) string {
		return "secret word {}\npostgres house {\n  url = \"" + url + "\"\n  user = \"me\"\n  password = word\n  table climate {\n    at = time\n  }\n}\n" + button +
			"sql_insert keep {\n  into = house.climate\n  row = { at = door.pressed.time }\n}\n"
	}
	for name, c := range map[string]struct {
		flow    string
		have    []string
		without []string
	}{
		"pins": {button,
			[]string{"DevicePolicy=closed", "DeviceAllow=char-gpiochip rw", "SupplementaryGroups=gpio", "PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX\n", "CapabilityBoundingSet=\n"},
			[]string{"PrivateDevices", "StateDirectory", "LoadCredential", "AF_INET", "After="}},
		"a broker at an address": {broker(`"tcp://192.168.1.10:1883"`),
			[]string{"PrivateDevices=yes", "AF_INET6", "IPAddressDeny=any\n# they are these\nIPAddressAllow=192.168.1.10\n"},
			[]string{"DeviceAllow", "SupplementaryGroups", "PrivateNetwork"}},
		"a broker here": {broker(`"tcp://localhost"`), []string{"IPAddressAllow=localhost"}, nil},
		"a broker with a name": {broker(`"mqtts://broker.example:8883"`),
			[]string{"# `home` speaks with broker.example, a name"}, []string{"\nIPAddressDeny"}},
		"a broker known at start": {"setting address {\n  type = string\n}\n" + broker("address"),
			[]string{"# `home` learns its address at start", "# lines FLOW_ADDRESS=… (required)\nEnvironmentFile=-/etc/tried/environment"}, []string{"\nIPAddressDeny"}},
		"a password": {"secret word {}\n" + strings.Replace(broker(`"tcp://127.0.0.1"`), "\n}", "\n  user = \"me\"\n  password = word\n}", 1),
			[]string{"LoadCredential=word:/etc/tried/word", "IPAddressAllow=127.0.0.1"}, []string{"EnvironmentFile"}},
		"a memory": {"program {\n  edition = 1\n  persist = { file = \"state.db\" }\n}\n" + button,
			[]string{"# for what it remembers (/var/lib/tried)\nStateDirectory=tried"}, nil},
		"a page about pins": {"program {\n  edition = 1\n  health  = \"127.0.0.1:9100\"\n}\n" + button,
			[]string{"DeviceAllow=char-gpiochip rw", "AF_INET6", "IPAddressAllow=localhost\n"}, []string{"PrivateNetwork"}},
		"a page for others": {"secret token {}\nprogram {\n  edition = 1\n  health  = { listen = \"0.0.0.0:9100\", auth = token }\n}\n" + broker(`"tcp://192.168.1.10"`),
			[]string{"# `health` answers whoever reaches 0.0.0.0:9100", "LoadCredential=token:/etc/tried/token"}, []string{"\nIPAddressDeny"}},
		"a schedule about pins": {"site {\n  timezone = \"Europe/Berlin\"\n}\n" + button + "log morning {\n  show = daily(\"06:00\")\n}\n",
			[]string{"SystemCallFilter=adjtimex", "PrivateNetwork=yes"}, []string{"ProtectClock=yes"}},
		"a schedule and a broker": {"site {\n  timezone = \"Europe/Berlin\"\n}\n" + broker(`"tcp://192.168.1.10"`) + "log morning {\n  show = daily(\"06:00\")\n}\n",
			[]string{"ProtectClock=yes", "IPAddressAllow=192.168.1.10 localhost\n"}, []string{"\nSystemCallFilter=adjtimex"}},
		"a memory of its own":       {"program {\n  edition = 1\n  memory  = 40.MB\n}\n" + button, nil, []string{"GOMEMLIMIT"}},
		"a database on the network": {postgres("postgres://192.168.1.5/house"), []string{"IPAddressAllow=192.168.1.5\n", "LoadCredential=word:/etc/tried/word"}, []string{"StateDirectory="}},
		"a database at a socket": {postgres("postgres:///house?host=/run/postgresql"),
			[]string{"PrivateNetwork=yes", "# it speaks with the service manager, and at the socket in /run/postgresql\nRestrictAddressFamilies=AF_UNIX\n"}, []string{"AF_INET", "a name"}},
		"a low port": {"http_server web {\n  listen = \"127.0.0.1:80\"\n}\nroute hello {\n  get = \"/\"\n  reply = \"hello\"\n}\n",
			[]string{"AmbientCapabilities=CAP_NET_BIND_SERVICE", "IPAddressAllow=localhost"}, []string{"PrivateUsers"}},
	} {
		f := checkText(t, c.flow)
		text := unit.Text(f.Typed, options(f))
		if name != "a memory of its own" {
			c.have = append(c.have, "Environment=GOMEMLIMIT=56MiB\n")
		}
		for _, want := range append(c.have, "Type=notify", "WatchdogSec=30", "Restart=always", "StartLimitIntervalSec=0", "ExecStopPost=/bin/true safe-state", "MemoryMax=64M", "SystemCallFilter=@system-service") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: lacks %q\n%s", name, want, text)
			}
		}
		for _, not := range c.without {
			if strings.Contains(text, not) {
				t.Errorf("%s: has %q\n%s", name, not, text)
			}
		}
	}
}

// A program in somebody's home can be started.
func TestAProgramInAHome(t *testing.T) {
	f := checkText(t, "log said {\n  show = every(1.s)\n}\n")
	for program, want := range map[string]string{"/home/pi/tried": "\nProtectHome=read-only\n", "/root/tried": "\nProtectHome=read-only\n", "/usr/local/bin/tried": "\nProtectHome=yes\n"} {
		if text := unit.Text(f.Typed, unit.Options{Program: program, Memory: 1}); !strings.Contains(text, want) {
			t.Errorf("%s: lacks %q\n%s", program, want, text)
		}
	}
}

// Nothing in a flow's text becomes a directive, and no name is one that systemd refuses.
func TestNamesAndTextsAreHarmless(t *testing.T) {
	f := compiler.CheckText("9 gärten & co.", map[string][]byte{"a.hcl": []byte("# 50 % of what %i needs \\\n# ExecStartPre=/bin/false\n\nlog said {\n  show = every(1.s)\n}\n")})
	if f.Typed == nil {
		t.Fatalf("does not check: %v", f.Found)
	}
	text := unit.Text(f.Typed, unit.Options{Program: "/opt/my programs/$x%h", Memory: 1})
	for _, want := range []string{"Description=50 %% of what %%i needs\n", "ExecStart=\"/opt/my programs/$$x%%h\"\n", "RuntimeDirectory=flow_9_gaerten___co_\n", "MemoryMax=1M\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q\n%s", want, text)
		}
	}
	if strings.Contains(text, "\nExecStartPre") {
		t.Errorf("a comment became a directive\n%s", text)
	}
}
