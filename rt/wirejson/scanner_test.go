package wirejson

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
)

// scan runs read over one message and gives the message's error.
func scan(text string, read func(s *Scanner)) error {
	var s Scanner
	s.Reset([]byte(text))
	read(&s)
	return s.End()
}

func TestErrorsTellPlaceAndText(t *testing.T) {
	skip := func(s *Scanner) { s.Skip() }
	float := func(s *Scanner) { s.Float() }
	decode := func(s *Scanner) {
		payload := s.data
		decodeSoil(s, payload)
	}
	deep := strings.Repeat(`{"a":[`, 40)
	cases := []struct {
		text string
		read func(s *Scanner)
		want string
	}{
		{`{"moisture": "wet"}`, decode, `moisture: expected a number, found "wet"`},
		{`{"moisture": null}`, decode, `moisture: expected a number, found null`},
		{`{"moisture": true}`, decode, `moisture: expected a number, found true`},
		{`{"moisture": {"a": 1}}`, decode, `moisture: expected a number, found an object`},
		{`{"moisture": [1]}`, decode, `moisture: expected a number, found a list`},
		{`{"moisture": 012}`, decode, `moisture: expected a number, found 012`},
		{`{"moisture": +1}`, decode, `moisture: expected a number, found +1`},
		{`{"moisture": 1.}`, decode, `moisture: expected a number, found 1.`},
		{`{"moisture": .5}`, decode, `moisture: expected a number, found .5`},
		{`{"moisture": 1e}`, decode, `moisture: expected a number, found 1e`},
		{`{"moisture": NaN}`, decode, `moisture: expected a number, found NaN`},
		{`{"moisture": 1e400}`, decode, `moisture: expected a number between -1.8e308 and 1.8e308, found 1e400`},
		{`{"moisture": `, decode, `moisture: expected a number, found the end of the message`},
		{`{"battery": 3}`, decode, `moisture: missing`},
		{`{}`, decode, `moisture: missing`},
		{`{"moisture": 1, "moisture": 1}`, decode, `moisture: is there twice`},
		{`{"moisture": 1, "x": 1, "x": 2}`, decode, `x: is there twice`},
		{`{"moisture": 1, "x": {"y": [0, {"z": 1, "\u007a": 2}]}}`, decode, `x.y[1].\u007a: is there twice`},
		{`{"moisture": 1,}`, decode, `expected the name of a field, found }`},
		{`{"moisture" 1}`, decode, `expected a colon after the name of a field, found 1`},
		{`{moisture: 1}`, decode, `expected the name of a field, found moisture`},
		{`{"moisture": 1 "battery": 3}`, decode, `moisture: expected a comma or the end of the object, found "battery"`},
		{`{"moisture": 1} x`, decode, `expected the end, found x`},
		{``, decode, `expected an object, found the end of the message`},
		{`[1]`, decode, `expected an object, found a list`},
		{`[1, 2,]`, skip, `[2]: expected an element after the comma, found ]`},
		{`[1 2]`, skip, `[0]: expected a comma or the end of the list, found 2`},
		{`[1, {"a": tru}]`, skip, `[1].a: expected a value, found tru`},
		{`"\ud800"`, skip, `the text has half of a surrogate pair in it`},
		{`"\udc00\ud800"`, skip, `the text has half of a surrogate pair in it`},
		{`"\x41"`, skip, `the text has a wrong escape in it`},
		{`"\u12g4"`, skip, `the text has a wrong escape in it`},
		{"\"a\nb\"", skip, `the text has a control character in it`},
		{"{\"a\": \"\xff\"}", skip, `a: the text is not valid UTF-8`},
		{"{\"a\": \"\\n\xff\"}", skip, `a: the text is not valid UTF-8`},
		{"{\"\xff\": 1}", skip, `the text is not valid UTF-8`},
		{`{"a": "abc`, skip, `a: the text has no end`},
		{deep, skip, strings.Repeat("a[0].", 31) + "a[0]: nested deeper than 64 levels"},
		{`"` + strings.Repeat("x", MaxBytes) + `"`, skip, `the message is longer than 1 MB`},
		{`"` + strings.Repeat("x", 100) + `"`, float, `expected a number, found "` + strings.Repeat("x", 24) + `…"`},
		{"\"\x1b[2J\u009b\"", float, `expected a number, found "` + "\ufffd[2J\ufffd" + `"`},
		{"\xff", float, "expected a number, found \ufffd"},
	}
	for _, c := range cases {
		err := scan(c.text, c.read)
		if err == nil || err.Error() != c.want {
			t.Errorf("%.40s\n got  %v\n want %s", c.text, err, c.want)
		}
	}
}

func TestErrorFields(t *testing.T) {
	err := scan(`{"a": {"b": [1, "x"]}}`, func(s *Scanner) {
		for o := s.Object(); s.Next(&o); {
			for o := s.Object(); s.Next(&o); {
				for l := s.List(); s.More(&l); {
					s.Int()
				}
			}
		}
	})
	var e *Error
	if !errors.As(err, &e) || *e != (Error{Path: "a.b[1]", Want: "a whole number", Found: `"x"`, Offset: 16}) {
		t.Errorf("the error is %#v", e)
	}
}

func TestUnexpectedField(t *testing.T) {
	err := scan(`{"a": {"b": 1}}`, func(s *Scanner) {
		for o := s.Object(); s.Next(&o); {
			for o := s.Object(); s.Next(&o); {
				s.Unexpected(&o)
			}
		}
	})
	if err == nil || err.Error() != "a.b: no such field is expected" {
		t.Error(err)
	}
}

// A name is known by what it means, not by how it is written.
func TestNamesMayHaveEscapes(t *testing.T) {
	var s Scanner
	m, err := decodeSoil(&s, []byte(`{ "\u006doisture" : 1 , "b\u0061ttery":null }`))
	if err != nil || m.Moisture != 1 || m.Battery.OK {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := decodeSoil(&s, []byte(`{"moisture": 1, "\u006doisture": 1}`)); err == nil {
		t.Error("one name written twice in two ways passed")
	}
}

func TestTwiceAmongManyNames(t *testing.T) {
	message := func(n int, extra string) string {
		var b strings.Builder
		b.WriteString(`{"inner": {`)
		for i := range n {
			b.WriteString(`"k` + strconv.Itoa(i) + `": {"x": ` + strconv.Itoa(i) + `}, `)
		}
		b.WriteString(extra + `: 0}, "k0": 1}`)
		return b.String()
	}
	for _, n := range []int{1, 2, fewKeys - 1, fewKeys, fewKeys + 1, fewKeys + 2, 100, 5000} {
		if err := scan(message(n, `"other"`), (*Scanner).Skip); err != nil {
			t.Errorf("%d names: %v", n, err)
		}
		for _, again := range []string{`"k0"`, `"k` + strconv.Itoa(n-1) + `"`, `"\u006b0"`} {
			err := scan(message(n, again), (*Scanner).Skip)
			if err == nil || !strings.HasSuffix(err.Error(), "is there twice") || !strings.HasPrefix(err.Error(), "inner.") {
				t.Errorf("%d names and %s: %v", n, again, err)
			}
		}
	}
}

func TestManyNamesAreNotQuadratic(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"k": 0`)
	for i := 0; b.Len() < MaxBytes-20; i++ {
		b.WriteString(`,"` + strconv.FormatInt(int64(i), 36) + `_":1`)
	}
	b.WriteString(`}`)
	start := time.Now()
	if err := scan(b.String(), (*Scanner).Skip); err != nil {
		t.Fatal(err)
	}
	// 0.05 s as it is, and minutes if all were compared with all.
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("one message took %v", d)
	}
}

func TestInt(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "12": 12, "12.0": 12, "1.2e1": 12, "1.2E+1": 12, "120e-1": 12, "-120.00e-1": -12,
		"0e999999999999": 0, "0.000e-5": 0, "0.0012e4": 12, "1.50e1": 15,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64,
		"9007199254740993": 9007199254740993, "9007199254740993.0": 9007199254740993,
		"922337203685477580.7e1": math.MaxInt64, "-0.9223372036854775808e19": math.MinInt64,
		"1" + strings.Repeat("0", 500) + "e-500":        1,
		"0." + strings.Repeat("0", 500) + "7e501":       7,
		"5." + strings.Repeat("0", 1000):                5,
		"1000000000000000000":                           1e18,
		"0.00000000000000000000000000000000001e35":      1,
		"12300000000000000000000000000000000000.0e-35":  123,
		"-12300000000000000000000000000000000000.0e-36": 0, // not whole, see below
	} {
		var got int64
		err := scan(text, func(s *Scanner) { got = s.Int() })
		if strings.HasSuffix(text, "e-36") {
			if err == nil {
				t.Errorf("%s is %d", text, got)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%.40s is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"0.5", "12.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e19", "18446744073709551616",
		"99999999999999999999", "1e999999999999999999999", "1e-999999999999999999999", `"12"`, "null", "01", "-", "1.", "",
	} {
		if err := scan(text, func(s *Scanner) { s.Int() }); err == nil {
			t.Errorf("%s passed as a whole number", text)
		}
	}
}

func TestFloatIsTheNearest(t *testing.T) {
	for _, text := range []string{
		"0", "-0", "23.5", "-2.91", "1e22", "1e23", "123456789012345678", "9007199254740993", "0.1", "1e-22", "1e-23",
		"4.35", "0.000001", "2.2250738585072011e-308", "5e-324", "1e-400", "1.7976931348623157e308", "8.41e21", "1e0005",
		"179769313486231580793728971405301e276", "3.0e+2", "0.30000000000000004", "9223372036854775807.5",
		"1" + strings.Repeat("0", 300), "0." + strings.Repeat("0", 300) + "1", "00.5"[1:],
	} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		var got float64
		if err := scan(text, func(s *Scanner) { got = s.Float() }); err != nil || math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%s is %v, %v, want %v", text, got, err, want)
		}
	}
}

// A number with more digits than a float64 has must not be rounded twice.
func TestFloatIsTheNearestOfLongNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var s Scanner
	for range 100_000 {
		text := strconv.FormatUint(r.Uint64()>>r.IntN(30), 10) + "e" + strconv.Itoa(r.IntN(60)-30)
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		s.Reset([]byte(text))
		if got := s.Float(); s.End() != nil || got != want {
			t.Fatalf("%s is %v, %v, want %v", text, got, s.End(), want)
		}
	}
}

func TestTexts(t *testing.T) {
	for text, want := range map[string]string{
		`""`:                           "",
		`"bed-7"`:                      "bed-7",
		`"\"\\\/\b\f\n\r\t"`:           "\"\\/\b\f\n\r\t",
		`"\u0041\u00e9\u20AC\u0000"`:   "Aé€\x00",
		`"\ud83d\udca7 \uD83C\uDF31"`:  "💧 🌱",
		`"Grüße"`:                      "Grüße",
		"\"\x7f\u0080\"":               "\x7f\u0080",
		`"` + "\ufffd" + `"`:           "\ufffd",
		`"a\u0020b` + "ü" + `\u0020c"`: "a bü c",
	} {
		var got string
		if err := scan(text, func(s *Scanner) { got = s.Text() }); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestOtherValues(t *testing.T) {
	err := scan(` [ true , false , null, {"a" : [ ] , "b":{}} , "2026-06-01T14:00:00.5+02:00" , [ 1 , 2 ] ] `, func(s *Scanner) {
		l := s.List()
		more := func() {
			if !s.More(&l) {
				t.Fatal("the list is too short")
			}
		}
		if more(); !s.Bool() {
			t.Error("true is false")
		}
		if more(); s.Bool() {
			t.Error("false is true")
		}
		if more(); !s.Null() {
			t.Error("null is not there")
		}
		if more(); s.Null() {
			t.Error("an object is null")
		}
		if raw := string(s.Raw()); raw != `{"a" : [ ] , "b":{}}` {
			t.Errorf("the raw object is %s", raw)
		}
		if more(); s.Time() != time.Date(2026, 6, 1, 12, 0, 0, 5e8, time.UTC) {
			t.Error("the time is wrong")
		}
		if more(); string(s.Raw()) != "[ 1 , 2 ]" {
			t.Error("the raw list is wrong")
		}
		if s.More(&l) {
			t.Error("the list is too long")
		}
	})
	if err != nil {
		t.Error(err)
	}
	if err := scan(`{"at": "yesterday"}`, func(s *Scanner) {
		for o := s.Object(); s.Next(&o); {
			s.Time()
		}
	}); err == nil || err.Error() != `at: expected a time like 2026-06-01T12:00:00Z, found "yesterday"` {
		t.Error(err)
	}
}

func TestNoAllocations(t *testing.T) {
	var s Scanner
	payload := []byte(`{"moisture": 23.5, "battery": 2.91, "id": "bed-7", "seq": 12345, "tags": ["a", {"b": null}], "on": true}`)
	buf := make([]byte, 0, 256)
	n := testing.AllocsPerRun(100, func() {
		m, err := decodeSoil(&s, payload)
		if err != nil {
			t.Fatal(err)
		}
		buf = AppendFloat(buf[:0], m.Moisture)
		buf = AppendString(buf, "bed-7")
		buf = AppendInt(buf, 12345)
		buf = AppendBool(buf, true)
	})
	if n != 0 {
		t.Errorf("%v allocations per message", n)
	}
}

// The scanner must be as good after an error as before.
func TestResetForgetsEverything(t *testing.T) {
	var s Scanner
	for _, broken := range []string{`{"x": 1, "y": {"z": [1, `, strings.Repeat("[", 100), `"\u00zz"`} {
		if _, err := decodeSoil(&s, []byte(broken)); err == nil {
			t.Errorf("%s passed", broken)
		}
		if m, err := decodeSoil(&s, soilPayload); err != nil || m.Moisture != 23.5 || !m.Battery.OK || m.Battery.V != 2.91 {
			t.Errorf("after %s: %+v, %v", broken, m, err)
		}
		if s.seen.n != 0 {
			t.Errorf("after %s: %d names are still there", broken, s.seen.n)
		}
	}
}
