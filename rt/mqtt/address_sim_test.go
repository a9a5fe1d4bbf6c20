//go:build sim

package mqtt

import "testing"

func TestSimulatedBrokerTakesThePlaceOfEveryOther(t *testing.T) {
	t.Setenv("FLOWC_SIM_BROKER", "127.0.0.1:4711")
	for _, url := range []string{"tcp://192.168.1.10:1883", "mqtts://broker.example.com"} {
		a, err := parseAddress(url)
		if err != nil {
			t.Fatal(err)
		}
		if got := located(a); got != (address{hostPort: "127.0.0.1:4711"}) {
			t.Errorf("%s: %+v", url, got)
		}
	}
}
