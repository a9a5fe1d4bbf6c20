package outside

import "time"

// Input is something that came in, as a recording keeps it: a message, the level of a
// pin, a connection that was made or lost, an answer.
type Input struct {
	// Time is that of the instant that took it.
	Time  time.Time `json:"time"`
	Thing string    `json:"thing"`
	// Topic and Payload are a message's; a payload that is no text is in Bytes.
	Topic    string `json:"topic,omitempty"`
	Payload  string `json:"payload,omitempty"`
	Bytes    []byte `json:"bytes,omitempty"`
	Retained bool   `json:"retained,omitempty"`
	QoS      byte   `json:"qos,omitempty"`
	// On is whether an input is active, Connected whether a connection is there.
	On        *bool `json:"on,omitempty"`
	Connected *bool `json:"connected,omitempty"`
	// Status is that of an answer, whose body is the payload; Failure says why there was
	// none.
	Status  int    `json:"status,omitempty"`
	Failure string `json:"failure,omitempty"`
	// Method is that of a request, at the topic.
	Method string `json:"method,omitempty"`
}

// OnTake is told of everything that comes in; nil ends that.
func OnTake(f func(Input)) {
	world.mu.Lock()
	defer world.mu.Unlock()
	world.take = f
}

// Took says that a thing has taken something in, inside the instant that is about it.
func Took(in Input) {
	world.mu.Lock()
	f := world.take
	world.mu.Unlock()
	if f != nil {
		f(in)
	}
}
