package wirejson_test

import (
	"testing"
	"time"

	"flowc/rt/wirejson"
)

func TestForms(t *testing.T) {
	for _, c := range []struct {
		text string
		read func(*wirejson.Scanner) any
		want any
		err  string
	}{
		{`235`, func(s *wirejson.Scanner) any { return s.Scaled(0.1) }, 23.5, ""},
		{`1e308`, func(s *wirejson.Scanner) any { return s.Scaled(100) }, 0.0, "expected a smaller number, found 1e308"},
		{`"12.5"`, func(s *wirejson.Scanner) any { return s.NumberText() }, 12.5, ""},
		{`12.5`, func(s *wirejson.Scanner) any { return s.NumberText() }, 0.0, "expected text, found 12.5"},
		{`"x"`, func(s *wirejson.Scanner) any { return s.NumberText() }, 0.0, `expected a number in quotes, found "x"`},
		{`"12"`, func(s *wirejson.Scanner) any { return s.IntText() }, int64(12), ""},
		{`"12.5"`, func(s *wirejson.Scanner) any { return s.IntText() }, int64(0), `expected a whole number in quotes, found "12.5"`},
		{`"ON"`, func(s *wirejson.Scanner) any { return s.Word("OFF", "ON") }, 1, ""},
		{`"on"`, func(s *wirejson.Scanner) any { return s.Word("OFF", "ON", "AUTO") }, 0, `expected one of OFF, ON, AUTO, found "on"`},
		{`1780315200`, func(s *wirejson.Scanner) any { return s.Epoch(time.Second) }, time.Unix(1780315200, 0).UTC(), ""},
		{`1780315200123`, func(s *wirejson.Scanner) any { return s.Epoch(time.Millisecond) }, time.UnixMilli(1780315200123).UTC(), ""},
		{`1780315200.5`, func(s *wirejson.Scanner) any { return s.Epoch(time.Second) }, time.UnixMilli(1780315200500).UTC(), ""},
		{`-1.5`, func(s *wirejson.Scanner) any { return s.Epoch(time.Second) }, time.UnixMilli(-1500).UTC(), ""},
		{`1e18`, func(s *wirejson.Scanner) any { return s.Epoch(time.Second) }, time.Time{}, "expected a time between the years 1 and 9999, found 1e18"},
	} {
		var s wirejson.Scanner
		s.Reset([]byte(c.text))
		got := c.read(&s)
		err := s.End()
		switch {
		case c.err == "" && err != nil:
			t.Errorf("%s: %v", c.text, err)
		case c.err != "" && (err == nil || err.Error() != c.err):
			t.Errorf("%s: got error %v, want %s", c.text, err, c.err)
		case got != c.want:
			t.Errorf("%s: got %v, want %v", c.text, got, c.want)
		}
	}
}

func TestAppendForms(t *testing.T) {
	at := time.UnixMilli(1780315200123).UTC()
	for want, got := range map[string][]byte{
		`1780315200123`:    wirejson.AppendEpoch(nil, at, time.Millisecond),
		`1780315200.123`:   wirejson.AppendEpoch(nil, at, time.Second),
		`1780315200123000`: wirejson.AppendEpoch(nil, at, time.Microsecond),
		`"ON"`:             wirejson.AppendWord(nil, true, "OFF", "ON"),
		`"OFF"`:            wirejson.AppendWord(nil, false, "OFF", "ON"),
		`"12.5"`:           wirejson.AppendNumberText(nil, 12.5),
		`"-3"`:             wirejson.AppendIntText(nil, -3),
	} {
		if string(got) != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
