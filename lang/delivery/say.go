package delivery

import (
	"fmt"
	"strconv"
	"strings"

	"flowc/lang/typed"
)

// Row is a word and what there is to say under it.
type Row struct{ Word, Text string }

// Rows tell why a way is no surer than it is, when the source is told that it has arrived, and what a crash
// can do to it.
func (p Path) Rows() []Row {
	var list []Row
	for _, c := range p.Causes {
		if c.Sort != NoKey {
			list = append(list, Row{"because", c.String()})
		}
	}
	list = append(list, Row{"acknowledged", p.acknowledged()}, Row{"a kill or a power cut", p.crash()})
	for _, d := range p.Drops {
		list = append(list, Row{"let go", d.String()})
	}
	return list
}

// String is why a way is not surer.
func (c Cause) String() string {
	switch c.Sort {
	case Borne:
		return "`delivery = " + Loose + "` of " + c.Thing.Name + ": a loss can be borne"
	case NoRepeat:
		return "`" + c.X.Base().Text + "` " + c.Why + ", and nothing keeps it until it has arrived"
	case UnsureSource, Unconfirmed:
		if c.Set == nil {
			return "nothing confirms what `" + c.Thing.Name + "` was given"
		}
		return setting(c.Thing, c.Set) + ": " + c.Why
	case Held:
		return "`" + c.name() + "` keeps it in memory for a while"
	case Thinned:
		return "`" + c.name() + "` may take a repetition for one that it has had"
	}
	return "`" + c.Thing.Name + "` cannot tell a repetition"
}

// name is that of the operator.
func (c Cause) name() string { return c.X.(*typed.OpCall).Op.Name }

// has gives the first cause of a sort.
func (p Path) has(sort CauseSort) (Cause, bool) {
	for _, c := range p.Causes {
		if c.Sort == sort {
			return c, true
		}
	}
	return Cause{}, false
}

// acknowledged says when the source is told that all is done, or from when on nothing is
// lost where there is nobody to tell.
func (p Path) acknowledged() string {
	if c, ok := p.has(Borne); ok {
		return "at once, and nobody waits for `" + c.Thing.Name + "`"
	}
	if c, ok := p.has(Held); ok {
		return "as soon as `" + c.name() + "` has it in memory"
	}
	when := "when " + p.Sink.Kind.Confirms
	if c, ok := p.has(Unconfirmed); ok {
		when = "as soon as `" + c.Thing.Name + "` has handed it over"
	}
	switch {
	case p.First:
		when = "when its row is on the disk, before it is sent"
	case p.Buffered:
		when += ", or its row is on the disk"
	}
	if p.Origin.Repeats() != "" {
		if _, unsure := p.has(UnsureSource); unsure {
			return "nobody waits for that"
		}
		return when + "; until then " + p.Origin.Repeats()
	}
	if p.Class < AtLeastOnce {
		return "nobody waits for that"
	}
	return when
}

// crash says what a kill or a power cut does; what is synced to the disk survives both.
func (p Path) crash() string {
	again := p.again()
	if p.Class == BestEffort {
		return "loses " + p.lost() + again
	}
	if p.Origin.Repeats() == "" || p.First {
		full := ""
		if b := p.Sink.Buffer; b != nil && b.OnFull == "block" && p.Origin.Repeats() == "" {
			full = ", and, once the buffer is full, all that waits for room"
		}
		return "loses what happened in the last moment and is not on the disk yet" + full + again
	}
	return "loses nothing" + again
}

// lost is what a crash can lose on a way of best effort.
func (p Path) lost() string {
	if _, ok := p.has(Borne); ok && p.Buffered {
		return "what has not arrived and is not on the disk yet"
	}
	if c, ok := p.has(Held); ok {
		return "what `" + c.name() + "` holds"
	}
	if _, ok := p.has(UnsureSource); ok {
		return "what is under way, and what comes until the program runs again"
	}
	if c, ok := p.has(Thinned); ok {
		return "what was under way, if `" + c.name() + "` then keeps it back"
	}
	if _, ok := p.has(Unconfirmed); ok {
		return "what was handed over and did not arrive"
	}
	return "all that has not arrived yet"
}

// again says how many may arrive twice.
func (p Path) again() string {
	if p.Class == EffectOnce {
		return "; what comes twice counts once"
	}
	n, _ := strconv.Atoi(p.Sink.Kind.Again)
	for _, s := range p.Sink.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == p.Sink.Kind.Again {
			v, _ := k.V.(int64)
			n = int(v)
		}
	}
	if n == 0 || p.Class == BestEffort || p.Origin.Repeats() == "" && !p.Buffered {
		return ""
	}
	if n == 1 {
		return "; one may arrive twice"
	}
	return fmt.Sprintf("; up to %d may arrive twice", n)
}

// String is what a setting lets go.
func (d Drop) String() string {
	return "what " + setting(d.Thing, d.Set) + " leaves out, which is counted"
}

// setting is "`qos = 0` of soil".
func setting(th *typed.Thing, s *typed.Set) string {
	text := strings.TrimSpace(s.X.Base().Text)
	return "`" + s.Field.Name + " = " + text + "` of " + th.Name
}
