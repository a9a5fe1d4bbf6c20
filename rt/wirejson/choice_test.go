package wirejson

import "testing"

func TestChoice(t *testing.T) {
	for _, tc := range []struct{ data, want, problem string }{
		{`"eco"`, "eco", ""},
		{`"off"`, "off", ""},
		{`"econ"`, "", `expected one of off, eco, found "econ"`},
		{`5`, "", "expected text, found 5"},
		{`null`, "", "expected text, found null"},
	} {
		var s Scanner
		s.Reset([]byte(tc.data))
		got := s.Choice("off", "eco")
		check(t, tc.data, got, s.End(), tc.want, tc.problem)
	}
}

func TestParseChoice(t *testing.T) {
	for _, tc := range []struct{ data, want, problem string }{
		{" eco\n", "eco", ""},
		{"Eco", "", `expected one of off, eco, found "Eco"`},
		{"", "", "expected one of off, eco, found nothing"},
	} {
		got, err := ParseChoice([]byte(tc.data), "off", "eco")
		check(t, tc.data, got, err, tc.want, tc.problem)
	}
}

// TestTag: the tag is found wherever it stands, what is wrong before it is told
// as such, and the object is read from its beginning afterwards.
func TestTag(t *testing.T) {
	for _, tc := range []struct{ data, want, problem string }{
		{`{"type":"dim","level":4}`, "dim", ""},
		{`{"level":{"type":"no"},"type":"dim"}`, "dim", ""},
		{`{"type":"open"}`, "open", ""},
		{`{"level":4}`, "", "type: missing"},
		{`{"type":"dimm"}`, "", `type: expected one of open, dim, found "dimm"`},
		{`{"type":7}`, "", "type: expected text, found 7"},
		{`[]`, "", "expected an object, found a list"},
		{`{"level":x,"type":"dim"}`, "", "level: expected a value, found x"},
	} {
		var s Scanner
		s.Reset([]byte(tc.data))
		got := s.Tag("type", "open", "dim")
		if s.Err() == nil {
			s.Skip()
		}
		check(t, tc.data, got, s.End(), tc.want, tc.problem)
	}
}

// TestTagTwice: what Tag looked over does not count, what is read then does.
func TestTagTwice(t *testing.T) {
	var s Scanner
	s.Reset([]byte(`{"a":1,"type":"dim","type":"open"}`))
	s.Tag("type", "open", "dim")
	s.Skip()
	if err := s.End(); err == nil || err.Error() != "type: is there twice" {
		t.Errorf("got %v", err)
	}
}

func check(t *testing.T, data, got string, err error, want, problem string) {
	t.Helper()
	found := ""
	if err != nil {
		found = err.Error()
	}
	if got != want || found != problem {
		t.Errorf("%s: got %q, %q; want %q, %q", data, got, found, want, problem)
	}
}
