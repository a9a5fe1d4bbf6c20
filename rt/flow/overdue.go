package flow

import "time"

// waitLimit is after how long an occurrence that is not over is told of, once.
const waitLimit = time.Minute

// overdue looks for occurrences that have been waiting for long, and tells in one line
// what the oldest of them waits for. It ends none: whoever has the effect may yet
// finish it, and the peer must not hear of it before.
func (e *Engine) overdue() {
	e.waitCheck = 0
	var oldest *token
	more := -1
	for i := range e.tokens.list {
		t := &e.tokens.list[i]
		if t.pending == 0 || t.told {
			continue
		}
		if due := t.born + waitLimit; due > e.Mono {
			if e.waitCheck == 0 || due < e.waitCheck {
				e.waitCheck = due
			}
			continue
		}
		t.told = true
		more++
		if oldest == nil || t.born < oldest.born {
			oldest = t
		}
	}
	if oldest == nil {
		return
	}
	from := e.info.Nodes[oldest.claims[0].node]
	e.Log(LevelWarning, oldest.by, "what \""+from.Name+"\" ("+from.Pos+") started has not finished for 60 s"+times(more, "more like it"))
}
