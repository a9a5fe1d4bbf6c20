package mqtt_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

// plug is a flow of one remote switch.
type plug struct {
	*rig
	home *mqtt.Broker
	plug *mqtt.Switch
	// host is the switch's.
	node int
}

func encodeWord(dst []byte, on bool) []byte { return strconv.AppendBool(dst, on) }

func decodeWord(data []byte, v *bool) (err error) {
	*v, err = strconv.ParseBool(string(data))
	return err
}

func remoteSwitch(via *mqtt.Broker) *mqtt.Switch {
	return &mqtt.Switch{Via: via, Topic: "plug/set", StateTopic: "plug/state", QoS: 1, Encode: encodeWord, Decode: decodeWord}
}

func newPlug(t testing.TB, url string) *plug {
	p := &plug{rig: newRig(t), home: broker(url), node: 1}
	p.plug = remoteSwitch(p.home)
	p.add("home", p.home)
	p.add("plug", p.plug)
	p.step = func(r *rig) {
		if s := p.plug.State; s.Happened(r.engine.Pass) {
			r.saw("state " + strconv.FormatBool(s.V))
		}
		if p.plug.Sent.Happened(r.engine.Pass) {
			r.saw("sent")
		}
	}
	return p
}

// want commands the switch as the compiler's code would, in an instant of its own.
func (p *plug) want(on bool) {
	p.at(func() {
		host := p.engine.Hosts[p.node]
		before := p.plug.On.V
		p.plug.On.Want = flow.Val[bool]{V: on, OK: true}
		p.plug.Decide(host)
		if p.plug.On.V != before {
			p.plug.Apply(host)
		}
	})
	p.engine.Hosts[0].Done(0) // its instant hands on what was applied outside of one
}

func commands(b *witness.Broker) []string {
	var list []string
	for _, m := range b.Messages() {
		if m.Topic == "plug/set" {
			list = append(list, m.Payload)
		}
	}
	return list
}

func (p *plug) awaitCommands(b *witness.Broker, want ...string) {
	p.t.Helper()
	await(p.t, b, strings.Join(want, ", "), func() bool { return slices.Equal(commands(b), want) })
}

// The first connection and each change bring a command; the device's word comes
// back, and a word of its own is a fault.
func TestSwitchSendsOnChangeAndHears(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPlug(t, b.URL())
	p.start(flow.SystemClock())
	p.awaitCommands(b, "false")
	p.want(true)
	p.awaitCommands(b, "false", "true")
	p.want(true)
	p.until("both confirmed", func() bool { return slices.Equal(p.seen(), []string{"sent", "sent"}) })
	b.Publish("plug/state", "true", 1, false)
	p.until("the state", func() bool { return slices.Contains(p.seen(), "state true") })
	b.Publish("plug/state", "perhaps", 1, false)
	p.until("a fault", func() bool {
		return len(p.failures()) == 1 && strings.Contains(p.failures()[0], "plug/state")
	})
	p.stop()
	p.awaitCommands(b, "false", "true", "false")
	clean(t, b)
}

// A command that the broker had not confirmed when the connection was lost is not
// repeated on the next: what is commanded then is sent instead. Node-RED and the
// like send both, and the pump starts for a moment.
func TestSwitchDoesNotRepeatAnOldCommand(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	p := newPlug(t, b.URL())
	p.start(clock)
	p.awaitCommands(b, "false")
	p.until("confirmed", func() bool { return len(p.seen()) == 1 })
	b.Set(witness.Faults{HoldAcks: true})
	p.want(true)
	p.awaitCommands(b, "false", "true")
	b.Cut()
	p.until("the loss", func() bool { return p.complaints() > 0 })
	p.want(false)
	p.want(true)
	p.want(false)
	b.Set(witness.Faults{})
	clock.Advance(2 * time.Minute)
	p.awaitCommands(b, "false", "true", "false")
	p.until("confirmed", func() bool { return len(p.seen()) == 2 })
	clean(t, b)
}

// The connection's will is the safe state of an actuator that is alone on it.
func TestSwitchLeavesAWill(t *testing.T) {
	t.Parallel()
	will := func(change func(r *rig, home *mqtt.Broker)) string {
		b := newWitness(t)
		p := newPlug(t, b.URL())
		if change != nil {
			change(p.rig, p.home)
		}
		p.start(flow.SystemClock())
		await(t, b, "a connection", func() bool { return len(b.Connects()) == 1 })
		c := b.Connects()[0]
		if !c.WillFlag {
			return "none"
		}
		return c.WillTopic + " " + string(c.WillMessage)
	}
	if got := will(nil); got != "plug/set false" {
		t.Errorf("alone: %s", got)
	}
	if got := will(func(_ *rig, home *mqtt.Broker) { home.Availability = "garden/status" }); got != "garden/status offline" {
		t.Errorf("with availability: %s", got)
	}
	second := func(r *rig, home *mqtt.Broker) { r.add("second", remoteSwitch(home)) }
	if got := will(second); got != "none" {
		t.Errorf("two: %s", got)
	}
}

// `<program> safe-state` tells the device without the flow.
func TestSwitchSafeState(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPlug(t, b.URL())
	p.prepare(flow.SystemClock())
	if err := p.plug.SafeState(p.engine.Hosts[p.node]); err != nil {
		t.Fatal(err)
	}
	p.awaitCommands(b, "false")
	b.Close()
	if err := p.plug.SafeState(p.engine.Hosts[p.node]); err == nil {
		t.Error("no broker, and no error")
	}
}
