package flow

import (
	"io/fs"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// world is an environment and a file system for tests.
type world struct {
	env   map[string]string
	files fstest.MapFS
}

func (w world) sources(file string) sources {
	return sources{
		environment: func(name string) (string, bool) { v, ok := w.env[name]; return v, ok },
		readFile:    func(name string) ([]byte, error) { return fs.ReadFile(w.files, name) },
		stat:        func(name string) (fs.FileInfo, error) { return fs.Stat(w.files, name) },
		file:        file,
	}
}

type someSettings struct {
	poll   time.Duration
	url    string
	limit  float64
	token  Secret
	chance int64
}

func (s *someSettings) list() []Setting {
	return []Setting{
		{Name: "poll", Env: "FLOW_POLL", Type: "duration", Default: "30.s", Parse: ParseDuration(&s.poll)},
		{Name: "url", Env: "FLOW_URL", Type: "text", Required: true, Parse: ParseString(&s.url)},
		{Name: "limit", Env: "LIMIT", Type: "temperature (°C)", Default: "20.C",
			Parse: ParseQuantity(&s.limit, "C", "°C", Limits{Min: -10, Max: 40})},
		{Name: "token", Env: "FLOW_TOKEN", Type: "text", Secret: true, Required: true, Parse: ParseSecret(&s.token)},
		{Name: "chance", Env: "FLOW_CHANCE", Type: "whole number", Default: "3", Parse: ParseInt(&s.chance)},
	}
}

func TestSettingsComeFromEnvironmentThenFileThenDefault(t *testing.T) {
	w := world{
		env: map[string]string{"FLOW_POLL": "5min", "CREDENTIALS_DIRECTORY": "creds", "FLOW_TOKEN": "from env"},
		files: fstest.MapFS{
			"creds/token": {Data: []byte("from systemd\n")},
			"garden.env": {Mode: 0o644, Data: []byte(`# what this house has
poll = 1.h           # the environment wins
FLOW_URL="tcp://broker:1883" # quoted
export LIMIT = 21.5 °C
PATH=/usr/bin
`)},
		},
	}
	var s someSettings
	if problems := w.sources("garden.env").read(s.list()); len(problems) > 0 {
		t.Fatal(problems)
	}
	if s.poll != 5*time.Minute || s.url != "tcp://broker:1883" || s.limit != 21.5 || s.chance != 3 {
		t.Errorf("read %+v", s)
	}
	if got := s.token.Reveal(); got != "from systemd" {
		t.Errorf("the secret is %q", got)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	w := world{
		env:   map[string]string{"FLOW_POLL": "fast", "LIMIT": "400"},
		files: fstest.MapFS{"s.env": {Mode: 0o600, Data: []byte("chance = 1.5\npol = 3.s\nhello\nchance = 2\nurl = \"open\n")}},
	}
	var s someSettings
	got := strings.Join(w.sources("s.env").read(s.list()), "\n")
	want := `s.env:2: there is no setting "pol"
s.env:3: expected ` + "`name = value`" + `
s.env:4: "chance" was given in line 1 already
s.env:5: the value of url has a quote that does not end
setting "poll": expected a duration, such as 30s, 5min or 1h30m, found "fast" in FLOW_POLL
setting "url": not given; expected text in the variable FLOW_URL or s.env
setting "limit": expected a number in °C between -10 and 40 °C, such as 20.C, found "400" in LIMIT
secret "token": not given; expected text in the credential token, the variable FLOW_TOKEN or s.env
setting "chance": expected a whole number, found "1.5" in s.env:1`
	if got != want {
		t.Errorf("problems:\n%s\nwant:\n%s", got, want)
	}
}

// A secret in a file that others may read is no secret; its text must not be in
// the message either.
func TestSecretInOpenFile(t *testing.T) {
	for mode, wrong := range map[fs.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true} {
		w := world{
			env:   map[string]string{"FLOW_URL": "x"},
			files: fstest.MapFS{"s.env": {Mode: mode, Data: []byte("token = swordfish\n")}},
		}
		var s someSettings
		problems := strings.Join(w.sources("s.env").read(s.list()), "\n")
		if wrong != strings.Contains(problems, "chmod 600 s.env") {
			t.Errorf("mode %o: %q", mode, problems)
		}
		if strings.Contains(problems, "swordfish") {
			t.Errorf("the secret is in the message: %s", problems)
		}
	}
}

func TestSecretThatDoesNotFitIsNotShown(t *testing.T) {
	var n int64
	list := []Setting{{Name: "code", Env: "CODE", Type: "whole number", Secret: true, Parse: ParseInt(&n)}}
	w := world{env: map[string]string{"CODE": "swordfish"}}
	problems := strings.Join(w.sources("").read(list), "\n")
	want := `secret "code": expected a whole number, what was found does not fit in CODE`
	if problems != want {
		t.Errorf("got %q, want %q", problems, want)
	}
}

func TestUnreadableSettingsFile(t *testing.T) {
	w := world{env: map[string]string{"FLOW_URL": "x", "FLOW_TOKEN": "y"}, files: fstest.MapFS{}}
	var s someSettings
	got := w.sources("none.env").read(s.list())
	if len(got) != 1 || got[0] != "--settings: cannot read none.env: there is no such file" {
		t.Errorf("got %q", got)
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"30s": 30 * time.Second, "30.s": 30 * time.Second, "30 s": 30 * time.Second, "1.5.h": 90 * time.Minute,
		"1.5h": 90 * time.Minute, "5min": 5 * time.Minute, "5m": 5 * time.Minute, "1h30m": 90 * time.Minute,
		"1.h 30.min": 90 * time.Minute, "2d": 48 * time.Hour, "250.ms": 250 * time.Millisecond, "0s": 0, "-3s": -3 * time.Second,
	} {
		var d time.Duration
		if err := ParseDuration(&d)(text); err != nil || d != want {
			t.Errorf("%q gives %v, %v; want %v", text, d, err, want)
		}
	}
	for _, text := range []string{"", "30", "s", "1..5h", "3 weeks", "-", "9e9h", "99999999999d", "1h-3s", "١s"} {
		var d time.Duration
		if ParseDuration(&d)(text) == nil {
			t.Errorf("%q was accepted as %v", text, d)
		}
	}
	var d time.Duration
	err := ParseDuration(&d, Limits{Min: 1, Max: 60})("2min")
	if err == nil || err.Error() != "a duration between 1 and 60 s, such as 30s, 5min or 1h30m" {
		t.Errorf("out of range: %v", err)
	}
}

func TestParseQuantity(t *testing.T) {
	type celsius float64
	for text, want := range map[string]celsius{"21.5": 21.5, "21.5.C": 21.5, "21.5C": 21.5, "-5 °C": -5, "1e1 C": 10, "5.": 5} {
		var v celsius
		if err := ParseQuantity(&v, "C", "°C")(text); err != nil || v != want {
			t.Errorf("%q gives %v, %v; want %v", text, v, err, want)
		}
	}
	for _, text := range []string{"", "C", "70 F", "NaN", "Inf", "0x10", "1_0", "1e999"} {
		var v celsius
		if ParseQuantity(&v, "C", "°C")(text) == nil {
			t.Errorf("%q was accepted as %v", text, v)
		}
	}
	var v celsius
	err := ParseQuantity(&v, "C", "°C", Limits{Min: 30, Max: math.Inf(1)})("20")
	if err == nil || err.Error() != "a number in °C of at least 30 °C, such as 30.C" {
		t.Errorf("out of range: %v", err)
	}
}

func TestParseWords(t *testing.T) {
	type mode uint8
	type pull string
	var m mode
	var p pull
	var b bool
	for _, c := range []struct {
		parse func(string) error
		text  string
		ok    bool
	}{
		{ParseEnum(&m, "off", "eco"), "eco", true}, {ParseEnum(&m, "off", "eco"), "Eco", false},
		{ParseChoice(&p, "up", "down"), "down", true}, {ParseChoice(&p, "up", "down"), "", false},
		{ParseBool(&b), "on", true}, {ParseBool(&b), "1", false},
	} {
		if err := c.parse(c.text); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	if m != 1 || p != "down" || !b {
		t.Errorf("read %v, %v, %v", m, p, b)
	}
}
