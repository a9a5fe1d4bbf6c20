package wirejson_test

import (
	"fmt"

	"flowc/rt/flow"
	"flowc/rt/unit"
	"flowc/rt/wirejson"
)

// What follows is written by hand as the generator writes it, for
//
//	json = {
//	  current  = { temperature = C, wind = optional(km_h) }
//	  total    = named("1-0:1.8.0", kWh)
//	  limit    = optional(W, 3000.W)
//	  battery  = optional({ voltage = V, charging = bool })
//	  mode     = mode
//	  counts   = list(int)
//	}

type mode uint8

const (
	modeOff mode = iota
	modeEco
)

type current struct {
	Temperature unit.Temperature
	Wind        flow.Opt[unit.Speed]
}

type battery struct {
	Voltage  unit.Voltage
	Charging bool
}

type station struct {
	Current current
	Total   unit.Energy
	Limit   unit.Power
	Battery flow.Opt[battery]
	Mode    mode
	Counts  []int64
}

// One function decodes one message. m means nothing if there is an error.
func decodeStationMessage(s *wirejson.Scanner, payload []byte) (m station, err error) {
	s.Reset(payload)
	decodeStation(s, &m)
	return m, s.End()
}

// One function per record type. A field's number is its place in the type; it
// is noted by Once whether the field is optional or not.
func decodeStation(s *wirejson.Scanner, m *station) {
	m.Limit = 3000
	o := s.Object()
	for s.Next(&o) {
		switch string(s.Key()) {
		case "current":
			s.Once(&o, 0)
			decodeCurrent(s, &m.Current)
		case "1-0:1.8.0":
			s.Once(&o, 1)
			m.Total = unit.Energy(s.Float())
		case "limit":
			s.Once(&o, 2)
			if !s.Null() {
				m.Limit = unit.Power(s.Float())
			}
		case "battery":
			s.Once(&o, 3)
			if !s.Null() {
				m.Battery.OK = true
				decodeBattery(s, &m.Battery.V)
			}
		case "mode":
			s.Once(&o, 4)
			m.Mode = decodeMode(s)
		case "counts":
			s.Once(&o, 5)
			for l := s.List(); s.More(&l); {
				m.Counts = append(m.Counts, s.Int())
			}
		default:
			s.Ignore(&o)
		}
	}
	s.Need(&o, 0, "current")
	s.Need(&o, 1, "1-0:1.8.0")
	s.Need(&o, 4, "mode")
	s.Need(&o, 5, "counts")
}

func decodeCurrent(s *wirejson.Scanner, m *current) {
	o := s.Object()
	for s.Next(&o) {
		switch string(s.Key()) {
		case "temperature":
			s.Once(&o, 0)
			m.Temperature = unit.Temperature(s.Float())
		case "wind":
			s.Once(&o, 1)
			if !s.Null() {
				m.Wind = flow.Some(unit.Speed(s.Float()))
			}
		default:
			s.Ignore(&o)
		}
	}
	s.Need(&o, 0, "temperature")
}

func decodeBattery(s *wirejson.Scanner, m *battery) {
	o := s.Object()
	for s.Next(&o) {
		switch string(s.Key()) {
		case "voltage":
			s.Once(&o, 0)
			m.Voltage = unit.Voltage(s.Float())
		case "charging":
			s.Once(&o, 1)
			m.Charging = s.Bool()
		default:
			s.Ignore(&o)
		}
	}
	s.Need(&o, 0, "voltage")
	s.Need(&o, 1, "charging")
}

func decodeMode(s *wirejson.Scanner) mode {
	switch string(s.Bytes()) {
	case "off":
		return modeOff
	case "eco":
		return modeEco
	}
	s.Reject("one of off, eco")
	return 0
}

// And the encoder: names are constants with their punctuation, a field that is
// missing is left out.
func appendCurrent(dst []byte, m *current) []byte {
	dst = append(dst, `{"temperature":`...)
	dst = wirejson.AppendFloat(dst, m.Temperature)
	if m.Wind.OK {
		dst = append(dst, `,"wind":`...)
		dst = wirejson.AppendFloat(dst, m.Wind.V)
	}
	return append(dst, '}')
}

func Example() {
	var s wirejson.Scanner
	for _, payload := range []string{
		`{"current": {"temperature": 21.4, "rain": 0}, "1-0:1.8.0": 17, "mode": "eco", "counts": [1, 2.0, 3e1]}`,
		`{"current": {"temperature": "warm"}}`,
		`{"current": {"wind": 3}}`,
		`{"current": {"temperature": 21.4, "temperature": 22}}`,
		`{"current": {"temperature": 21.4}, "1-0:1.8.0": 17, "mode": "boost"}`,
		`{"current": {"temperature": 21.4}, "1-0:1.8.0": 17, "mode": "eco", "counts": [1, 2.5]}`,
		`{"current": {"temperature": 21.4}, "1-0:1.8.0": 17, "mode": "eco", "counts": []`,
		`21.4`,
	} {
		m, err := decodeStationMessage(&s, []byte(payload))
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(m.Total, m.Limit, m.Battery.OK, m.Mode, m.Counts)
		fmt.Printf("%s\n", appendCurrent(nil, &m.Current))
	}
	// Output:
	// 17 3000 false 1 [1 2 30]
	// {"temperature":21.4}
	// current.temperature: expected a number, found "warm"
	// current.temperature: missing
	// current.temperature: is there twice
	// mode: expected one of off, eco, found "boost"
	// counts[1]: expected a whole number, found 2.5
	// counts: expected a comma or the end of the object, found the end of the message
	// expected an object, found 21.4
}
