package mqtt

import (
	"errors"
	"strconv"
)

// reasons are MQTT 5 reason codes in words, for all kinds of packets.
var reasons = map[byte]string{
	0x80: "no reason given",
	0x81: "malformed packet",
	0x82: "protocol error",
	0x83: "not accepted by this broker",
	0x84: "MQTT 5 is not supported",
	0x85: "the client id is not accepted",
	0x86: "wrong user name or password",
	0x87: "not authorized",
	0x88: "the server is unavailable",
	0x89: "the server is busy",
	0x8A: "this client is banned",
	0x8B: "the broker is shutting down",
	0x8C: "bad authentication method",
	0x8D: "keep-alive timeout",
	0x8E: "another client with the same client id took over",
	0x8F: "the topic filter is not accepted",
	0x90: "the topic name is not accepted",
	0x91: "packet identifier in use",
	0x93: "receive maximum exceeded",
	0x94: "invalid topic alias",
	0x95: "larger than the broker takes",
	0x96: "message rate too high",
	0x97: "quota exceeded",
	0x98: "administrative action",
	0x99: "the payload has the wrong format",
	0x9A: "retained messages are not supported",
	0x9B: "this QoS is not supported",
	0x9C: "use another server",
	0x9D: "the server has moved",
	0x9E: "shared subscriptions are not supported",
	0x9F: "connection rate exceeded",
	0xA0: "maximum connect time",
	0xA1: "subscription identifiers are not supported",
	0xA2: "wildcards are not supported",
}

// Codes that decide what happens next.
const (
	codeOldProtocol   = 0x84
	codeBadLogin      = 0x86
	codeNotAuthorized = 0x87
	codeTakenOver     = 0x8E
	codeTooLarge      = 0x95
	codeUnknownID     = 0x92
)

// reason is a code in words: "not authorized (0x87)".
func reason(code byte) string {
	text := "(0x" + strconv.FormatUint(uint64(code), 16) + ")"
	if words := reasons[code]; words != "" {
		return words + " " + text
	}
	return "reason " + text
}

// transient reports whether a refused message is worth another attempt.
func transient(code byte) bool {
	switch code {
	case 0x80, 0x83, 0x91, 0x97:
		return true
	}
	return false
}

// patient reports whether the next attempt to connect should wait longer.
func patient(code byte) bool {
	return code == codeTakenOver || code == codeNotAuthorized || code == codeBadLogin
}

// lost is why a connection ended or did not come about.
type lost struct {
	text string
	// code is the broker's reason, where it gave one.
	code byte
}

func (l *lost) Error() string { return l.text }

var errOldBroker = &lost{
	text: "speaks only MQTT 3.1.1 or older; flows need MQTT 5 (mosquitto since 1.6, EMQX, HiveMQ, VerneMQ and RabbitMQ since 3.13 have it)",
	code: codeOldProtocol,
}

// errOverrun is no fault of the network: see link.crowded.
var errOverrun = &lost{text: "sent more than it may without an acknowledgement; the rest comes over a new connection"}

func malformed(what string) error {
	return &lost{text: "sent a malformed packet (" + what + ")", code: 0x81}
}

var errStopped = errors.New("stopped")
