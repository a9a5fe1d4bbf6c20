package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A flow whose messages tell when and how often things came in: a replay that is not the same shows.
const recordedGarden = `
mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in soil {
  via   = home
  topic = "garden/{bed}/soil"
  json  = { moisture = pct }
  stale = 2.h
}

button door {
  pin = 4
}

dry = hysteresis(soil.moisture, { on_below = 30.pct, off_above = 45.pct })

relay pump {
  pin    = 22
  on     = any_of(dry) || toggle(door.pressed)
  max_on = 10.min
  rest   = 30.min
  safe   = off
}

mqtt_out report {
  via   = home
  topic = "report/${soil.bed}"
  send  = { at = soil.time, mean = average(soil.moisture, 10.min), dry = dry, pump = pump.on, presses = count(door.pressed), connected = home.connected }
}

reports = count(report.sent)
`

const replayedTests = `
test "what was recorded" {
  replay = "rec.jsonl"

  expect_nothing_sent report {}
}
`

// What a flow sent while it was recorded is what a replay sends, to the byte, each time.
func TestReplayGivesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	dir := t.TempDir()
	flow := filepath.Join(dir, "garden.hcl")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("garden.hcl", recordedGarden)
	script := []string{
		`pub garden/beans/soil {"moisture": 40.25}`, `wait soil["beans"] {"moisture":40.25}`,
		`pub garden/tomatoes/soil {"moisture": 12}`, "wait pump.on on",
		"press door", `pub garden/beans/soil {"moisture": "wet"}`,
		"advance 10min", "wait pump.on off",
		`pub garden/tomatoes/soil {"moisture": 55.5}`, `wait soil["tomatoes"] {"moisture":55.5}`,
		"press door", "advance 31min",
		`pub garden/beans/soil {"moisture": 20}`, `wait soil["beans"] {"moisture":20}`, "wait reports 4",
	}
	var out, errors bytes.Buffer
	c := &console{in: strings.NewReader(strings.Join(script, "\n") + "\n"), out: &out, err: &errors}
	if code := run(c, []string{"run", "-record", filepath.Join(dir, "rec.jsonl"), flow}); code != exitFine {
		t.Fatalf("exit code %d\n%s\n%s", code, &out, &errors)
	}
	var sent []string
	for line := range strings.Lines(out.String()) {
		if message, ok := strings.CutPrefix(line, "mqtt "); ok {
			sent = append(sent, "sent "+strings.TrimSpace(message))
		}
	}
	if len(sent) != 4 {
		t.Fatalf("%d messages were sent while it was recorded:\n%s\n%s", len(sent), &out, &errors)
	}
	write("tests.hcl", replayedTests)
	for range 2 {
		if got := replayed(t, dir); !slices.Equal(got, sent) {
			t.Fatalf("a replay sends\n%s\nand while it was recorded there was\n%s", strings.Join(got, "\n"), strings.Join(sent, "\n"))
		}
	}
}

// replayed is what the replay sends, as the failure of its test tells.
func replayed(t *testing.T, dir string, options ...string) []string {
	t.Helper()
	var out, errors bytes.Buffer
	if code := run(&console{out: &out, err: &errors}, append(append([]string{"test", "-json"}, options...), dir)); code != exitFindings {
		t.Fatalf("exit code %d\n%s\n%s", code, &out, &errors)
	}
	var result testJSON
	if err := json.Unmarshal(out.Bytes(), &result); err != nil || result.Failure == nil {
		t.Fatalf("%v\n%s\n%s", err, &out, &errors)
	}
	return result.Failure.Notes
}

// A flow that asks and is asked: calls are answered, refused and cut off, and each answer decides what comes next.
const recordedCalls = `
route order {
  post  = "/order"
  body  = { n = int }
  reply = "taken"
}

http_call shop {
  url   = "https://shop.example.org/order"
  when  = order
  body  = { n = order.body.n }
  json  = { price = number }
  retry = { times = 1, wait = 2.s }
}

state spent {
  start = 0.0
  on    = { shop = old + it.price }
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_out report {
  via   = home
  topic = "report"
  send  = { spent = spent, at = shop.time, price = shop.price }
}

mqtt_out trouble {
  via   = home
  topic = "trouble"
  send  = { status = default(shop.failed.status, 0), message = shop.failed.message, at = shop.failed.time }
}

reports  = count(report.sent)
troubles = count(trouble.sent)
`

const replayedCalls = `
test "reports" {
  replay = "rec.jsonl"

  expect_nothing_sent report {}
}

test "troubles" {
  replay = "rec.jsonl"

  expect_nothing_sent trouble {}
}
`

// What http_call heard and clients asked is in a recording, failures without an answer too, and comes again at its
// moment.
func TestReplayOfCallsAndRequests(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	dir := t.TempDir()
	flow := filepath.Join(dir, "shop.hcl")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("shop.hcl", recordedCalls)
	script := []string{
		`set shop {"price": 2.5}`, `ask post /order {"n": 1}`, "wait spent 2.5",
		"advance 10s", `ask post /order {"n": 2}`, "wait spent 5",
		"advance 10s", `set shop {"price": "dear"}`, `ask post /order {"n": 3}`, "wait troubles 1",
		"advance 10s", "fail shop 404", `ask post /order {"n": 4}`, "wait troubles 2",
		"advance 10s", "fail shop", `ask post /order {"n": 5}`, "wait 200ms", "advance 5s", "wait troubles 3",
		"advance 10s", `set shop {"price": 1}`, `ask post /order {"n": 6}`, "wait spent 6", "wait reports 3",
	}
	var out, errors bytes.Buffer
	c := &console{in: strings.NewReader(strings.Join(script, "\n") + "\n"), out: &out, err: &errors}
	if code := run(c, []string{"run", "-record", filepath.Join(dir, "rec.jsonl"), flow}); code != exitFine {
		t.Fatalf("exit code %d\n%s\n%s", code, &out, &errors)
	}
	sent := map[string][]string{}
	for line := range strings.Lines(out.String()) {
		if message, ok := strings.CutPrefix(line, "mqtt "); ok {
			topic, _, _ := strings.Cut(message, "  ")
			sent[topic] = append(sent[topic], "sent "+strings.TrimSpace(message))
		}
	}
	if len(sent["report"]) != 3 || len(sent["trouble"]) != 3 {
		t.Fatalf("%d reports and %d troubles were sent while it was recorded:\n%s\n%s", len(sent["report"]), len(sent["trouble"]), &out, &errors)
	}
	write("tests.hcl", replayedCalls)
	for _, what := range []string{"report", "trouble"} {
		if got := replayed(t, dir, "-run", what); !slices.Equal(got, sent[what]) {
			t.Errorf("a replay sends\n%s\nand while it was recorded there was\n%s", strings.Join(got, "\n"), strings.Join(sent[what], "\n"))
		}
	}
}
