//go:build sim

package health

import "testing"

func TestASimulationIsForThisMachineOnly(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:9100", "192.168.1.10:9100", "[::]:9100", ":9100"} {
		if p := newPage(listen, nil); p.listen != "127.0.0.1:9100" {
			t.Errorf("%s: listens on %s", listen, p.listen)
		}
	}
}
