package sim

import (
	"encoding/json"
	"io"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sim/report"
)

// runTests plays the tests that are asked for and prints a line for each.
func runTests(spec flow.Spec, n network, in io.Reader, out io.Writer, now func() time.Duration) int {
	var r report.Request
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return 2
	}
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if r.Coverage {
		startCover()
	}
	for _, i := range r.Tests {
		if i < 0 || i >= len(tests) {
			return 2
		}
		began := now()
		result := runTest(spec, n, &tests[i])
		result.Test, result.Took = i, int64(now()-began)
		if err := lines.Encode(result); err != nil {
			return 1
		}
	}
	if r.Coverage {
		if err := lines.Encode(report.Result{Test: -1, Coverage: coverage()}); err != nil {
			return 1
		}
	}
	return 0
}

// runTest plays a test. One that fails is played once more, to keep what its wires
// did: the second run is the same to the bit.
func runTest(spec flow.Spec, n network, test *Test) (r report.Result) {
	t := &T{test: test, spec: spec, network: n}
	failure := t.play()
	if t.clock == nil { // it did not come so far as to start
		r.Failure = failure
		return r
	}
	r.Played = int64(t.clock.Now().Sub(t.began))
	if failure == nil {
		return r
	}
	failure.Now = t.clock.Now().UnixNano()
	if len(failure.Wires) > 0 {
		again := &T{test: test, spec: spec, network: n, recorder: newRecorder(failure.Wires)}
		if second := again.play(); second != nil {
			failure.Timeline = again.recorder.timeline(again.clock.Now())
		}
	}
	r.Failure = failure
	return r
}
