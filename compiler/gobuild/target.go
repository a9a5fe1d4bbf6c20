package gobuild

import (
	"fmt"
	"runtime"
	"strings"
)

// Target is the kind of machine that a program is built for.
type Target struct {
	// Name is how it was asked for: "pi", "linux/arm64".
	Name string
	// OS, Arch and Arm are Go's GOOS, GOARCH and GOARM.
	OS, Arch, Arm string
	// Pi says that it is a Raspberry Pi.
	Pi bool
}

// Targets lists the targets that have a name, the default first, with what they are for.
var Targets = []struct {
	Target
	Doc string
}{
	{Target{Name: "pi", OS: "linux", Arch: "arm64", Pi: true}, "Raspberry Pi 3, 4, 5 and Zero 2 W with a 64-bit system"},
	{Target{Name: "pi-zero", OS: "linux", Arch: "arm", Arm: "6", Pi: true}, "Raspberry Pi 1, Zero and Zero W"},
	{Target{Name: "armv7", OS: "linux", Arch: "arm", Arm: "7", Pi: true}, "Raspberry Pi 2 and later with a 32-bit system"},
	{Target{Name: "host", OS: runtime.GOOS, Arch: runtime.GOARCH}, "this machine"},
}

// Host is this machine.
func Host() Target { return Targets[len(Targets)-1].Target }

// ParseTarget reads a target's name or GOOS/GOARCH; "" is the first of Targets.
func ParseTarget(s string) (Target, error) {
	if s == "" {
		return Targets[0].Target, nil
	}
	var names []string
	for _, t := range Targets {
		if t.Name == s {
			return t.Target, nil
		}
		names = append(names, t.Name)
	}
	goos, arch, ok := strings.Cut(s, "/")
	if !ok || !plainWord(goos) || !plainWord(arch) {
		return Target{}, fmt.Errorf("there is no target %q: use %s, or GOOS/GOARCH such as linux/amd64", s, strings.Join(names, ", "))
	}
	t := Target{Name: s, OS: goos, Arch: arch}
	if arch == "arm" {
		t.Arm = "6" // runs on every Pi
	}
	return t, nil
}

func plainWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// String is "linux/arm64" or "linux/arm v6".
func (t Target) String() string {
	s := t.OS + "/" + t.Arch
	if t.Arm != "" {
		s += " v" + t.Arm
	}
	return s
}

// Executable is the file name of a flow's program for the target: garden-arm64, garden-armv6.
func (t Target) Executable(flow string) string {
	name := flow + "-"
	if t.OS != "linux" {
		name += t.OS + "-"
	}
	name += t.Arch
	if t.Arm != "" {
		name += "v" + t.Arm
	}
	if t.OS == "windows" {
		name += ".exe"
	}
	return name
}
