package health

import (
	"io"
	"strconv"
	"testing"

	"flowc/rt/flow"
)

// manyWires has as many wires as a flow with ten thousand keys, built as generated Go builds them.
type manyWires struct {
	program
	parts []struct {
		key string
		v   flow.Value[float64]
	}
}

func (p *manyWires) Wires() []flow.Watch {
	var list []flow.Watch
	for n := range p.parts {
		s := &p.parts[n]
		key := "[\"" + s.key + "\"]"
		list = append(list, flow.Watch{Name: "soil" + key, Text: func() string {
			return flow.WatchLevel(s.v.Val(), func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) })
		}})
	}
	return list
}

// BenchmarkLook is for how long a question for /state keeps instants waiting, for /metrics in `none`.
func BenchmarkLook(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		p := &manyWires{program: program{&well{}}}
		p.parts = make([]struct {
			key string
			v   flow.Value[float64]
		}, n)
		for i := range p.parts {
			p.parts[i].key = "bed" + strconv.Itoa(i)
		}
		e := flow.NewEngine(flow.SystemClock(), flow.Info{Name: "many", Nodes: []flow.Node{{Name: "well"}}}, flow.Output{Log: io.Discard}, func(*flow.Engine) flow.Program { return p })
		for _, wires := range []bool{false, true} {
			name := strconv.Itoa(n)
			if !wires {
				name += " none"
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for range b.N {
					if r := reportOf(e, wires); wires && len(r.wires) != min(n, mostWires) {
						b.Fatal(len(r.wires))
					}
				}
			})
		}
	}
}
