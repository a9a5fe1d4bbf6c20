package main

import (
	"fmt"
	"path"
	"strings"

	"flowc/compiler"
	"flowc/compiler/unit"
)

func unitCommand() command {
	return command{
		name: "unit", args: "[-program FILE] [PATH]", summary: "print the systemd unit that starts, watches and confines the program",
		details: `
  -program  where the program is on the machine that runs it; without it, /usr/local/bin/NAME

The unit follows from the flow: it opens the pins, addresses and folders that its things need, and nothing else. Each
line says why. On the machine:

  scp NAME-arm64 pi@raspberrypi.local:NAME
  flowc unit PATH | ssh pi@raspberrypi.local "sudo tee /etc/systemd/system/NAME.service"
  ssh pi@raspberrypi.local "sudo install NAME /usr/local/bin/ && sudo systemctl daemon-reload && sudo systemctl enable --now NAME"
`,
		run: runUnit,
	}
}

func runUnit(c *console, args []string) int {
	o := newOptions("unit")
	program := o.String("program", "", "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	if *program != "" && !path.IsAbs(*program) {
		return c.usage("unit", "-program: systemd wants the whole path, as in /usr/local/bin/"+path.Base(*program))
	}
	for _, folder := range []string{"/tmp/", "/var/tmp/"} {
		if strings.HasPrefix(*program, folder) {
			return c.usage("unit", "-program: the service has a "+path.Clean(folder)+" of its own, where no program is; /usr/local/bin is a good place")
		}
	}
	f := checkedProgram(c, o.path())
	if f == nil {
		return exitFindings
	}
	if *program == "" {
		*program = "/usr/local/bin/" + f.Name
	}
	worst := memoryOfFlow(f.Typed).Total
	memory, err := memoryOf(f, worst)
	if err != nil {
		return c.fail(err)
	}
	fmt.Fprintf(c.out, "# /etc/systemd/system/%s, for %s %s\n", unit.Name(f.Typed), f.Name, f.Hash)
	fmt.Fprint(c.out, unit.Text(f.Typed, unit.Options{
		Program: *program, Memory: memory, Worst: worst, OwnNetwork: f.OwnImports("net"),
	}))
	return exitFine
}

// What the program of any flow takes at most, and what all its queues of one with a network may hold together.
const (
	memoryOfAny    = 48 << 20
	memoryOfQueues = 64 << 20
)

// What is not the flow's own: Go's stacks, and what of the program itself is read.
const memoryBeside = 16 << 20

// memoryOf is how much memory the program of a flow can need, in bytes: Go lets garbage grow to as much as what is in
// use. It is no less than what all queues, keys and clients together hold at worst, and half of that for garbage.
// Where the flow says how much it may have, that counts; W0905 tells where it is too little.
func memoryOf(f *compiler.Flow, worst float64) (int64, error) {
	if most := f.Typed.Memory; most > 0 { // what is not Go's heap comes on top
		return most + most/4, nil
	}
	b, err := f.Bounds()
	if err != nil {
		return 0, err
	}
	most := int64(memoryOfAny)
	if unit.Network(f.Typed) {
		most += memoryOfQueues
	}
	keys := int64(1)
	for _, t := range f.Typed.Things {
		keys = max(keys, int64(t.MaxKeys))
	}
	for _, k := range b.Kept() {
		size := k.Bytes
		if k.More { // texts and lists, of which each key has its own
			size *= 2
		}
		most += 2 * keys * size
	}
	return max(most, int64(worst+worst/2)+memoryBeside), nil
}
