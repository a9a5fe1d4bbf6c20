package compiler

import (
	"context"
	"flag"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/compiler/gobuild"
)

// load is how long each of the turns of BenchmarkUnderLoad lasts, clients how many ask at a time.
var (
	load    = flag.Duration("load", time.Second, "how long each turn of BenchmarkUnderLoad lasts, in whole seconds")
	clients = flag.Int("clients", 32, "how many clients BenchmarkUnderLoad has")
)

// rounds is how often the flow and the program written by hand have their turn, one after the other, so that a machine
// that is busy for a while is so for both.
const rounds = 11

// BenchmarkUnderLoad puts the load of wrk on the routes of testdata/webbench, in the very program that a user gets, and
// on the same written by hand with net/http, and reports the medians of the rounds: requests a second, the 99th
// percentile of the answer times, and what a request takes of a processor; `of-byhand` is that of the quotients, for
// requests a second. Where other programs share the processors, what a request takes of one is the figure to look at.
//
//	go test -run '^$' -bench UnderLoad ./compiler
func BenchmarkUnderLoad(b *testing.B) {
	wrk, err := exec.LookPath("wrk")
	if err != nil {
		b.Skip("wrk is not installed (Debian's package of that name)")
	}
	dir := b.TempDir()
	flow := Check("../testdata/webbench/webbench.hcl")
	if flow.Found.HasErrors() {
		b.Fatal(rendered(flow))
	}
	built, err := flow.Build(context.Background(), gobuild.Options{Target: gobuild.Host(), Out: filepath.Join(dir, "flow")})
	if err != nil {
		b.Fatal(err)
	}
	byHand := filepath.Join(dir, "byhand")
	if out, err := exec.Command("go", "build", "-o", byHand, "../testdata/webbench/byhand").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	ours, theirs := serveProgram(b, built.File, "/state"), serveProgram(b, byHand, "/state")
	for _, c := range []struct{ name, path, script string }{
		{"get", "/state", ""}, {"post", "/target", "../testdata/webbench/post.lua"},
	} {
		b.Run(c.name, func(b *testing.B) {
			figures := map[string][]float64{}
			for range rounds {
				f := measure(b, wrk, ours, c.path, c.script)
				h := measure(b, wrk, theirs, c.path, c.script)
				for unit, n := range map[string]float64{
					"req/s": f.perSecond, "byhand-req/s": h.perSecond, "of-byhand": f.perSecond / h.perSecond,
					"p99-ms": f.p99, "byhand-p99-ms": h.p99, "cpu-µs/req": f.cpu, "byhand-cpu-µs/req": h.cpu,
				} {
					figures[unit] = append(figures[unit], n)
				}
			}
			b.ReportMetric(0, "ns/op")
			for unit, list := range figures {
				slices.Sort(list)
				b.ReportMetric(list[len(list)/2], unit)
			}
		})
	}
}

// server is a program that listens.
type server struct {
	address string
	pid     int
}

// serveProgram runs a program that listens where FLOW_LISTEN says, and waits until it answers.
func serveProgram(b *testing.B, program, path string) server {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), "FLOW_LISTEN="+address)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	for deadline := time.Now().Add(20 * time.Second); ; {
		if r, err := http.Get("http://" + address + path); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return server{address, cmd.Process.Pid}
			}
		}
		if time.Now().After(deadline) {
			b.Fatalf("%s does not answer", filepath.Base(program))
		}
	}
}

// turn is what wrk measures in one: requests a second, the 99th percentile in ms, and what the server took of a
// processor for each request, in µs.
type turn struct{ perSecond, p99, cpu float64 }

var (
	perSecond = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)
	p99       = regexp.MustCompile(`99%\s+([\d.]+\w+)`)
	requests  = regexp.MustCompile(`(\d+) requests in`)
	refused   = regexp.MustCompile(`(Non-2xx.*|Socket errors.*)`)
)

func measure(b *testing.B, wrk string, s server, path, script string) turn {
	b.Helper()
	args := []string{"-t1", "-c" + strconv.Itoa(*clients), "-d" + strconv.Itoa(max(1, int(load.Seconds()))), "--latency"}
	if script != "" {
		args = append(args, "-s", script)
	}
	before := s.cpu(b)
	out, err := exec.Command(wrk, append(args, "http://"+s.address+path)...).CombinedOutput()
	took := s.cpu(b) - before
	text := string(out)
	if bad := refused.FindString(text); err != nil || bad != "" {
		b.Fatalf("%s: %v %s\n%s", path, err, bad, text)
	}
	rate, tail, all := perSecond.FindStringSubmatch(text), p99.FindStringSubmatch(text), requests.FindStringSubmatch(text)
	if rate == nil || tail == nil || all == nil {
		b.Fatalf("%s: %s", path, text)
	}
	n, _ := strconv.ParseFloat(rate[1], 64)
	d, _ := time.ParseDuration(tail[1])
	count, _ := strconv.ParseFloat(all[1], 64)
	return turn{n, d.Seconds() * 1e3, took.Seconds() * 1e6 / count}
}

// cpu is what the server has taken of the processors so far; Linux counts in hundredths of a second.
func (s server) cpu(b *testing.B) time.Duration {
	b.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.pid) + "/stat")
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}
