package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"flowc/compiler"
	"flowc/rt/mqtt/witness"
)

// patience bounds every wait; none lasts so long when all is well.
const patience = time.Minute

// longest is what is told of the longest silence, which depends on the machine.
var longest = regexp.MustCompile(`(the longest silence was) .*`)

// learning runs `flowc learn mqtt` against a broker of the test; the channel gives the exit code.
func learning(t *testing.T, args ...string) (out, errs *bytes.Buffer, done chan int) {
	t.Helper()
	out, errs, done = &bytes.Buffer{}, &bytes.Buffer{}, make(chan int, 1)
	go func() {
		done <- run(&console{in: strings.NewReader(""), out: out, err: errs}, append([]string{"learn"}, args...))
	}()
	return out, errs, done
}

func witnessed(t *testing.T) *witness.Broker {
	t.Helper()
	b, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func ended(t *testing.T, done chan int) int {
	t.Helper()
	select {
	case code := <-done:
		return code
	case <-time.After(patience):
		t.Fatal("it does not end")
		return 0
	}
}

func TestLearnMQTT(t *testing.T) {
	t.Setenv("FLOWC_PASSWORD", "hunter2")
	b := witnessed(t)
	b.Publish("garden/herbs/soil", `{"moisture": 40}`, 1, true)
	out, errs, done := learning(t, "mqtt", b.URL(), "garden/+/soil", "-count", "4", "--user", "me")
	if !b.Wait(patience, func() bool { return len(b.Subscribes()) > 0 }) {
		t.Fatalf("it does not subscribe: %s", errs)
	}
	b.Publish("garden/beans/soil", `{"moisture": 31.5, "battery": 3.7}`, 1, false)
	b.Publish("garden/beans/other", `{"moisture": 1}`, 1, false)
	b.Publish("garden/tomatoes/soil", `{"moisture": 30.5, "battery": 3.6}`, 0, false)
	b.Publish("garden/tomatoes/soil", `{"moisture": 30.4, "battery": null}`, 1, false)
	if code := ended(t, done); code != exitFine {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	want := "# 4 messages on 3 topics; bed: beans, herbs, tomatoes.\nmqtt_in soil {\n  via   = home\n" +
		"  topic = \"garden/{bed}/soil\"\n  json  = soil_message\n  stale = 1.min # guessed: the longest silence was less than a second\n}\n\n" +
		"type soil_message {\n  moisture = pct         # guessed\n  battery  = optional(V) # guessed; missing in 1 of 4; null in 1 of 4\n}\n"
	if got := longest.ReplaceAllString(out.String(), "$1 less than a second"); !strings.HasSuffix(got, want) || !strings.Contains(got, "url      = \""+b.URL()+"\"") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f := compiler.CheckText("learned", map[string][]byte{"learned.hcl": out.Bytes()}); f.Typed == nil {
		t.Errorf("what was learned does not check: %v", f.Found[0].Summary)
	}
	if text := errs.String(); !strings.Contains(text, "listening to garden/+/soil for 1 min") || !strings.Contains(text, "4 messages on 3 topics\n") {
		t.Errorf("progress: %q", text)
	}
	for _, c := range b.Connects() {
		if c.Username != "me" || string(c.Password) != "hunter2" || c.WillFlag {
			t.Errorf("logged in as %q with %q", c.Username, c.Password)
		}
	}
	if v := b.Violations(); len(v) > 0 {
		t.Errorf("against the protocol: %q", v)
	}
	if strings.Contains(out.String()+errs.String(), "hunter2") {
		t.Error("the password is shown")
	}
}

func TestLearnMQTTHearsNothing(t *testing.T) {
	b := witnessed(t)
	out, errs, done := learning(t, "mqtt", b.URL(), "quiet", "-for", "50ms")
	if code := ended(t, done); code != exitFindings || out.Len() > 0 {
		t.Errorf("exit code %d, %q", code, out)
	}
	if !strings.Contains(errs.String(), "nothing came on quiet in 1 s; listen longer") {
		t.Errorf("got %q", errs)
	}
}

func TestLearnMQTTMisused(t *testing.T) {
	b := witnessed(t)
	address := b.Addr()
	b.Close()
	for want, args := range map[string][]string{
		"the broker at " + address + " does not answer (connection refused)": {"mqtt", "tcp://" + address, "a"},
		"has no scheme":                                {"mqtt", "localhost", "a"},
		"`#` may only be the last level":               {"mqtt", witnessed(t).URL(), "a/#/b"},
		"the option -for takes a time":                 {"mqtt", "tcp://127.0.0.1", "a", "-for", "soon"},
		"the option -count takes a number of messages": {"mqtt", "tcp://127.0.0.1", "a", "-count", "0"},
		"mqtt needs a URL and a topic":                 {"mqtt", "tcp://127.0.0.1"},
		"\"b.json\" is one too many":                   {"a.json", "b.json"},
	} {
		out, errs, done := learning(t, args...)
		if code := ended(t, done); code == exitFine || out.Len() > 0 || !strings.Contains(errs.String(), want) {
			t.Errorf("%q: exit code %d, %q, want %q", args, code, errs, want)
		}
	}
}
