//go:build linux && (amd64 || arm64)

// Command machine is the first process of a small machine that has a GPIO chip of
// the kernel's, or, called with `services`, a service of one that systemd runs. It runs
// a flow's program there, looks at the pins with calls of its own, says a line for each
// thing it tried, and switches the machine off.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// The pins of board.hcl.
const (
	door   = 17
	lamp   = 18
	pump   = 23
	heater = 24
)

const program = "/flow"

// drainConsole is TCSBRK, which with an argument of 1 waits for the output.
const drainConsole = 0x5409

func main() {
	if len(os.Args) > 1 && os.Args[1] == "services" {
		services()
		return
	}
	defer off()
	defer func() {
		if v := recover(); v != nil {
			say("FAIL %v", v)
		}
	}()
	prepare()
	chip := findChip()
	say("chip %s, %d lines, edges %v", chip.label, chip.lines, chip.simulated != "")
	try("check", func() { checks() })
	try("busy", func() { busy(chip) })
	try("active low", func() { blinks(chip) })
	if chip.simulated == "" { // a simulated line goes back to its pull when its owner has gone
		try("term", func() { terminated(chip) })
		try("kill", func() { killed(chip) })
	} else {
		try("press", func() { pressed(chip) })
		try("bounce", func() { bounces(chip) })
	}
	say("end")
}

// say writes to the console, which is what the host reads.
func say(format string, values ...any) { fmt.Printf("board: "+format+"\n", values...) }

// off switches the machine off, once the console has said everything.
func off() {
	syscall.Syscall(syscall.SYS_IOCTL, 1, drainConsole, 1)
	syscall.Reboot(syscall.LINUX_REBOOT_CMD_POWER_OFF)
	syscall.Reboot(syscall.LINUX_REBOOT_CMD_RESTART)
	select {}
}

// try says how a test ended; one that fails does not end the others.
func try(name string, test func()) {
	defer func() {
		if v := recover(); v != nil {
			say("FAIL %s: %v", name, v)
			return
		}
		say("ok %s", name)
	}()
	test()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// until waits for a thing, with a deadline.
func until(what string, holds func() bool) {
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			panic("waited in vain for " + what)
		}
	}
}

// prepare mounts what the kernel shows of itself.
func prepare() {
	for _, m := range [][2]string{{"devtmpfs", "/dev"}, {"proc", "/proc"}, {"sysfs", "/sys"}, {"debugfs", "/sys/kernel/debug"}} {
		if err := syscall.Mount(m[0], m[1], m[0], 0, ""); err != nil && err != syscall.EBUSY {
			must(fmt.Errorf("mount %s: %w", m[1], err))
		}
	}
	simulated()
}

// simulated makes a chip whose inputs can be moved, if its modules were brought along.
func simulated() (is bool) {
	for _, module := range []string{"/lib/configfs.ko", "/lib/gpiosim.ko"} {
		if f, err := os.Open(module); err == nil {
			must(insert(f))
			f.Close()
		}
	}
	if _, err := os.Stat("/lib/gpiosim.ko"); err != nil {
		return false
	}
	if err := syscall.Mount("configfs", "/sys/kernel/config", "configfs", 0, ""); err != nil && err != syscall.EBUSY {
		panic(err)
	}
	simulate("/sys/kernel/config/gpio-sim/board")
	return true
}

// simulate makes a chip with the lines of a header.
func simulate(folder string) {
	must(os.MkdirAll(folder+"/bank", 0o755))
	must(os.WriteFile(folder+"/bank/num_lines", []byte("54"), 0o644))
	must(os.WriteFile(folder+"/bank/label", []byte("pinctrl-simulated"), 0o644))
	must(os.WriteFile(folder+"/live", []byte("1"), 0o644))
}

// start runs the program and gives what it says.
type running struct {
	*exec.Cmd
	said *strings.Builder
}

func start() running {
	r := running{exec.Command(program), new(strings.Builder)}
	r.Stdout, r.Stderr = r.said, r.said
	must(r.Start())
	return r
}

// once runs the program with arguments and gives what it said and its exit code.
func once(args ...string) (string, int) {
	c := exec.Command(program, args...)
	said, err := c.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		panic(err)
	}
	return string(said), c.ProcessState.ExitCode()
}

// --check finds every pin.
func checks() {
	said, code := once("--check")
	if code != 0 || strings.Count(said, "ok ") != 4 {
		panic(fmt.Sprintf("--check gave %d: %s", code, said))
	}
}

// A pin that another program has is told with the name of its owner, and nothing is left on.
func busy(c chip) {
	release := c.hold(pump, "somebody else")
	defer release()
	for _, args := range [][]string{{"--check"}, nil} {
		said, code := once(args...)
		if code == 0 || !strings.Contains(said, "somebody else") || !strings.Contains(said, `relay "pump"`) {
			panic(fmt.Sprintf("%v gave %d: %s", args, code, said))
		}
	}
}

// A relay that is active low is off while its voltage is high, from the first moment on.
func blinks(c chip) {
	r := start()
	defer r.Process.Kill()
	until("the heater's pin", func() bool { return c.user(heater) != "" })
	first := c.line(heater)
	if !strings.Contains(first, "out hi") {
		panic("the first level of the heater: " + first)
	}
	until("the heater to be on", func() bool { return strings.Contains(c.line(heater), "out lo") })
	until("the heater to be off", func() bool { return strings.Contains(c.line(heater), "out hi") })
	must(r.Process.Kill())
	r.Wait()
}

// A signal ends the program with all outputs safe.
func terminated(c chip) {
	r := start()
	until("the heater to be on", func() bool { return strings.Contains(c.line(heater), "out lo") })
	must(r.Process.Signal(syscall.SIGTERM))
	if err := r.Wait(); err != nil {
		panic(fmt.Sprintf("%v: %s", err, r.said))
	}
	if !c.level(heater) {
		panic("the heater is still on after SIGTERM")
	}
}

// After a kill, safe-state puts the outputs safe.
func killed(c chip) {
	r := start()
	until("the heater to be on", func() bool { return strings.Contains(c.line(heater), "out lo") })
	must(r.Process.Kill())
	r.Wait()
	say("killed: the kernel leaves the heater's pin %v", c.level(heater))
	safely(func() bool { return c.level(heater) })
}

// safely runs safe-state, and tells how long it took.
func safely(safe func() bool) {
	begin := time.Now()
	if said, code := once("safe-state"); code != 0 {
		panic(fmt.Sprintf("safe-state gave %d: %s", code, said))
	}
	took := time.Since(begin)
	if !safe() {
		panic("safe-state left it on")
	}
	say("safe-state took %v", took.Round(time.Millisecond))
}

// A button closes to ground: a press is a level that falls.
func pressed(c chip) {
	c.move(door, true)
	r := start()
	defer r.Process.Kill()
	until("the program to run", func() bool { return strings.Contains(c.line(heater), "out lo") })
	for _, on := range []bool{true, false} {
		c.move(door, false)
		until("the lamp to be on", func() bool { return strings.Contains(c.line(lamp), "out hi") })
		until("the pump to have moved", func() bool { return strings.Contains(c.line(pump), "out hi") == on })
		c.move(door, true)
		until("the lamp to be off", func() bool { return strings.Contains(c.line(lamp), "out lo") })
	}
	must(r.Process.Signal(syscall.SIGTERM))
	if err := r.Wait(); err != nil {
		panic(fmt.Sprintf("%v: %s", err, r.said))
	}
}

// A contact that bounces a thousand times is one press: the pump moves once.
func bounces(c chip) {
	c.move(door, true)
	r := start()
	defer r.Process.Kill()
	until("the program to run", func() bool { return strings.Contains(c.line(heater), "out lo") })
	for range 1000 {
		c.move(door, false)
		c.move(door, true)
	}
	c.move(door, false)
	until("the lamp to be on", func() bool { return strings.Contains(c.line(lamp), "out hi") })
	until("the pump to be on", func() bool { return strings.Contains(c.line(pump), "out hi") })
	c.move(door, true)
	until("the lamp to be off", func() bool { return strings.Contains(c.line(lamp), "out lo") })
	if !strings.Contains(c.line(pump), "out hi") {
		panic("the pump moved more than once: " + r.said.String())
	}
	must(r.Process.Kill())
	r.Wait()
}

// findChip is the chip with the header's pins.
func findChip() chip {
	var c chip
	until("a chip with a header", func() bool {
		paths, _ := filepath.Glob("/dev/gpiochip*")
		for _, p := range paths {
			c = open(p)
			if strings.HasPrefix(c.label, "pinctrl-") {
				return true
			}
			c.Close()
		}
		return false
	})
	if folders, _ := filepath.Glob("/sys/devices/platform/gpio-sim.*/gpiochip*"); len(folders) > 0 {
		c.simulated = folders[0]
	}
	return c
}
