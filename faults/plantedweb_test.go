package faults

// The bugs that the rig of calls and points has to find.
func init() {
	plants = append(plants, []plant{
		{
			name: "an answer of 500 is a refusal for good", flow: "web.hcl", rig: webRig, rounds: 6,
			changes: []change{{file: "rt/web/errand.go", old: "\tif a.status >= 400 {\n", now: "\tif a.status >= 400 && a.status != 500 {\n"}},
		},
		{
			name: "no answer counts as one", flow: "web.hcl", rig: webRig, rounds: 4,
			changes: []change{{file: "rt/web/errand.go",
				old: "\t\ta.failure, a.transient = wording(ctx, err), transientError(err)\n",
				now: "\t\ta.status = 200\n"}},
		},
		{
			name: "what is refused for good is no dead letter", flow: "web.hcl", rig: webRig, rounds: 2,
			changes: []change{{file: "rt/web/call.go",
				old: "\tcase a.failure != \"\":\n\t\to = flow.OutcomeDead\n",
				now: "\tcase a.failure != \"\":\n\t\to = flow.OutcomeDropped\n"}},
		},
		{
			name: "a point that is refused takes others with it", flow: "web.hcl", rig: webRig, rounds: 2,
			changes: []change{{file: "rt/web/pointline.go",
				old: "len(points) > 1 && splits(a.status)", now: "len(points) > 5000 && splits(a.status)"}},
		},
		{
			name: "a request that failed is behind those that came later", flow: "web.hcl", rig: webRig, rounds: 6,
			changes: []change{{file: "rt/web/pointline.go",
				old: "\t\tl.h.After(timerAgain, max(pause(l.h, a.attempt, retryLeast), retryAfter(a.header, l.h.Time())))\n\t\treturn over, false\n",
				now: "\t\tl.calls.next(a)\n\t\tl.waiting, l.now = append(l.waiting, l.now...), nil\n\t\treturn over, false\n"}},
		},
	}...)
}
