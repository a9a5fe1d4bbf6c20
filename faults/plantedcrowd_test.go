package faults

// The bugs that the crowd has to find.
func init() {
	set := map[string]string{"HERE": "127.0.0.1:18471", "PAGE": "127.0.0.1:18472"}
	rig := func(r *run) { crowdRig(r, set["HERE"], set["PAGE"]) }
	for _, p := range []plant{
		{
			name: "who has left keeps a seat now and then", rounds: 4,
			changes: []change{{file: "rt/web/gate.go",
				old: "\tc.once.Do(c.leave)\n", now: "\tif c.until/1000%32 > 0 {\n\t\tc.once.Do(c.leave)\n\t}\n"}},
		},
		{
			name: "what was sent keeps its room", rounds: 4,
			changes: []change{{file: "rt/web/room.go", old: "\t\tv.in.give()\n", now: ""}},
		},
		{
			name: "a client gets what another asked for", rounds: 4,
			changes: []change{{file: "rt/web/desk.go", old: "\treturn t.desk.It.asked[id], true\n", now: "\treturn t.desk.It.asked[t.last], true\n"}},
		},
		{
			name: "each request leaves a goroutine", rounds: 4,
			changes: []change{{file: "rt/web/errand.go", old: "\t\tclose(over)\n", now: ""}},
		},
		{
			name: "a listener that comes back begins one too late", rounds: 4,
			changes: []change{{file: "rt/web/hub.go", old: "\t\t\treturn n + 1\n", now: "\t\t\treturn n + 2\n"}},
		},
	} {
		p.flow, p.rig, p.probe, p.set = "crowd.hcl", rig, true, set
		plants = append(plants, p)
	}
}
