package faults

import (
	"bufio"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// deed is a system call that changes what is stored, says something, or makes sure of
// it, in the order in which the calls ended.
type deed struct {
	call string
	// file is what it is about; other is the new name of a rename.
	file, other string
	data        []byte
	at          int64
}

// withStrace finds the tool, which a machine may be without; CI has it.
func withStrace(t testing.TB) string {
	t.Helper()
	tool, err := exec.LookPath("strace")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("strace is not installed")
	} else if err != nil {
		t.Skip("strace is not installed")
	}
	return tool
}

// traced are the calls that matter.
const traced = "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,fallocate," +
	"rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,sendto,sendmsg,mmap,msync"

// startTraced is start under strace, which writes what it sees to log.
func startTraced(t testing.TB, log, program string, env ...string) *process {
	t.Helper()
	return startBehind(t, []string{withStrace(t), "-f", "-qq", "-y", "-xx", "-s", "16777216", "-e", "trace=" + traced, "-e", "signal=none", "-o", log}, program, env...)
}

var (
	line = regexp.MustCompile(`^(\d+) +(.*)$`)
	// A call that another thread's came between stands on two lines.
	unfinished = regexp.MustCompile(`^(.*) <unfinished \.\.\.>$`)
	resumed    = regexp.MustCompile(`^<\.\.\. (\w+) resumed>(.*)$`)
	ended      = regexp.MustCompile(`^(\w+)\((.*)\) += (-?\d+)(.*)$`)
)

// readTrace gives the deeds in a log of strace; failed calls are none.
func readTrace(t testing.TB, log string) (deeds []deed) {
	t.Helper()
	f, err := os.Open(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	begun := map[string]string{}
	offsets := map[string]int64{}
	for lines.Scan() {
		m := line.FindStringSubmatch(lines.Text())
		if m == nil {
			t.Fatalf("not a line of strace: %.200s", lines.Text())
		}
		pid, text := m[1], m[2]
		if u := unfinished.FindStringSubmatch(text); u != nil {
			begun[pid] = u[1]
			continue
		}
		if r := resumed.FindStringSubmatch(text); r != nil {
			text = begun[pid] + r[2]
		}
		if c := ended.FindStringSubmatch(text); c != nil && succeeded(c[3]) {
			if d, ok := readDeed(t, c[1], arguments(c[2]), c[3]+c[4], offsets); ok {
				deeds = append(deeds, d)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return deeds
}

// succeeded tells what a call gave from an error, also from one that only the kernel knows (to be tried again after a
// signal), of which strace gives the bits.
func succeeded(result string) bool {
	n, err := strconv.ParseInt(result, 10, 64)
	return err == nil && n >= 0
}

// arguments divides the text between a call's parentheses.
func arguments(text string) (args []string) {
	depth, from, quoted := 0, 0, false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[' || c == '<':
			depth++
		case c == '}' || c == ']' || c == '>':
			depth--
		case c == ',' && depth == 0:
			args = append(args, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(args, strings.TrimSpace(text[from:]))
}

// readDeed understands one call; offsets are where write goes on in a file.
func readDeed(t testing.TB, call string, args []string, result string, offsets map[string]int64) (d deed, ok bool) {
	t.Helper()
	d = deed{call: call}
	switch call {
	case "open", "openat":
		if call == "open" {
			args = append([]string{"AT_FDCWD<>"}, args...)
		}
		d.file = besideFolder(t, args[0], args[1])
		if !strings.Contains(args[2], "O_CREAT") && !strings.Contains(args[2], "O_TRUNC") {
			if strings.Contains(args[2], "O_WRONLY") || strings.Contains(args[2], "O_RDWR") {
				offsets[d.file] = 0
			}
			return d, false
		}
		offsets[d.file] = 0
		d.call = "create"
		if strings.Contains(args[2], "O_TRUNC") {
			d.call = "create empty"
		}
	case "write":
		d.file, d.data = described(args[0]), unquoted(t, args[1])
		n, _ := strconv.Atoi(strings.Fields(result)[0])
		d.data = d.data[:n]
		d.at = offsets[d.file]
		offsets[d.file] += int64(n)
	case "pwrite64":
		d.file, d.data = described(args[0]), unquoted(t, args[1])
		n, _ := strconv.Atoi(strings.Fields(result)[0])
		d.data = d.data[:n]
		d.at, _ = strconv.ParseInt(args[3], 0, 64)
	case "fsync", "fdatasync":
		d.call, d.file = "sync", described(args[0])
	case "ftruncate":
		d.file = described(args[0])
		d.at, _ = strconv.ParseInt(args[1], 0, 64)
	case "rename":
		d.file, d.other = string(unquoted(t, args[0])), string(unquoted(t, args[1]))
	case "renameat", "renameat2":
		d.call, d.file, d.other = "rename", besideFolder(t, args[0], args[1]), besideFolder(t, args[2], args[3])
	case "unlink":
		d.file = string(unquoted(t, args[0]))
	case "unlinkat":
		d.call, d.file = "unlink", besideFolder(t, args[0], args[1])
	case "mkdir":
		d.file = string(unquoted(t, args[0]))
	case "mkdirat":
		d.call, d.file = "mkdir", besideFolder(t, args[0], args[1])
	case "mmap":
		// What is written to shared memory is not seen here: only files that need not last may be mapped so.
		if !strings.Contains(args[2], "PROT_WRITE") || !strings.Contains(args[3], "MAP_SHARED") || strings.Contains(args[3], "MAP_ANONYMOUS") {
			return d, false
		}
		d.call, d.file = "map", described(args[4])
	default:
		t.Fatalf("nothing here knows what a power cut leaves of %s(%.200s)", call, strings.Join(args, ", "))
	}
	return d, true
}

// described is the name behind a file descriptor: 5</tmp/x>.
func described(fd string) string {
	_, name, _ := strings.Cut(fd, "<")
	return plainName(strings.TrimSuffix(name, ">"))
}

// plainName undoes the escapes of -xx.
func plainName(name string) string {
	if !strings.HasPrefix(name, `\x`) {
		return name
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(name, `\x`, ""))
	if err != nil {
		return name
	}
	return string(raw)
}

// besideFolder is a name as seen from an open folder.
func besideFolder(t testing.TB, folder, quoted string) string {
	t.Helper()
	name := string(unquoted(t, quoted))
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(described(folder), name)
}

func unquoted(t testing.TB, text string) []byte {
	t.Helper()
	if !strings.HasPrefix(text, `"`) || !strings.HasSuffix(text, `"`) {
		t.Fatalf("no whole text: %.100s", text)
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(text[1:len(text)-1], `\x`, ""))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
