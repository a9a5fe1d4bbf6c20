package wirejson

import (
	"encoding/json"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

var soilPayload = []byte(`{"moisture": 23.5, "battery": 2.91, "id": "bed-7", "seq": 12345}`)

type soil struct {
	Moisture unit.Percent
	Battery  flow.Opt[unit.Voltage]
}

func decodeSoil(s *Scanner, payload []byte) (m soil, err error) {
	s.Reset(payload)
	o := s.Object()
	for s.Next(&o) {
		switch string(s.Key()) {
		case "moisture":
			s.Once(&o, 0)
			m.Moisture = unit.Percent(s.Float())
		case "battery":
			s.Once(&o, 1)
			if !s.Null() {
				m.Battery = flow.Some(unit.Voltage(s.Float()))
			}
		default:
			s.Ignore(&o)
		}
	}
	s.Need(&o, 0, "moisture")
	return m, s.End()
}

func BenchmarkDecode(b *testing.B) {
	b.Run("scanner", func(b *testing.B) {
		var s Scanner
		b.ReportAllocs()
		for b.Loop() {
			if m, err := decodeSoil(&s, soilPayload); err != nil || m.Moisture != 23.5 {
				b.Fatal(m, err)
			}
		}
	})
	b.Run("scanner on the stack", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s Scanner
			if m, err := decodeSoil(&s, soilPayload); err != nil || m.Moisture != 23.5 {
				b.Fatal(m, err)
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var m struct {
				Moisture float64  `json:"moisture"`
				Battery  *float64 `json:"battery"`
			}
			if err := json.Unmarshal(soilPayload, &m); err != nil || m.Moisture != 23.5 {
				b.Fatal(m, err)
			}
		}
	})
}

func BenchmarkNumbers(b *testing.B) {
	for name, text := range map[string]string{"short": "23.5", "sixteen digits": "21.111111111111111", "integer": "12345"} {
		b.Run(name, func(b *testing.B) {
			data := []byte(text)
			var s Scanner
			b.ReportAllocs()
			for b.Loop() {
				s.Reset(data)
				s.Float()
			}
		})
	}
}

func BenchmarkAppendFloat(b *testing.B) {
	for name, v := range map[string]float64{"whole": 23, "short": 23.45, "full": 21.11111111111111} {
		b.Run(name, func(b *testing.B) {
			buf := make([]byte, 0, 64)
			b.ReportAllocs()
			for b.Loop() {
				buf = AppendFloat(buf[:0], v)
			}
		})
	}
}

func BenchmarkAppendString(b *testing.B) {
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		buf = AppendString(buf[:0], "tomatoes in bed 7")
	}
}
