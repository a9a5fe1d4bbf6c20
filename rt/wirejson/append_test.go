package wirejson

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"flowc/rt/unit"
)

func TestAppend(t *testing.T) {
	for want, got := range map[string][]byte{
		`"<b> & \"\\/ü💧"`:                              AppendString(nil, `<b> & "\/ü💧`),
		`"\b\f\n\r\t\u0000\u001f` + "\x7f\u2028" + `"`: AppendString(nil, "\b\f\n\r\t\x00\x1f\x7f\u2028"),
		"\"a\ufffd\ufffdb\ufffd\"":                     AppendString(nil, "a\xff\xfeb\xc3"),
		"\"\ufffd\"":                                   AppendString(nil, "\ufffd"),
		"21.4":                                         AppendFloat(nil, unit.Temperature(21.4)),
		"0":                                            AppendFloat(nil, math.Copysign(0, -1)),
		"-0.5":                                         AppendFloat(nil, -0.5),
		"100000000000000000000":                        AppendFloat(nil, 1e20),
		"1e+21":                                        AppendFloat(nil, 1e21),
		"0.0000001":                                    AppendFloat(nil, 1e-7),
		"1e-22":                                        AppendFloat(nil, 1e-22),
		"0.30000000000000004":                          AppendFloat(nil, 0.30000000000000004),
		"-9223372036854775808":                         AppendInt(nil, math.MinInt64),
		"true":                                         AppendBool(nil, true),
		"null":                                         AppendNull(nil),
		`"2026-06-01T12:00:00Z"`:                       AppendTime(nil, time.Date(2026, 6, 1, 14, 0, 0, 0, time.FixedZone("", 7200))),
		`"2026-06-01T12:00:00.120Z"`:                   AppendTime(nil, time.Date(2026, 6, 1, 12, 0, 0, 12e7, time.UTC)),
	} {
		if string(got) != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := string(AppendFloat(nil, v)); got != "null" {
			t.Errorf("%v is written %s", v, got)
		}
	}
}

// The quick way for short decimals must write what strconv would.
func TestAppendFloatIsTheShortest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	check := func(v float64) {
		if got, want := string(AppendFloat(nil, v)), strconv.FormatFloat(v, 'f', -1, 64); got != want && math.Abs(v) >= 1e-21 {
			t.Fatalf("%b is written %s, want %s", v, got, want)
		}
	}
	for range 200_000 {
		thousandths := float64(r.Int64N(1e15)>>r.IntN(49)) / 1000
		for _, v := range []float64{thousandths, math.Nextafter(thousandths, 0), math.Nextafter(thousandths, math.Inf(1)), r.Float64(), r.Float64() * 1e13} {
			check(v)
			check(-v)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("bed \u2028 7\x00\"\\", 23.5)
	f.Add("\xff\xc3", -1e-300)
	f.Fuzz(func(t *testing.T, text string, v float64) {
		dst := AppendString([]byte("x"), text)[1:]
		var back string
		if err := json.Unmarshal(dst, &back); err != nil || back != strings.ToValidUTF8(replaceEach(text), "") {
			t.Errorf("%q was written %s and came back %q, %v", text, dst, back, err)
		}
		var s Scanner
		s.Reset(dst)
		if ours := s.Text(); s.End() != nil || ours != back {
			t.Errorf("%q was written %s and came back %q, %v", text, dst, ours, s.End())
		}
		if v-v != 0 {
			return
		}
		s.Reset(AppendFloat(nil, v))
		if got := s.Float(); s.End() != nil || got != v {
			t.Errorf("%v came back as %v, %v", v, got, s.End())
		}
	})
}

// replaceEach puts U+FFFD in the place of each byte that is not UTF-8.
func replaceEach(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r)
	}
	if !utf8.ValidString(b.String()) {
		panic("range gave an invalid rune")
	}
	return b.String()
}
