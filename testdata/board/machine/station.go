//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"flowc/rt/mqtt/witness"
)

const station = service("station")

// place is what the station speaks with.
type place struct {
	broker *witness.Broker
	// orders is the number of the last order.
	orders int
	mu     sync.Mutex
	// heard is what the station told the broker.
	heard []heard
}

// heard is a message with the moment at which it came, in microseconds since the machine began.
type heard struct {
	witness.Message
	at int64
}

func (p *place) hear(m witness.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard, heard{m, uptime()})
}

// all is what was heard of a topic.
func (p *place) all(topic string) (list []heard) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range p.heard {
		if h.Topic == topic {
			list = append(list, h)
		}
	}
	return list
}

// services tries programs as services of this machine's systemd.
func services() {
	console, err := os.OpenFile("/dev/console", os.O_RDWR, 0)
	must(err)
	must(syscall.Dup3(int(console.Fd()), 1, 0))
	defer off()
	defer say("end")
	p := &place{}
	p.broker, err = witness.At("127.0.0.1:1883")
	must(err)
	p.broker.OnPublish(p.hear)
	l, err := net.Listen("tcp", "127.0.0.1:8081")
	must(err)
	go http.Serve(l, p)
	say("systemd %s", strings.Fields(run("systemctl", "--version"))[1])
	for _, t := range []struct {
		name string
		test func()
	}{
		{"start", p.starts}, {"work", p.works}, {"sealed", p.sealed}, {"clock", p.clock}, {"dead letters", p.letters},
		{"wedge", func() { p.harmed("wedge", "watchdog") }},
		{"panic", func() { p.harmed("panic", "exit-code") }},
		{"memory", func() { p.harmed("memory", "oom-kill") }},
		{"garbage", p.garbage},
		{"kill", func() { p.harmed("kill", "signal") }},
		{"rest", p.rests}, {"stop", p.stops}, {"journal", p.journal},
	} {
		try(t.name, t.test)
	}
	if simulated() {
		try("pins", pins)
	}
}

// ServeHTTP answers a question, and refuses what is told.
func (p *place) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/refused" {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	io.WriteString(w, `{"size": 42}`)
}

// order tells the station something, so that it comes once: what harms it must not come again.
func (p *place) order(harm string, run bool) {
	p.orders++
	p.broker.Publish("order", fmt.Sprintf(`{"id": %d, "harm": %q, "run": %t}`, p.orders, harm, run), 0, false)
}

// pumps reports whether the pump was last told to run.
func (p *place) pumps() bool {
	all := p.all("pump")
	return len(all) > 0 && all[len(all)-1].Payload == "true"
}

// told reports whether the last order was answered.
func (p *place) told() bool {
	return slices.ContainsFunc(p.all("told"), func(h heard) bool {
		return strings.Contains(h.Payload, fmt.Sprintf(`"id":%d,`, p.orders))
	})
}

// runs waits until the station is well and its pump runs.
func (p *place) runs() {
	until("a subscription", func() bool { return p.broker.Connected() > 0 && len(p.broker.Subscribes()) > 0 })
	until("an answer", func() bool {
		p.order("none", true)
		time.Sleep(100 * time.Millisecond)
		return p.told() && p.pumps()
	})
}

func (p *place) starts() {
	install("station", "/flow", "/flow.service", map[string]string{"environment": "FLOW_GREETING=hello\n", "word": "a secret\n"})
	run("systemctl", "enable", "--now", "station")
	if got := station.show("ActiveState") + " " + station.show("StatusText"); got != "active 0 faults" {
		panic(got)
	}
	until("a login", func() bool { return len(p.broker.Connects()) > 0 })
	if c := p.broker.Connects()[0]; string(c.Password) != "a secret" {
		panic(fmt.Sprintf("the broker is told the password %q", c.Password))
	}
}

func (p *place) works() {
	p.runs()
	for _, h := range p.all("told") {
		if !strings.Contains(h.Payload, `"greeting":"hello"`) {
			panic(h.Payload)
		}
	}
	var last struct{ ID int }
	must(json.Unmarshal([]byte(page("127.0.0.1:8080/last")), &last))
	if last.ID == 0 {
		panic("the route knows of no order")
	}
	metrics := page("127.0.0.1:9100/metrics")
	for _, want := range []string{"flow_health ", `source="order",outcome="accepted"}`} {
		if !strings.Contains(metrics, want) {
			panic("no " + want + " in " + metrics)
		}
	}
	for _, file := range []string{"history.db", "state.db", "station-outbox.db"} {
		info, err := os.Stat("/var/lib/station/" + file)
		must(err)
		if info.Size() == 0 || info.Mode().Perm()&0o077 != 0 {
			panic(fmt.Sprintf("%s: %d bytes, %v", file, info.Size(), info.Mode()))
		}
	}
}

func page(address string) string {
	r, err := http.Get("http://" + address)
	must(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	must(err)
	return string(body)
}

// sealed looks whether the process is confined, as somebody of its own.
func (p *place) sealed() {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", station.process()))
	must(err)
	for _, want := range []string{"NoNewPrivs:\t1\n", "Seccomp:\t2\n", "CapEff:\t0000000000000000\n", "CapBnd:\t0000000000000000\n"} {
		if !strings.Contains(string(status), want) {
			panic("no " + want + " in " + string(status))
		}
	}
	if strings.Contains(string(status), "Uid:\t0\t") {
		panic("it is root")
	}
	if kernel := run("journalctl", "-k", "--no-pager"); strings.Contains(kernel, "type=1326") {
		panic(kernel)
	}
}

// clock lets chrony know the time, since the program may not ask the kernel.
func (p *place) clock() {
	began := time.Now().Add(-time.Hour)
	station.says(began, "the clock of this machine has not been set yet")
	without := chronyd()
	time.Sleep(6 * time.Second) // as long as it may take to ask again
	without()
	if strings.Contains(station.log(began), "has been set\n") {
		panic("it takes the clock for set")
	}
	defer chronyd("local stratum 1")()
	station.says(began, "the clock of this machine has been set\n")
}

// chronyd keeps no time, and answers who asks for it.
func chronyd(directives ...string) (stop func()) {
	c := exec.Command("chronyd", append([]string{"-d", "-x", "-u", "root", "port 0"}, directives...)...)
	must(c.Start())
	return func() {
		must(c.Process.Signal(syscall.SIGTERM))
		c.Wait()
	}
}

// letters looks at what a receiver refused, as the README says.
func (p *place) letters() {
	until("a dead letter", func() bool { return strings.Contains(run("station", "dead-letters", "list"), "refused: ") })
	if said := run("station", "dead-letters", "drop", "all"); !strings.Contains(said, "dropped") {
		panic(said)
	}
}

// safeWithin is how long the pump may run after the program has ended. This machine is emulated, perhaps beside other work:
// loading a program alone
// takes most of it. What a real one needs is measured in flowc/faults.
const safeWithin = 10 * time.Second

// harmed ends the program while its pump runs.
func (p *place) harmed(harm, result string) {
	p.runs()
	began, before := time.Now(), station.process()
	if harm == "kill" {
		must(syscall.Kill(before, syscall.SIGKILL))
	} else {
		p.order(harm, true)
	}
	until("an end", func() bool { return station.show("ExecMainPID") != fmt.Sprint(before) || station.process() == 0 })
	ended := station.moment("ExecMainExitTimestampMonotonic")
	station.running(before)
	again := station.moment("ExecMainStartTimestampMonotonic")
	var safe int64
	for _, h := range p.all("pump") { // by `safe-state`, which is over before the program starts again
		if h.Payload == "false" && h.at > ended && h.at < again {
			safe = h.at
		}
	}
	took := time.Duration(safe-ended) * time.Microsecond
	log := station.log(began)
	if !strings.Contains(log, "Failed with result '"+result+"'") {
		panic("not " + result + ": " + log)
	}
	say("%s: %s; the pump was off %v after the end", harm, result, took.Round(10*time.Millisecond))
	if ended == 0 || safe == 0 || took > safeWithin {
		panic(fmt.Sprintf("ended at %d, safe at %d, started again at %d: %s", ended, safe, again, log))
	}
}

// garbage lets the program take ten times its memory, of which it uses half at a time.
func (p *place) garbage() {
	p.runs()
	before := station.process()
	p.order("garbage", true)
	until("an answer", p.told)
	if station.process() != before {
		panic("the program was ended")
	}
}

// rests kills the program until it is let rest, which it says.
func (p *place) rests() {
	began := time.Now()
	for n := 0; !strings.Contains(station.show("StatusText"), "safe mode"); n++ {
		before := station.process()
		if n > 6 {
			panic("it does not rest: " + station.log(began))
		}
		must(syscall.Kill(before, syscall.SIGKILL))
		station.running(before)
	}
	if got := page("127.0.0.1:9100/healthz"); !strings.HasPrefix(got, "red\n- safe mode") {
		panic(got)
	}
	run("systemctl", "stop", "station")
	run("systemctl", "start", "station")
	if got := station.show("StatusText"); strings.Contains(got, "safe mode") {
		panic("it rests after somebody started it: " + got)
	}
}

// stops ends the program under load.
func (p *place) stops() {
	p.runs()
	for range 500 {
		p.order("none", true)
	}
	began := uptime()
	run("systemctl", "stop", "station")
	took := time.Duration(uptime()-began) * time.Microsecond
	say("stopped after %v", took.Round(10*time.Millisecond))
	if got := station.show("ActiveState") + " " + station.show("Result"); got != "inactive success" || took > 12*time.Second {
		panic(got)
	}
	if p.pumps() {
		panic("the pump runs")
	}
}

// journal looks whether lines of the log have the priorities that they should.
func (p *place) journal() {
	log := station.log(time.Now().Add(-time.Hour))
	for _, want := range []string{
		"4 station: warning the clock of this machine has not been set yet",
		"6 station: info the clock of this machine has been set",
		"3 station: error safe mode: ",
	} {
		if !strings.Contains("\n"+log, "\n"+want) {
			panic("no " + want + " in " + log)
		}
	}
}

// field is a text field of a line of JSON.
func field(line, name string) string {
	var fields map[string]any
	must(json.Unmarshal([]byte(line), &fields))
	text, _ := fields[name].(string)
	return text
}
