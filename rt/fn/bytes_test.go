package fn

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
)

func TestBytes(t *testing.T) {
	check(t, []call{
		{"length", LengthBytes([]byte("é")), int64(2)},
		{"is_empty", IsEmptyBytes(nil), true},
		{"from_bytes", try(FromBytes([]byte("é"))), "é"},
		{"from_bytes broken", try(FromBytes([]byte{0xC3})), "error: the bytes are not text in UTF-8"},
		{"hex", Hex([]byte{0, 0xAB, 255}), "00abff"},
		{"hex int", HexInt(255), "ff"},
		{"hex negative", HexInt(-255), "-ff"},
		{"base64", Base64([]byte("pi:raspberry")), "cGk6cmFzcGJlcnJ5"},
	})
	for text, want := range map[string]string{
		"":            "",
		"DEadbeef":    "\xde\xad\xbe\xef",
		"de ad:be ef": "\xde\xad\xbe\xef",
	} {
		if got, err := FromHex(text); err != nil || string(got) != want {
			t.Errorf("from_hex(%q) = %x, %v", text, got, err)
		}
	}
	for _, text := range []string{"a", "abc", "0g", " ab", "ab ", "ab  cd", "a b", "ab:", "0x12", "é", "-1"} {
		if got, err := FromHex(text); err == nil {
			t.Errorf("from_hex(%q) = %x", text, got)
		}
	}
}

func TestFromBase64(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "",
		"cGk6cmFzcGJlcnJ5": "pi:raspberry",
		"YQ==":             "a",
		"YQ":               "a",
		"YWI=":             "ab",
		"-_8":              "\xfb\xff",
		"+/8=":             "\xfb\xff",
		"cGk6\r\ncmFz\n":   "pi:ras",
	} {
		if got, err := FromBase64(text); err != nil || string(got) != want {
			t.Errorf("from_base64(%q) = %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"a", "YQ=", "YQ===", "YWI==", "YWJj====", "YR==", "Y Q==", "+_8=", "=", "é"} {
		if got, err := FromBase64(text); err == nil {
			t.Errorf("from_base64(%q) = %q", text, got)
		}
	}
}

// Bytes come back from what they are written as, which the standard library
// writes the same way.
func FuzzBytes(f *testing.F) {
	f.Add([]byte("\x00\xffpi"), "YQ=")
	f.Add([]byte{}, "de:ad")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		if got := Hex(data); got != hex.EncodeToString(data) {
			t.Errorf("hex(%x) = %s", data, got)
		}
		if got, err := FromHex(Hex(data)); err != nil || !bytes.Equal(got, data) {
			t.Errorf("from_hex(hex(%x)) = %x, %v", data, got, err)
		}
		for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
			if got, err := FromBase64(e.EncodeToString(data)); err != nil || !bytes.Equal(got, data) {
				t.Errorf("from_base64(%s) = %x, %v", e.EncodeToString(data), got, err)
			}
		}
		if got, err := FromBase64(text); err == nil {
			if again, err := FromBase64(Base64(got)); err != nil || !bytes.Equal(again, got) {
				t.Errorf("base64(%x) reads back as %x, %v", got, again, err)
			}
		}
		if got, err := hex.DecodeString(text); err == nil {
			if ours, err := FromHex(text); err != nil || !bytes.Equal(ours, got) {
				t.Errorf("from_hex(%q) = %x, %v", text, ours, err)
			}
		}
	})
}

func TestRegisters(t *testing.T) {
	data := []byte{0, 0xFF, 0xFE, 0x41, 0xAC, 0, 0}
	check(t, []call{
		{"u16 big", try(ReadU16(data, 1, BigEndian)), int64(0xFFFE)},
		{"u16 little", try(ReadU16(data, 1, LittleEndian)), int64(0xFEFF)},
		{"i16 big", try(ReadI16(data, 1, BigEndian)), int64(-2)},
		{"u32 big", try(ReadU32(data, 1, BigEndian)), int64(binary.BigEndian.Uint32(data[1:]))},
		{"u32 little", try(ReadU32(data, 1, LittleEndian)), int64(binary.LittleEndian.Uint32(data[1:]))},
		{"i32", try(ReadI32(data, 1, BigEndian)), int64(int32(binary.BigEndian.Uint32(data[1:])))},
		{"f32", try(ReadF32(data, 3, BigEndian)), 21.5},
		{"last", try(ReadU16(data, 5, BigEndian)), int64(0)},
		{"end", try(ReadU16(data, 6, BigEndian)), "error: read_u16: there are no 2 bytes at 6, only 7 in all"},
		{"far", try(ReadU32(data, math.MaxInt64, BigEndian)), "error: read_u32: there are no 4 bytes at 9223372036854775807, only 7 in all"},
		{"before", try(ReadI32(data, -1, BigEndian)), "error: read_i32: there are no 4 bytes at -1, only 7 in all"},
		{"nothing", try(ReadI16(nil, 0, BigEndian)), "error: read_i16: there are no 2 bytes at 0, only 0 in all"},
		{"infinity", try(ReadF32([]byte{0x7F, 0x80, 0, 0}, 0, BigEndian)), "error: read_f32: the four bytes at 0 are no number"},
		{"nan", try(ReadF32([]byte{0, 0, 0xC0, 0x7F}, 0, LittleEndian)), "error: read_f32: the four bytes at 0 are no number"},
	})
}
