package flow

import "time"

// Lifetime is how long a program runs: until Done is closed. Every context is
// one; naming that package here would link it into the smallest programs.
type Lifetime interface{ Done() <-chan struct{} }

// Run runs instants until life is done, then stops: nothing new is taken, what is
// under way is finished (at most drain), then the outputs go safe.
func (e *Engine) Run(life Lifetime, drain time.Duration) {
	e.loop(life.Done())
	e.stop(drain)
}

func (e *Engine) loop(done <-chan struct{}) {
	for !closed(done) {
		if e.next() {
			e.beat(e.Mono)
			continue
		}
		e.sleep(done)
	}
}

// sleep waits for the next occurrence or timer.
func (e *Engine) sleep(done <-chan struct{}) {
	rings, rang := e.alarm(), false
	if e.rests != nil {
		e.rests(e)
	}
	select {
	case <-done:
	case <-e.wake:
	case <-rings:
		rang = true
	}
	if e.rests != nil {
		e.rests(e)
	}
	if rang {
		e.woken()
	}
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// Settle runs every instant that is due: what has been filed and the timers
// whose time has come. Tests and the simulator call it themselves.
func (e *Engine) Settle() {
	for e.next() {
	}
}

// horizon is the last look at the clock. Timers that were armed and due then go
// before the next occurrence; those that came due since then go after it. So
// neither a flood of occurrences nor timers that are always overdue starve the
// other, and what is late still comes in order.
type horizon struct {
	_      uncompared
	looked bool
	until  time.Duration
	armed  uint64
}

// next runs one instant, or what Call asked for; false says that none is due.
func (e *Engine) next() bool {
	if !e.looked {
		e.look()
	}
	if e.ringDue() {
		return true
	}
	if o, ok := e.pop(); ok {
		e.serve(o)
		return true
	}
	e.look()
	if e.ringDue() {
		return true
	}
	e.looked = false
	return false
}

// look costs as much as a small instant, so it is done only where a timer waits.
func (e *Engine) look() {
	if e.wall.watch != nil {
		e.wall.watch(e)
	}
	e.horizon = horizon{looked: true, armed: e.timers.seq}
	if len(e.timers.heap) > 0 {
		e.until = e.clock.Mono()
	}
}

func (e *Engine) ringDue() bool {
	if _, due := e.timers.dueBy(e.until, e.armed); !due {
		return false
	}
	e.instant(occurrence{why: OnTimer, timer: true})
	return true
}

func (e *Engine) serve(o occurrence) {
	e.looked = false
	switch {
	case o.call != nil:
		o.call()
	case e.draining && o.why == OnInput:
	default:
		e.instant(o)
		// The instant has just looked.
		e.horizon = horizon{looked: true, until: e.Mono, armed: e.timers.seq}
	}
}

// ReadClock brings Time and Mono up to date between instants, for who looks at the
// program from outside.
func (e *Engine) ReadClock() { e.read() }

// NextTimer is when the next timer is due, in monotonic time.
func (e *Engine) NextTimer() (time.Duration, bool) { return e.timers.next() }

// NextIn is how long it is until the next timer is due; less than 0 for one that is late.
func (e *Engine) NextIn() (time.Duration, bool) {
	due, ok := e.timers.next()
	return due - e.clock.Mono(), ok
}

// bell is the alarm for the next timer.
type bell struct {
	_     uncompared
	alarm Alarm
	due   time.Duration
}

// alarm gives the channel on which the alarm for the next timer rings. One that
// comes too early is left: a timer that is moved to a later moment by every
// message would cost a new alarm each time, which is more than the instant.
func (e *Engine) alarm() <-chan struct{} {
	due, ok := e.timers.next()
	if e.wall.watch != nil {
		due = min(due, e.clock.Mono()+wallPace)
	}
	if s := &e.watched; s.every > 0 {
		e.beat(e.clock.Mono())
		if !ok || s.due < due {
			due, ok = s.due, true
		}
	}
	if e.tellLate != nil && (!ok || e.lateAt < due) {
		due, ok = e.lateAt, true
	}
	if ok && (e.bell.alarm == nil || due < e.bell.due) {
		e.unhang()
		e.bell = bell{alarm: e.clock.AlarmAt(due), due: due}
	}
	if e.bell.alarm == nil {
		return nil
	}
	return e.bell.alarm.C()
}

// woken is told that the alarm has rung.
func (e *Engine) woken() {
	e.bell = bell{}
	if e.tellLate != nil {
		e.read()
		e.tellLate(e)
	}
}

func (e *Engine) unhang() {
	if e.bell.alarm != nil {
		e.bell.alarm.Stop()
		e.bell = bell{}
	}
}

// stop ends the program: nothing new is taken, what is under way is finished,
// then the outputs go safe, and everything else stops in reverse order of start.
func (e *Engine) stop(limit time.Duration) {
	e.draining = true
	e.watched.tell("STOPPING=1\nSTATUS=stopping, once what is under way is done", false)
	if e.atStop != nil {
		e.atStop(e)
	}
	e.drain(limit)
	e.unhang()
	order := e.program.Order()
	outputs := 0 // the order begins with them; none waits until a broker has taken its leave
	for ; outputs < len(order); outputs++ {
		if _, ok := e.things[order[outputs]].(SafeStater); !ok {
			break
		}
		e.halt(order[outputs])
	}
	for i := len(order) - 1; i >= outputs; i-- {
		e.halt(order[i])
	}
	e.log.close()
}

// drain lets effects end. Timers go on: those of the outputs keep their limits.
func (e *Engine) drain(limit time.Duration) {
	end := e.clock.NewTimer(limit)
	e.drainUntil(end.C())
	end.Stop()
}

func (e *Engine) drainUntil(end <-chan struct{}) {
	for {
		for e.next() {
			if closed(end) {
				return
			}
		}
		if e.drained() {
			return
		}
		select {
		case <-end:
			return
		case <-e.wake:
		case <-e.alarm():
			e.woken()
		}
	}
}

// drained asks every thing, also behind one that has something left: it is how they hear
// that the program stops.
func (e *Engine) drained() bool {
	all := true
	for n, t := range e.things {
		if d, ok := t.(Drainer); ok && !e.isDrained(int32(n), d) {
			all = false
		}
	}
	return all
}

func (e *Engine) isDrained(n int32, d Drainer) (is bool) {
	defer e.survive(n)
	is = true // also after a panic: the stop must go on
	is = d.Drained(e.Hosts[n])
	return is
}
