package faults

// The bugs that the rigs of rows have to find.
func init() {
	plants = append(plants, []plant{
		{
			name: "acknowledge before the commit", flow: "rows.hcl", rig: rowsRig, rounds: 20,
			changes: []change{{file: "rt/rows/insert.go",
				old: "\tt.end.It.send(j)\n",
				now: "\tt.end.It.send(j)\n\th.End(j.Token, flow.OutcomeDelivered)\n"}},
		},
		{
			name: "answer before the commit", flow: "rows.hcl", rig: postsRig, rounds: 20,
			changes: []change{{file: "rt/rows/insert.go",
				old: "\tt.end.It.send(j)\n",
				now: "\tt.end.It.send(j)\n\th.End(j.Token, flow.OutcomeDelivered)\n"}},
		},
		{
			name: "repetitions are not looked for", flow: "rows.hcl", rig: rowsRig, rounds: 20,
			changes: []change{{file: "rt/sqlite/attempt.go",
				old: "\tif j.Once != nil {\n",
				now: "\tif false {\n"}},
		},
		{
			name: "the key is kept before the row", flow: "rows.hcl", rig: postsRig, rounds: 60,
			changes: []change{{file: "rt/sqlite/keys.go",
				old: "\tif err := l.statement(j); err != nil {\n\t\treturn err\n\t}\n\tif _, err := l.first(keepKey, named); err != nil {\n\t\treturn err\n\t}\n",
				now: "\tif _, err := l.first(keepKey, named); err != nil {\n\t\treturn err\n\t}\n\tl.conn.Exec(\"COMMIT\")\n\tl.conn.Exec(\"BEGIN IMMEDIATE\")\n\tif err := l.statement(j); err != nil {\n\t\treturn err\n\t}\n"}},
		},
		{
			name: "nobody looks whether the commit succeeds", flow: "rows.hcl", rig: fullRig, rounds: 3,
			changes: []change{{file: "rt/sqlite/attempt.go",
				old: "\treturn l.conn.Exec(\"COMMIT\")\n",
				now: "\tl.conn.Exec(\"COMMIT\")\n\treturn nil\n"}},
		},
		{
			name: "who waits for the file is refused", flow: "rows.hcl", rig: busyRig, rounds: 2,
			changes: []change{{file: "rt/sqlite/lite/conn.go",
				old: "case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib",
				now: "case lib"}},
		},
		{
			name: "a damaged file is used on", flow: "rows.hcl", rig: damagedRig, rounds: 8,
			changes: []change{{file: "rt/sqlite/aside.go",
				old: "\treturn errors.As(err, &e) && e.Damaged()\n",
				now: "\treturn errors.As(err, &e) && e == nil\n"}},
		},
		{
			name: "a commit on a full disk counts", flow: "disk.hcl", rig: smallDiskRig, rounds: 3,
			changes: []change{{file: "rt/sqlite/attempt.go",
				old: "\treturn l.conn.Exec(\"COMMIT\")\n",
				now: "\tl.conn.Exec(\"COMMIT\")\n\treturn nil\n"}},
		},
		{
			name: "a buffer that was full stays so", flow: "disk.hcl", rig: smallDiskRig, rounds: 1,
			changes: []change{{file: "rt/outbox/write.go", old: "s.full && s.now()-s.fullAt < fullPause", now: "s.full"}},
		},
		{
			name: "a commit that nobody waits for", flow: "pgrows.hcl", rig: pgKillRig, rounds: 12,
			changes: []change{{file: "rt/postgres/transaction.go",
				old: "\ttag, err := t.l.settle()\n\tif err == nil && tag != \"COMMIT\" {\n\t\terr = &broken{why: \"the server did not commit\"}\n\t}\n\treturn err\n",
				now: "\tt.l.settle()\n\treturn nil\n"}},
		},
		{
			name: "a server's repetitions are not looked for", flow: "pgrows.hcl", rig: pgKillRig, rounds: 12,
			changes: []change{{file: "rt/postgres/transaction.go",
				old: "\t\tif j.Once != nil {\n",
				now: "\t\tif false {\n"}},
		},
		{
			name: "a server that is away refuses", flow: "pgrows.hcl", rig: pgKillRig, rounds: 6,
			changes: []change{{file: "rt/postgres/store.go",
				old: "\treturn errors.As(err, &u) || !errors.As(err, &r) || r.passing()\n",
				now: "\treturn !errors.As(err, &u) && errors.As(err, &r) && r.passing()\n"}},
		},
		{
			name: "what ends its connection is tried for ever", flow: "pgrows.hcl", set: bufferedRows.set, rig: pgDeadlyRig, rounds: 1,
			changes: []change{{file: "rt/postgres/doubt.go", old: "d.times < deadlyMost", now: "d.times > 0"}},
		},
	}...)
}
