package flow

import (
	"math"
	"time"
)

// waitLimit is after how long an occurrence that is not over is told of, once.
const waitLimit = time.Minute

// waits asks for a look at those that wait at a moment, unless there is one before.
func (e *Engine) waits(at time.Duration) {
	if e.tellLate == nil || at < e.lateAt {
		e.tellLate, e.lateAt = (*Engine).overdue, at
	}
}

// overdue tells in one line what the oldest of those that have been waiting for long
// waits for. It ends none: whoever has the effect may yet finish it, and the peer must
// not hear of it before.
func (e *Engine) overdue() {
	e.tellLate = nil
	var oldest *token
	var since time.Duration
	more := -1
	for i := range e.tokens.list {
		t := &e.tokens.list[i]
		switch {
		case t.pending == 0 || t.late == math.MaxInt64:
			continue
		case t.late > e.Mono:
			e.waits(t.late)
			continue
		}
		more++
		if oldest == nil || t.late < since {
			oldest, since = t, t.late
		}
		t.late = math.MaxInt64 // told
	}
	if oldest == nil {
		return
	}
	from := e.info.Nodes[oldest.claims[0].node]
	e.Log(LevelWarning, oldest.by, "what \""+from.Name+"\" ("+from.Pos+") started has not finished for 60 s"+times(more, "more like it"))
}
