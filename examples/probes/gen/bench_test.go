package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"testing"

	"flowc/rt/flow"
)

// The work of one message, without the runtime around it: decode, filter, mean over the last ten, encode. The Go that
// flowc makes is to stay within 1.5 times of what one would write by hand for speed alone.
func BenchmarkDecodeFilterMeanEncode(b *testing.B) {
	var payloads [16][]byte
	for i := range payloads {
		payloads[i] = fmt.Appendf(nil, `{"number": %d, "temperature": %.2f, "battery": 3.012, "rssi": -61}`, 104711+i, 21.53+float64(i*i)/100)
	}
	for _, c := range []struct {
		name string
		run  func([]byte, []byte) []byte
	}{
		{"generated", newGenerated().run},
		{"hand-optimised", new(handmade).run},
		{"encoding-json", new(textbook).run},
	} {
		b.Run(c.name, func(b *testing.B) {
			dst := make([]byte, 0, 256)
			b.SetBytes(int64(len(payloads[0])))
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				dst = c.run(payloads[n%len(payloads)], dst[:0])
			}
			if len(dst) == 0 {
				b.Fatal("nothing was encoded")
			}
		})
	}
}

// All three give the same answers.
func TestBenchmarkedAgree(t *testing.T) {
	g, h, j := newGenerated(), new(handmade), new(textbook)
	for n := range 100 {
		payload := []byte(`{"number": ` + strconv.Itoa(n) + `, "temperature": ` + strconv.FormatFloat(float64(n*7919%3000)/100-5, 'f', 2, 64) +
			`, "battery": ` + strconv.FormatFloat(2.4+float64(n%7)/10, 'f', 2, 64) + `}`)
		want := string(j.run(payload, nil))
		for name, got := range map[string]string{"generated": string(g.run(payload, nil)), "hand-optimised": string(h.run(payload, nil))} {
			if got != want {
				t.Fatalf("%s: %s gives %q, want %q", name, payload, got, want)
			}
		}
	}
}

// generated runs the steps of the generated program in its order, and its decoder and encoder.
type generated struct {
	p    *Program
	part *namePart
	next probeMsg
}

func newGenerated() *generated {
	g := &generated{}
	flow.NewEngine(flow.SystemClock(), info, flow.Output{}, func(e *flow.Engine) flow.Program {
		g.p = newProgram(e)
		return g.p
	})
	g.part = g.p.newNamePart("attic")
	return g
}

func (g *generated) run(payload, dst []byte) []byte {
	p, s := g.p, g.part
	p.Pass++
	if err := p.probe.Decode(payload, &g.next); err != nil {
		return dst
	}
	s.probe.Happen(p.Pass, p.Time, g.next)
	if !s.good.Catch(p.Pass, p.Time, p.evalNameGood(s)) {
		return dst
	}
	if !s.meanIn.Track(p.Pass, p.Time, s.good.Happened(p.Pass), p.evalNameMeanIn(s)) {
		return dst
	}
	if !s.mean.CatchWhile(s.meanIn.OK, p.Pass, p.Time, p.evalNameMean(s)) {
		return dst
	}
	return p.answer.Encode(dst, answerMsg{Number: s.good.V.Number, Mean: s.mean.V})
}

// handmade is written for speed: one pass over the bytes, no copy, numbers read as digits.
type handmade struct {
	ring    [10]float64
	n, next int
}

func (h *handmade) run(payload, dst []byte) []byte {
	number, temperature, battery, ok := handDecode(payload)
	if !ok || battery <= 2.7 {
		return dst
	}
	h.ring[h.next] = temperature
	h.next = (h.next + 1) % len(h.ring)
	h.n = min(h.n+1, len(h.ring))
	sum := 0.0
	for i := range h.n {
		sum += h.ring[(h.next-h.n+i+len(h.ring))%len(h.ring)]
	}
	dst = append(dst, `{"number":`...)
	dst = strconv.AppendInt(dst, number, 10)
	dst = append(dst, `,"mean":`...)
	dst = strconv.AppendFloat(dst, sum/float64(h.n), 'f', -1, 64)
	return append(dst, '}')
}

// handDecode reads an object of numbers.
func handDecode(b []byte) (number int64, temperature, battery float64, ok bool) {
	i := handSpace(b, 0)
	if i >= len(b) || b[i] != '{' {
		return
	}
	i++
	for found := 0; ; {
		i = handSpace(b, i)
		if i >= len(b) || b[i] != '"' {
			return
		}
		from := i + 1
		for i = from; i < len(b) && b[i] != '"'; i++ {
		}
		if i >= len(b) {
			return
		}
		key := b[from:i]
		i = handSpace(b, i+1)
		if i >= len(b) || b[i] != ':' {
			return
		}
		v, end := handNumber(b, handSpace(b, i+1))
		switch string(key) {
		case "number":
			number, found = int64(v), found|1
		case "temperature":
			temperature, found = v, found|2
		case "battery":
			battery, found = v, found|4
		}
		i = handSpace(b, end)
		if i >= len(b) {
			return
		}
		if b[i] == '}' {
			return number, temperature, battery, found == 7
		}
		if b[i] != ',' {
			return
		}
		i++
	}
}

func handSpace(b []byte, i int) int {
	for i < len(b) && b[i] == ' ' {
		i++
	}
	return i
}

var handPowers = [...]float64{1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// handNumber is exact for up to 15 digits without an exponent.
func handNumber(b []byte, i int) (v float64, end int) {
	negative := i < len(b) && b[i] == '-'
	if negative {
		i++
	}
	mantissa, decimals, point := int64(0), 0, false
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c >= '0' && c <= '9':
			mantissa = mantissa*10 + int64(c-'0')
			if point {
				decimals++
			}
			continue
		case c == '.' && !point:
			point = true
			continue
		}
		break
	}
	v = float64(mantissa) / handPowers[decimals]
	if negative {
		v = math.Copysign(v, -1)
	}
	return v, i
}

// textbook is what most people would write.
type textbook struct{ last []float64 }

func (j *textbook) run(payload, dst []byte) []byte {
	var in struct {
		Number      int64   `json:"number"`
		Temperature float64 `json:"temperature"`
		Battery     float64 `json:"battery"`
	}
	if json.Unmarshal(payload, &in) != nil || in.Battery <= 2.7 {
		return dst
	}
	j.last = append(j.last, in.Temperature)
	if len(j.last) > 10 {
		j.last = j.last[1:]
	}
	sum := 0.0
	for _, v := range j.last {
		sum += v
	}
	text, err := json.Marshal(struct {
		Number int64   `json:"number"`
		Mean   float64 `json:"mean"`
	}{in.Number, sum / float64(len(j.last))})
	if err != nil {
		return dst
	}
	return append(dst, text...)
}
