package health

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// metrics writes the text format of Prometheus, version 0.0.4.
type metrics struct{ b []byte }

// family begins a metric; each of its samples follows.
func (m *metrics) family(name, kind, help string) {
	m.b = append(m.b, "# HELP "+name+" "+help+"\n# TYPE "+name+" "+kind+"\n"...)
}

// sample is a value, with names and values of labels by turns.
func (m *metrics) sample(name string, value float64, labels ...string) {
	m.b = append(m.b, name...)
	for i := 0; i < len(labels); i += 2 {
		sep := ","
		if i == 0 {
			sep = "{"
		}
		m.b = append(m.b, sep+labels[i]+"=\""+escape.Replace(labels[i+1])+"\""...)
	}
	if len(labels) > 0 {
		m.b = append(m.b, '}')
	}
	m.b = append(m.b, ' ')
	m.b = strconv.AppendFloat(m.b, value, 'g', -1, 64)
	m.b = append(m.b, '\n')
}

var escape = strings.NewReplacer("\\", "\\\\", "\"", "\\\"", "\n", "\\n")

func (m *metrics) one(name, kind, help string, value float64) {
	m.family(name, kind, help)
	m.sample(name, value)
}

func (p *Page) metrics(r *report, v verdict) []byte {
	m := &metrics{}
	m.family("flow_info", "gauge", "The flow and the hash of its text.")
	m.sample("flow_info", 1, "name", r.info.Name, "hash", r.info.Hash)
	m.one("flow_health", "gauge", "2 for green, 1 for yellow, 0 for red.", map[color]float64{green: 2, yellow: 1}[v.color])
	m.one("flow_uptime_seconds", "gauge", "Time since the program started.", float64(p.clock.Mono())/float64(time.Second))
	m.one("flow_passes_total", "counter", "Passes through the equations; an occurrence takes one or more.", float64(r.passes))
	m.one("flow_faults_total", "counter", "Faults, those included that the log only counts.", float64(r.faults))
	m.one("flow_waiting", "gauge", "Occurrences that wait for their turn.", float64(r.waiting))
	m.one("flow_waiting_bytes", "gauge", "What waits in the queues of sources.", float64(r.bytes))
	m.things(r)
	m.buffers(r)
	m.process()
	return m.b
}

// outcome is how many ended in one way.
type outcome struct {
	name string
	n    uint64
}

func (m *metrics) things(r *report) {
	const total = "flow_occurrences_total"
	m.family(total, "counter", "Occurrences of a source by what became of them: accepted = delivered + dropped + dead + handed + in flight.")
	for _, t := range r.things {
		if t.source {
			for _, o := range []outcome{{"accepted", t.Accepted}, {"delivered", t.Delivered}, {"dropped", t.Dropped}, {"dead", t.Dead}, {"handed", t.Handed}, {"refused", t.Refused}} {
				m.sample(total, float64(o.n), "source", t.Name, "outcome", o.name)
			}
		}
	}
	m.family("flow_in_flight", "gauge", "Occurrences of a source whose effects are not over.")
	for _, t := range r.things {
		if t.source {
			m.sample("flow_in_flight", float64(t.InFlight), "source", t.Name)
		}
	}
	m.family("flow_quarantined", "gauge", "1 for what was stopped three times within a minute.")
	for _, t := range r.things {
		if t.held {
			m.sample("flow_quarantined", 1, "at", t.Pos, "name", t.Name)
		}
	}
}

func (m *metrics) buffers(r *report) {
	if len(r.buffers) == 0 {
		return
	}
	const total = "flow_buffer_rows_total"
	m.family(total, "counter", "Rows of a buffer by what became of them: stored = sent + dropped + dead + waiting.")
	for _, b := range r.buffers {
		for _, o := range []outcome{{"stored", b.Stored}, {"sent", b.Sent}, {"dropped", b.Dropped}, {"dead", b.Dead}, {"refused", b.Refused}} {
			m.sample(total, float64(o.n), "sink", b.name, "outcome", o.name)
		}
	}
	m.family("flow_buffer_waiting", "gauge", "Rows that wait in a buffer.")
	for _, b := range r.buffers {
		m.sample("flow_buffer_waiting", float64(b.Waiting), "sink", b.name)
	}
	m.family("flow_buffer_bytes", "gauge", "What the waiting rows take.")
	for _, b := range r.buffers {
		m.sample("flow_buffer_bytes", float64(b.Bytes), "sink", b.name)
	}
	m.family("flow_dead_letters", "gauge", "Dead letters that lie in the store.")
	for _, b := range r.buffers {
		m.sample("flow_dead_letters", float64(b.Letters), "sink", b.name)
	}
}

// process tells of the process, by the names that every exporter has for it.
func (m *metrics) process() {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	m.one("go_memstats_heap_inuse_bytes", "gauge", "Heap that is in use.", float64(s.HeapInuse))
	m.one("go_memstats_sys_bytes", "gauge", "Memory that Go has from the system.", float64(s.Sys))
	m.one("go_goroutines", "gauge", "Goroutines.", float64(runtime.NumGoroutine()))
	if pages, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := strings.Fields(string(pages)); len(f) > 1 {
			n, _ := strconv.ParseInt(f[1], 10, 64)
			m.one("process_resident_memory_bytes", "gauge", "Memory of the process.", float64(n)*float64(os.Getpagesize()))
		}
	}
	if files, err := os.ReadDir("/proc/self/fd"); err == nil {
		m.one("process_open_fds", "gauge", "Open files.", float64(len(files)))
	}
}
