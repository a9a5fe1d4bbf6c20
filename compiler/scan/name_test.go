package scan

import (
	"strings"
	"testing"
)

func TestFlowName(t *testing.T) {
	cases := map[string]string{
		"Pin": "pin", "MaxOn": "max_on", "ActiveLow": "active_low", "ClientID": "client_id", "URL": "url",
		"CA": "ca", "QoS": "qos", "DefaultQoS": "default_qos", "URLPath": "url_path", "I2CBus": "i2c_bus",
		"CO2Level": "co2_level", "PM25": "pm25", "IPv6Only": "ipv6_only", "X": "x", "onBelow": "on_below",
		"JSON": "json", "ForgetAfter": "forget_after", "IDs": "ids", "DoublePressed": "double_pressed",
	}
	for in, want := range cases {
		if got := flowName(in); got != want {
			t.Errorf("flowName(%s) = %s, want %s", in, got, want)
		}
		if !validName(want) {
			t.Errorf("%s is not a valid name", want)
		}
	}
	for _, bad := range []string{"", "A", "1a", "a-b", "a__b", "_a", "a_", "a b", "é"} {
		if validName(bad) {
			t.Errorf("%q is a valid name", bad)
		}
	}
}

func TestParseCall(t *testing.T) {
	form, err := parseCall("e, d?, more..., {a, b? | c,a}")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, item := range append(form.args, form.options()...) {
		text := item.name
		if item.optional {
			text += "?"
		}
		if item.variadic {
			text += "..."
		}
		got = append(got, text)
	}
	if want := "e d? more... a b? c"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	sets := form.setNames()
	if len(sets) != 2 || strings.Join(sets[0], " ") != "a b" || strings.Join(sets[1], " ") != "c a" {
		t.Errorf("sets %v", sets)
	}
	for _, bad := range []string{"a,", ",a", "a,,b", "{a", "a}", "a {b}", "a, {b} c", "a, {}", "a, {b|}", "a, {{b}}", "A", "a b", "a?...", "..."} {
		if _, err := parseCall(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

// What a directive says is read as typed by somebody who has not read the rules.
func FuzzParseCall(f *testing.F) {
	f.Add("e, d?, {a, b | c}")
	f.Add("{")
	f.Add("a...")
	f.Fuzz(func(t *testing.T, text string) {
		form, err := parseCall(text)
		if err != nil {
			return
		}
		for _, item := range append(form.args, form.options()...) {
			if !validName(item.name) {
				t.Errorf("%q gives the name %q", text, item.name)
			}
		}
	})
}
