//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// service is one that systemd runs.
type service string

// run runs a command and gives what it says.
func run(name string, args ...string) string {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		panic(fmt.Sprintf("%s %v: %v: %s", name, args, err, out))
	}
	return string(out)
}

// show is a property of the service.
func (s service) show(property string) string {
	return strings.TrimSpace(run("systemctl", "show", "--value", "-p", property, string(s)))
}

// moment is a property that is a moment, in microseconds since the machine began.
func (s service) moment(property string) int64 {
	n, err := strconv.ParseInt(s.show(property), 10, 64)
	must(err)
	return n
}

// process is the number of its process.
func (s service) process() int {
	n, err := strconv.Atoi(s.show("MainPID"))
	must(err)
	return n
}

// running waits until a process other than the one before says that it is ready.
func (s service) running(before int) {
	until("the service to run", func() bool {
		return s.show("ActiveState") == "active" && s.process() != before
	})
}

// log is what it said since a moment of begin, a line for each entry, with its priority first.
func (s service) log(begin time.Time) string {
	run("journalctl", "--sync")
	out := run("journalctl", "-u", string(s), "-o", "json", "--output-fields=PRIORITY,MESSAGE,_COMM,SYSLOG_IDENTIFIER",
		"--since", "@"+strconv.FormatFloat(float64(begin.UnixMicro())/1e6, 'f', 6, 64))
	var b strings.Builder
	for line := range strings.Lines(out) {
		fmt.Fprintf(&b, "%s %s: %s\n", field(line, "PRIORITY"), field(line, "SYSLOG_IDENTIFIER"), field(line, "MESSAGE"))
	}
	return b.String()
}

// says waits for a text in its log.
func (s service) says(begin time.Time, text string) {
	defer func() {
		if v := recover(); v != nil {
			panic(fmt.Sprintf("%v\n%s", v, s.log(begin)))
		}
	}()
	until("the log to say "+text, func() bool { return strings.Contains(s.log(begin), text) })
}

// install does what the README says: the program, the unit and what the unit names.
func install(name, program, unit string, files map[string]string) {
	run("install", program, "/usr/local/bin/"+name)
	run("install", "-m", "644", unit, "/etc/systemd/system/"+name+".service")
	for file, text := range files {
		must(os.MkdirAll("/etc/"+name, 0o755))
		must(os.WriteFile("/etc/"+name+"/"+file, []byte(text), 0o600))
	}
	run("systemctl", "daemon-reload")
}

// uptime is how long the machine has run, in microseconds: systemd's monotonic clock.
func uptime() int64 {
	text, err := os.ReadFile("/proc/uptime")
	must(err)
	s, err := strconv.ParseFloat(strings.Fields(string(text))[0], 64)
	must(err)
	return int64(s * 1e6)
}
