//go:build board

// Package board runs a flow's program on a whole small machine, whose kernel has a GPIO
// chip. It says what the fakes of the other tests cannot: that the kernel takes our requests.
package board

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/compiler"
	"flowc/compiler/gobuild"
)

// machine is one that QEMU plays. Its files are named in the environment, since they belong
// to a distribution; README.md tells how to get them.
type machine struct {
	arch, emulator string
	kernel, tree   string
	modules        []string
	arguments      []string
	append         string
	tried          []string
}

// A Raspberry Pi 3 with the driver of its own chip. Nobody can move its inputs.
func TestRaspberryPi3(t *testing.T) {
	run(t, machine{
		arch: "arm64", emulator: "qemu-system-aarch64",
		kernel: file(t, "BOARD_PI_KERNEL"), tree: file(t, "BOARD_PI_TREE"),
		arguments: []string{"-M", "raspi3b", "-serial", "null"},
		append:    "console=ttyS1,115200",
		tried:     []string{"check", "busy", "active low", "term", "kill"},
	})
}

// A machine with the kernel's simulated chip: inputs can be moved.
func TestSimulatedChip(t *testing.T) {
	run(t, machine{
		arch: "amd64", emulator: "qemu-system-x86_64",
		kernel:    file(t, "BOARD_PC_KERNEL"),
		modules:   []string{file(t, "BOARD_PC_CONFIGFS"), file(t, "BOARD_PC_GPIOSIM")},
		arguments: []string{"-m", "512"},
		append:    "console=ttyS0,115200",
		tried:     []string{"check", "busy", "active low", "press", "bounce"},
	})
}

func file(t *testing.T, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("%s names no file; see README.md", variable)
	}
	return path
}

func run(t *testing.T, m machine) {
	dir := t.TempDir()
	image := archive{}
	for _, d := range []string{"dev", "proc", "sys", "tmp", "lib"} {
		image.put(d, 0o40755, nil)
	}
	image.file(t, "init", first(t, dir, m.arch))
	image.file(t, "flow", flow(t, dir, m.arch))
	for i, name := range []string{"lib/configfs.ko", "lib/gpiosim.ko"} {
		if i < len(m.modules) {
			image.file(t, name, m.modules[i])
		}
	}
	initial := filepath.Join(dir, "initial")
	if err := os.WriteFile(initial, image.end(), 0o600); err != nil {
		t.Fatal(err)
	}
	m.held(t, initial)
}

// held boots the machine and looks whether all held that it tried.
func (m machine) held(t *testing.T, initial string) {
	t.Helper()
	if _, err := exec.LookPath(m.emulator); err != nil {
		t.Skipf("%s is not installed", m.emulator)
	}
	said := boot(t, m, initial)
	for _, name := range m.tried {
		if !strings.Contains(said, "board: ok "+name+"\r") {
			t.Errorf("%s did not go well", name)
		}
	}
	for line := range strings.Lines(said) {
		if _, text, ours := strings.Cut(line, "board: "); ours {
			t.Log(strings.TrimSpace(text))
		}
	}
	if t.Failed() {
		t.Log(said)
	}
}

// boot runs the machine until it has said its last line; a Raspberry Pi cannot switch
// itself off.
func boot(t *testing.T, m machine, initial string) string {
	console := filepath.Join(t.TempDir(), "console")
	arguments := append([]string{
		"-kernel", m.kernel, "-initrd", initial, "-append", m.append + " rdinit=/init panic=-1 quiet",
		"-display", "none", "-monitor", "none", "-no-reboot",
	}, m.arguments...)
	if m.tree != "" {
		arguments = append(arguments, "-dtb", m.tree)
	}
	c := exec.CommandContext(t.Context(), m.emulator, append(arguments, "-serial", "file:"+console)...)
	var problem bytes.Buffer
	c.Stderr = &problem
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	defer c.Process.Kill()
	for end := time.Now().Add(5 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		said, _ := os.ReadFile(console) // it comes with the machine
		if bytes.Contains(said, []byte("board: end")) {
			return string(said)
		}
		if time.Now().After(end) {
			t.Fatalf("the machine did not come to its end: %s\n%s", problem.String(), said)
		}
	}
}

// first builds the machine's first process.
func first(t *testing.T, dir, arch string) string {
	out := filepath.Join(dir, "first")
	c := exec.Command("go", "build", "-o", out, "./machine")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch)
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return out
}

// flow builds the program, as it would go to a board.
func flow(t *testing.T, dir, arch string) string {
	target, err := gobuild.ParseTarget("linux/" + arch)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("board.hcl")
	if err != nil {
		t.Fatal(err)
	}
	f := compiler.CheckText("board", map[string][]byte{"board.hcl": text})
	if f.Typed == nil {
		t.Fatal(f.Found)
	}
	out := filepath.Join(dir, "board")
	if _, err := f.Build(context.Background(), gobuild.Options{Target: target, Out: out}); err != nil {
		t.Fatal(err)
	}
	return out
}

// archive is a cpio archive in the form that the kernel reads (newc).
type archive struct {
	bytes.Buffer
	entries int
}

func (a *archive) file(t *testing.T, name, from string) {
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	a.put(name, 0o100755, data)
}

func (a *archive) put(name string, mode int, data []byte) { a.entry(name, mode, 0, 0, data) }

func (a *archive) entry(name string, mode, uid, gid int, data []byte) {
	a.entries++
	a.WriteString("070701")
	for _, v := range []int{a.entries, mode, uid, gid, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0} {
		fmt.Fprintf(a, "%08x", v)
	}
	a.WriteString(name + "\x00")
	a.pad()
	a.Write(data)
	a.pad()
}

// pad fills up to a multiple of four.
func (a *archive) pad() {
	for a.Len()%4 != 0 {
		a.WriteByte(0)
	}
}

func (a *archive) end() []byte {
	a.put("TRAILER!!!", 0, nil)
	return a.Bytes()
}
