package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// recorded is what the forecast server answers, as it was recorded once, with another temperature.
func recorded(temperature string) string {
	return `{"latitude":52.52,"longitude":13.419998,"generationtime_ms":0.02,"utc_offset_seconds":0,"timezone":"GMT",` +
		`"current_units":{"time":"iso8601","interval":"seconds","temperature_2m":"°C","wind_speed_10m":"km/h"},` +
		`"current":{"time":"2026-06-01T12:00","interval":900,"temperature_2m":` + temperature + `,"wind_speed_10m":11.2}}`
}

// internet plays the forecast server.
type internet struct {
	mu     sync.Mutex
	body   string
	status int
	asked  []string
}

func (n *internet) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = append(n.asked, q.URL.RequestURI())
	w.WriteHeader(n.status)
	w.Write([]byte(n.body))
}

func (n *internet) says(status int, body string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.status, n.body = status, body
}

func TestWeatherReachesTheBroker(t *testing.T) {
	broker, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Close)
	world := &internet{status: 200, body: recorded("12.34")}
	server := httptest.NewServer(world)
	t.Cleanup(server.Close)
	p := drive.Run(t, info, func(e *flow.Engine) flow.Program {
		program := newProgram(e, &settings{forecastSet: server.URL + "/v1/forecast"})
		program.home.URL, program.home.KeepAlive = broker.URL(), 65535*time.Second
		return program
	})
	told := func(payload string) func() bool {
		return func() bool {
			return slices.ContainsFunc(broker.Messages(), func(m witness.Message) bool { return m.Payload == payload })
		}
	}
	wait := func(payload string) {
		t.Helper()
		if !broker.Wait(20*time.Second, told(payload)) {
			t.Fatalf("waited in vain for %q, got %v", payload, broker.Messages())
		}
		p.Until("the broker's confirmation", func() bool { return p.Engine.Counters(p.Node("outside")).InFlight == 0 })
	}
	wait("12.3 °C outside, feels like 9 °C, wind 11 km/h")
	want := "/v1/forecast?latitude=52.52&longitude=13.4&current=temperature_2m%2Cwind_speed_10m"
	if got := world.asked[0]; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	world.says(200, recorded("1.5"))
	p.Advance(15 * time.Minute)
	wait("true")
	world.says(200, `{"error":true,"reason":"not today"}`)
	p.Advance(15 * time.Minute)
	p.Until("the fault", func() bool {
		return slices.ContainsFunc(p.Faults(), func(f string) bool { return strings.Contains(f, "current: missing") })
	})
}
