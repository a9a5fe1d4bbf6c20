//go:build board

package board

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Programs as services of a real systemd: how they start, what they may, how they end.
func TestServices(t *testing.T) {
	m := machine{
		arch: "amd64", emulator: "qemu-system-x86_64",
		kernel: file(t, "BOARD_PC_KERNEL"),
		// No battery keeps the time of this machine.
		arguments: []string{"-m", "2048", "-cpu", "max", "-rtc", "base=2020-01-01"},
		append:    "console=ttyS0,115200 systemd.show_status=0",
		tried:     []string{"start", "work", "sealed", "clock", "dead letters", "wedge", "panic", "memory", "garbage", "kill", "rest", "stop", "journal"},
	}
	dir := t.TempDir()
	image := archive{}
	image.tree(t, file(t, "BOARD_PC_ROOT"))
	image.put("init", 0o120777, []byte("/lib/systemd/systemd"))
	image.file(t, "first", first(t, dir, m.arch))
	flowc := filepath.Join(dir, "flowc")
	command(t, "go", "build", "-o", flowc, "flowc/cmd/flowc")
	program := filepath.Join(dir, "station")
	command(t, flowc, "build", "-target", "linux/amd64", "-o", program, "station")
	image.file(t, "flow", program)
	unit := command(t, flowc, "unit", "station")
	image.put("flow.service", 0o100644, bytes.Replace(unit, []byte("WatchdogSec=30\n"), []byte("WatchdogSec=10\n"), 1))
	image.put("etc/systemd/system/chrony.service", 0o120777, []byte("/dev/null")) // there is no network; the test starts it
	image.put("etc/systemd/system/tried.service", 0o100644, []byte("[Service]\nExecStart=/first services\n"))
	image.put("etc/systemd/system/multi-user.target.wants/tried.service", 0o120777, []byte("/etc/systemd/system/tried.service"))
	if modules := []string{os.Getenv("BOARD_PC_CONFIGFS"), os.Getenv("BOARD_PC_GPIOSIM")}; modules[0] != "" && modules[1] != "" {
		image.file(t, "lib/configfs.ko", modules[0])
		image.file(t, "lib/gpiosim.ko", modules[1])
		image.file(t, "board", flow(t, dir, m.arch))
		image.put("board.service", 0o100644, command(t, flowc, "unit", "board.hcl"))
		m.tried = append(m.tried, "pins")
	}
	initial := filepath.Join(dir, "initial")
	if err := os.WriteFile(initial, image.end(), 0o600); err != nil {
		t.Fatal(err)
	}
	m.held(t, initial)
}

func command(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	c := exec.Command(name, args...)
	var problem bytes.Buffer
	c.Stderr = &problem
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, problem.String())
	}
	return out
}

// leftOut is what of a system no service needs.
var leftOut = []string{"usr/share/doc", "usr/share/locale", "usr/share/man", "usr/share/i18n", "var/cache", "var/lib/apt", "proc", "sys", "dev", "run", "tmp", "boot"}

// tree takes a system's folder into the archive.
func (a *archive) tree(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		name := strings.TrimPrefix(path, root+"/")
		info, err := d.Info()
		if err != nil {
			return err
		}
		of := info.Sys().(*syscall.Stat_t)
		var data []byte
		switch {
		case info.Mode().IsRegular():
			data, err = os.ReadFile(path)
		case info.Mode()&fs.ModeSymlink != 0:
			var to string
			to, err = os.Readlink(path)
			data = []byte(to)
		case !d.IsDir():
			return nil
		}
		if err != nil {
			return err
		}
		a.entry(name, int(of.Mode), int(of.Uid), int(of.Gid), data)
		for _, out := range leftOut {
			if name == out {
				return fs.SkipDir
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
