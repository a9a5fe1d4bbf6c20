package gpio

import (
	"sync"
	"syscall"

	"flowc/rt/flow"
)

// Fake is a set of simulated pins. An input's edges go through a bounded queue
// with sequence numbers, as the kernel's do. Any goroutine may use it.
type Fake struct {
	mu    sync.Mutex
	pins  map[Pin]*fakePin
	order []Pin
	// paused keeps edges in their queues: the reader is too slow.
	paused bool
	change func(Pin, bool)
	rested bool
	// delivery keeps the edges of a line in order when several goroutines set it.
	delivery sync.Mutex
}

// Rest says that no output was ever on before the program began, so that none has
// to rest at first.
func (f *Fake) Rest() *Fake {
	f.rested = true
	return f
}

// Rested reports what Rest said.
func (f *Fake) Rested() bool { return f.rested }

// LineInfo describes a pin that a program claimed.
type LineInfo struct {
	Pin       Pin
	Output    bool
	ActiveLow bool
	Pull      Pull
	Owner     string
	// High is the voltage at the pin.
	High bool
}

// On reports whether the pin is active.
func (l LineInfo) On() bool { return l.High != l.ActiveLow }

type fakePin struct {
	info LineInfo
	// set says that somebody drives the pin from outside.
	set  bool
	open bool
	held bool
	// broken is what Set and Read of the line fail with.
	broken error
	file   func(Edge)
	clock  flow.Clock
	seq    uint32
	queue  []Edge
}

// NewFake gives pins that nobody drives and nobody has claimed.
func NewFake() *Fake { return &Fake{pins: map[Pin]*fakePin{}} }

func (f *Fake) pin(p Pin) *fakePin {
	k := f.pins[p]
	if k == nil {
		k = &fakePin{info: LineInfo{Pin: p}}
		f.pins[p] = k
		f.order = append(f.order, p)
	}
	return k
}

// Input claims a pin. Where nobody drives it, its pull does; without one it
// rests inactive.
func (f *Fake) Input(r InputRequest) (InputLine, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.claim(r.Pin)
	if err != nil {
		return nil, err
	}
	high := r.Pull == PullUp || r.Pull == PullNone && r.ActiveLow
	if k.set {
		high = k.info.High
	}
	k.info = LineInfo{Pin: r.Pin, ActiveLow: r.ActiveLow, Pull: r.Pull, Owner: r.Owner, High: high}
	k.file, k.clock, k.seq, k.queue = r.Edges, r.Clock, 0, nil
	return fakeLine{f, r.Pin}, nil
}

// Output claims a pin at the level r.On.
func (f *Fake) Output(r OutputRequest) (OutputLine, error) {
	f.mu.Lock()
	k, err := f.claim(r.Pin)
	if err != nil {
		f.mu.Unlock()
		return nil, err
	}
	k.info = LineInfo{Pin: r.Pin, Output: true, ActiveLow: r.ActiveLow, Owner: r.Owner, High: r.On != r.ActiveLow}
	k.file = nil
	change, high := f.change, k.info.High
	f.mu.Unlock()
	if change != nil {
		change(r.Pin, high)
	}
	return fakeLine{f, r.Pin}, nil
}

func (f *Fake) claim(p Pin) (*fakePin, error) {
	k := f.pin(p)
	if k.open || k.held {
		return nil, explain(p, "fake", k.info.Owner, syscall.EBUSY)
	}
	k.open = true
	return k, nil
}

// Check reports whether a request for the pin would fail.
func (f *Fake) Check(p Pin) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if k := f.pins[p]; k != nil && (k.open || k.held) {
		return explain(p, "fake", k.info.Owner, syscall.EBUSY)
	}
	return nil
}

// Set puts a voltage, high or low, on a pin from outside. A pin that is claimed
// as an output keeps what drives it.
func (f *Fake) Set(p Pin, high bool) {
	f.mu.Lock()
	k := f.pin(p)
	if k.open && k.info.Output {
		f.mu.Unlock()
		return
	}
	changed := k.info.High != high
	k.info.High, k.set = high, true
	if changed && k.open {
		k.push(Edge{On: high != k.info.ActiveLow, At: k.clock.Mono()})
	}
	f.mu.Unlock()
	f.deliver(k)
}

// SetOn makes a claimed input active or inactive, whatever its polarity.
func (f *Fake) SetOn(p Pin, on bool) {
	f.mu.Lock()
	low := f.pin(p).info.ActiveLow
	f.mu.Unlock()
	f.Set(p, on != low)
}

// push files an edge; one too many takes the place of the oldest.
func (k *fakePin) push(e Edge) {
	k.seq++
	e.Seq = k.seq
	if len(k.queue) == EdgeQueue {
		k.queue = k.queue[1:]
	}
	k.queue = append(k.queue, e)
}

func (f *Fake) deliver(k *fakePin) {
	f.delivery.Lock()
	defer f.delivery.Unlock()
	f.mu.Lock()
	if f.paused || !k.open || k.file == nil {
		f.mu.Unlock()
		return
	}
	edges, file := k.queue, k.file
	k.queue = nil
	f.mu.Unlock()
	for _, e := range edges {
		file(e)
	}
}

// Pause keeps edges in their queues, as when the reader gets no time. Resume
// delivers what the queues still hold.
func (f *Fake) Pause() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.paused = true
}

// Resume ends Pause.
func (f *Fake) Resume() {
	f.mu.Lock()
	f.paused = false
	var open []*fakePin
	for _, p := range f.order {
		open = append(open, f.pins[p])
	}
	f.mu.Unlock()
	for _, k := range open {
		f.deliver(k)
	}
}

// Level is the voltage at a pin.
func (f *Fake) Level(p Pin) (high bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := f.pins[p]
	return k != nil && k.info.High
}

// OnChange is called with the voltage of an output when a program claims it and
// whenever that changes, on the goroutine that drives it.
func (f *Fake) OnChange(change func(p Pin, high bool)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.change = change
}

// Lines lists the claimed pins in order of first use.
func (f *Fake) Lines() []LineInfo {
	f.mu.Lock()
	defer f.mu.Unlock()
	var open []LineInfo
	for _, p := range f.order {
		if k := f.pins[p]; k.open {
			open = append(open, k.info)
		}
	}
	return open
}

// Hold lets another program, by, have a pin; by = "" ends that.
func (f *Fake) Hold(p Pin, by string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	k := f.pin(p)
	k.held, k.info.Owner = by != "", by
}

// Break lets every use of a claimed pin fail with err; nil mends an output. An
// input tells of it and then tells no more.
func (f *Fake) Break(p Pin, err error) {
	f.mu.Lock()
	k := f.pin(p)
	k.broken = err
	file := k.file
	if err != nil {
		k.file = nil
	}
	f.mu.Unlock()
	if file != nil && err != nil {
		file(Edge{Err: err})
	}
}

// fakeLine is a claimed pin of a Fake.
type fakeLine struct {
	f *Fake
	p Pin
}

func (l fakeLine) Read() (bool, error) {
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	k := l.f.pins[l.p]
	return k.info.On(), k.broken
}

func (l fakeLine) Set(on bool) error {
	l.f.mu.Lock()
	k := l.f.pins[l.p]
	if k.broken != nil {
		defer l.f.mu.Unlock()
		return k.broken
	}
	high := on != k.info.ActiveLow
	changed := k.info.High != high
	k.info.High = high
	change := l.f.change
	l.f.mu.Unlock()
	if changed && change != nil {
		change(l.p, high)
	}
	return nil
}

func (l fakeLine) Close() error {
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	k := l.f.pins[l.p]
	k.open = false
	return nil
}
