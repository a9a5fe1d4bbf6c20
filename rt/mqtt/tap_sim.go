//go:build sim

package mqtt

import (
	"unicode/utf8"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// tapMessage tells who records of a message.
func tapMessage(h *flow.Host, m message) {
	in := outside.Input{Time: h.Time(), Thing: h.Name(), Topic: m.topic, Retained: m.retained, QoS: m.qos}
	if utf8.Valid(m.payload) {
		in.Payload = string(m.payload)
	} else {
		in.Bytes = m.payload
	}
	outside.Took(in)
}

// tapConnected tells who records of a connection that was made or lost.
func tapConnected(h *flow.Host, up bool) {
	outside.Took(outside.Input{Time: h.Time(), Thing: h.Name(), Connected: &up})
}
