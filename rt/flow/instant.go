package flow

import "time"

// instant is one occurrence, to its end: what follows from it is evaluated, the
// actuators are applied, and its effects start.
func (e *Engine) instant(o occurrence) {
	e.read()
	e.Pass++
	e.again, e.asked = false, false
	e.handling = o.why == onFault && !o.timer
	r := instantRun{e: e, o: o}
	for !r.attempt() {
	}
	e.work = work{at: nobody}
	for i, s := range e.staged {
		e.staged[i] = nil
		s.commit()
	}
	e.staged = e.staged[:0]
	e.settle()
	if e.tellLate != nil && e.Mono >= e.lateAt {
		e.tellLate(e)
	}
	if e.afterInstant != nil {
		e.afterInstant()
	}
}

// work is what the instant is doing, so that a panic has an address.
type work struct {
	_ uncompared
	// at is the node at work; nobody if that is not known.
	at int32
	// begun is the token of an effect that the node at work began and has neither
	// ended nor filed: nobody else will end it.
	begun Token
	// ending is the token of the effect whose end the instant is about.
	ending Token
}

const nobody int32 = -1

// Enter says which equation or actuator is at work: a panic from here on is its
// fault. It does not return to one that was quarantined: what that sets is then
// not ready or does not happen, as after a panic.
func (e *Engine) Enter(node int32) {
	e.at, e.begun = node, 0
	if e.quarantine.held != nil {
		e.keepOut(node)
	}
}

// instantRun remembers how far an instant came, so that it goes on after a panic.
type instantRun struct {
	e      *Engine
	o      occurrence
	stage  stage
	passes int
	panics int
	// begun counts what was delivered: the things that heard of the start, then
	// the program; or the one occurrence.
	begun int
	// due is the due time of the timers of the instant, armed the number of the
	// last arming before it.
	due   time.Duration
	armed uint64
}

type stage uint8

const (
	stageDeliver stage = iota
	stageStep
	stageApply
	stageOver
)

// attempt runs what is left of the instant; false says that a panic ended it.
func (r *instantRun) attempt() (over bool) {
	defer r.rescue()
	for ; r.stage < stageOver; r.advance() {
		r.e.work = work{at: nobody}
		switch r.stage {
		case stageDeliver:
			r.deliver()
		case stageStep:
			r.step()
		case stageApply:
			if q := r.e.resumed; q == nil || !q.waits {
				r.e.program.Apply()
			}
		}
	}
	return true
}

func (r *instantRun) advance() {
	r.stage++
	r.panics = 0
}

func (r *instantRun) deliver() {
	switch {
	case r.o.timer:
		r.ring()
	case r.o.why == AtStart:
		r.start()
	case r.begun == 0:
		r.begun = 1
		r.hear()
	}
}

func (r *instantRun) start() {
	order := r.e.program.Order()
	for r.begun < len(order) {
		n := order[r.begun]
		r.begun++
		r.react(n, Wake{Why: AtStart})
	}
	if r.begun == len(order) {
		r.begun++
		r.e.at = nobody
		r.e.program.Begin()
	}
}

// hear delivers an occurrence from outside.
func (r *instantRun) hear() {
	e, o := r.e, r.o
	if o.why == onFault { // nobody waits for what it starts: it has no token
		if p, ok := e.program.(FaultWirer); ok {
			p.Faulted(o.node, *o.fault)
		}
		return
	}
	switch {
	case o.why == OnDone:
		e.ending = o.effect
	case o.box != nil:
		o.box.called() // Take accepts it
	default:
		e.take(o.node)
	}
	r.react(o.node, Wake{Why: o.why, Effect: o.effect})
	e.ending = 0 // a thing may keep its effect, to try again
}

// ring delivers all timers with the same due time as one instant. One that is
// armed meanwhile for this very moment waits for the next.
func (r *instantRun) ring() {
	e := r.e
	if r.begun == 0 {
		r.begun = 1
		r.due, _ = e.timers.next()
		r.armed = e.timers.seq
	}
	for {
		due, ok := e.timers.dueBy(r.due, r.armed)
		if !ok || due != r.due {
			return
		}
		o := e.timers.ring(e.Pass)
		if o.thing {
			r.react(o.step, Wake{Why: OnTimer, Timer: int(o.part)})
			continue
		}
		e.at = o.step
		e.program.Fire(o.step, o.part)
	}
}

// react lets a thing react, unless it was quarantined: then it lets go of what it
// holds, or the effects that end are over, and its inbox keeps what its peer may want
// back.
func (r *instantRun) react(node int32, w Wake) {
	e := r.e
	if e.quarantine.holds(node) {
		if f := e.Hosts[node].confined; f != nil {
			e.at, e.begun = node, 0
			f(w)
			return
		}
		e.mark(OutcomeDead)
		e.end(e.ending, OutcomeDead)
		return
	}
	e.at, e.begun = node, 0
	e.program.React(node, w)
}

// step runs the passes. An equation that asks for one too many loses what it has
// left to tell; what follows from that is still evaluated, once.
func (r *instantRun) step() {
	e := r.e
	for {
		e.program.Step()
		if !e.again || r.passes > MaxPasses {
			return
		}
		e.again = false
		e.Pass++
		if r.passes++; r.passes == MaxPasses {
			r.passes++
			e.mark(OutcomeDead)
			if node, ok := e.culprit(); ok {
				e.Fault(node, "more than 1000 passes in one instant; what it had left to tell is lost")
			}
		}
	}
}

// rescue is where a panic of the program ends: it is a fault of who was at work,
// and the rest of the instant goes on.
func (r *instantRun) rescue() {
	v := recover()
	if v == nil {
		return
	}
	e := r.e
	node := e.at
	e.mark(OutcomeDead)
	e.end(e.begun, OutcomeDead)
	e.end(e.ending, OutcomeDead)
	switch r.stage {
	case stageDeliver:
		if r.o.box != nil {
			r.o.box.call() // it may not have come as far as Take
		}
	case stageStep:
		e.asked = false // what it asked for was taken from it
		found, ok := e.culprit()
		if ok && node == nobody {
			node = found
		}
		if !ok {
			r.panics = MaxPasses // what is dirty cannot be made clean
		}
	}
	if r.panics++; r.panics > r.patience() {
		r.advance()
	}
	if _, held := v.(keptOut); !held {
		e.blame(max(node, 0), v)
	}
}

// patience is how many panics a stage of the instant may have: an actuator has
// one each.
func (r *instantRun) patience() int {
	if r.stage == stageApply {
		return len(r.e.things)
	}
	return MaxPasses
}

// culprit finds and resets the equation whose bit is the first that is left.
func (e *Engine) culprit() (node int32, ok bool) {
	defer func() {
		if v := recover(); v != nil {
			e.blame(max(e.at, 0), v)
		}
	}()
	return e.program.Culprit(), true
}
