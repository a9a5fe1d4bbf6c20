//go:build linux && (amd64 || arm64)

package main

import (
	"os"
	"strings"
)

const board = service("board")

// pins tries a program with pins as a service: the chip belongs to a group, as on a Raspberry Pi.
func pins() {
	c := findChip()
	run("groupadd", "--system", "gpio")
	run("chgrp", "gpio", c.Name())
	must(os.Chmod(c.Name(), 0o660))
	c.move(door, true)
	install("board", "/board", "/board.service", nil)
	run("systemctl", "enable", "--now", "board")
	until("the heater to blink", func() bool { return strings.Contains(c.line(heater), "out lo") })
	c.move(door, false)
	until("the lamp to be on", func() bool { return strings.Contains(c.line(lamp), "out hi") })
	until("the pump to be on", func() bool { return strings.Contains(c.line(pump), "out hi") })
	run("systemctl", "stop", "board")
	if got := board.show("Result") + c.user(pump); got != "success" {
		panic(got)
	}
}
