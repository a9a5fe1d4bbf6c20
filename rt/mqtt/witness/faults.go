package witness

// Faults are what the broker does wrong. The zero value is a good broker.
type Faults struct {
	// DropAt cuts a connection when its packet with this number comes in (CONNECT
	// is 1), without looking at it. It happens once.
	DropAt int
	// HoldAcks keeps what confirms a PUBLISH back until Release.
	HoldAcks bool
	// Code gives the reason code of the PUBACK or PUBREC for a message.
	Code func(Message) byte
	// Refuse is the reason code of CONNACK.
	Refuse byte
	// Old answers CONNECT as a broker that speaks only MQTT 3.1.1 does.
	Old bool
	// Mute reads and never answers.
	Mute bool
	// MostQoS is the highest QoS granted to a subscription; nil for 2.
	MostQoS *byte
	// Raw is sent right after CONNACK.
	Raw []byte
	// First is sent instead of CONNACK.
	First []byte

	// What CONNACK says; zero values are left out.
	ReceiveMaximum uint16
	MaximumPacket  uint32
	MaximumQoS     *byte
	NoRetain       bool
	NoIdentifiers  bool
}

// Set replaces the faults.
func (b *Broker) Set(f Faults) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = f
}

// Release lets the confirmations go that HoldAcks kept, in order, and holds no
// more.
func (b *Broker) Release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults.HoldAcks = false
	held := b.held
	b.held = nil
	for _, send := range held {
		send()
	}
}

// Let lets at most n of the confirmations go that HoldAcks kept, the oldest first.
// The rest and those to come stay: a broker that is slow.
func (b *Broker) Let(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n = min(n, len(b.held))
	for _, send := range b.held[:n] {
		send()
	}
	b.held = append(b.held[:0], b.held[n:]...)
}

// Held is how many confirmations are kept.
func (b *Broker) Held() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.held)
}
