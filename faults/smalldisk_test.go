package faults

import (
	"bufio"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// smallDisk is a file system of a few megabytes in memory, which is really full when it is
// filled. It lives in a mount namespace of its own, which needs no rights where users may
// make namespaces; path is where it is for this test, dir for a program in it.
//
// Where nothing can be mounted it is a folder, and full means that the files of a program
// may not grow (RLIMIT_FSIZE).
type smallDisk struct {
	t         testing.TB
	dir, path string
	// holder is the process that keeps the namespace, 0 for a folder.
	holder int
	full   bool
}

// says is what a program with an outbox says of such a disk when it is full.
func (d *smallDisk) says() string {
	if d.holder == 0 {
		return "the outbox cannot be written"
	}
	return "the disk of the outbox is nearly full"
}

// diskSize is how large it is.
const diskSize = 32 << 20

// newSmallDisk makes one; nil where the machine allows none.
func newSmallDisk(t testing.TB) *smallDisk {
	t.Helper()
	if _, err := exec.LookPath("nsenter"); err != nil {
		return nil
	}
	dir := t.TempDir()
	// It ends when nobody holds the other end of its input any more, however the test ends.
	c := exec.Command("unshare", "-rm", "sh", "-c", `mount -t tmpfs -o size=`+strconv.Itoa(diskSize)+` none "$0" && echo mounted && exec cat`, dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		return nil
	}
	alarm := time.AfterFunc(patience, func() { c.Process.Kill() })
	t.Cleanup(func() {
		in.Close()
		c.Process.Kill()
		c.Wait()
		alarm.Stop()
	})
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "mounted\n" || !alarm.Stop() {
		return nil
	}
	return &smallDisk{t: t, dir: dir, holder: c.Process.Pid, path: filepath.Join("/proc", strconv.Itoa(c.Process.Pid), "root", dir)}
}

// newLimitedDisk makes a folder of which the same can be said.
func newLimitedDisk(t testing.TB) *smallDisk {
	dir := t.TempDir()
	return &smallDisk{t: t, dir: dir, path: dir}
}

// enter is the command before a program that is to see the disk.
func (d *smallDisk) enter() []string {
	switch {
	case d.holder == 0 && d.full:
		return []string{"sh", "-c", `ulimit -S -f 1; exec "$0"`}
	case d.holder == 0:
		return []string{"sh", "-c", `exec "$0"`}
	}
	return []string{"nsenter", "-t", strconv.Itoa(d.holder), "-U", "-m", "--preserve-credentials"}
}

func (d *smallDisk) filler() string { return filepath.Join(d.path, "filler") }

// fill takes all that is left of the disk, to the last page.
func (d *smallDisk) fill(p *process) {
	d.t.Helper()
	d.full = true
	if d.holder == 0 {
		if p != nil { // one that is started later is told then
			limitFiles(d.t, p, 4096)
		}
		return
	}
	f, err := os.OpenFile(d.filler(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	for page := make([]byte, 4096); ; {
		if _, err := f.Write(page); errors.Is(err, syscall.ENOSPC) {
			return
		} else if err != nil {
			d.t.Fatal(err)
		}
	}
}

// clear gives it back.
func (d *smallDisk) clear(p *process) {
	d.t.Helper()
	d.full = false
	if d.holder == 0 {
		limitFiles(d.t, p, math.MaxUint64)
		return
	}
	if err := os.Remove(d.filler()); err != nil {
		d.t.Fatal(err)
	}
}

// copyTo copies a file of the disk to where it can be opened by its name.
func (d *smallDisk) copyTo(file, name string) {
	d.t.Helper()
	data, err := os.ReadFile(filepath.Join(d.path, name))
	if err != nil {
		d.t.Fatal(err)
	}
	write(d.t, file, data)
}
