package sim

import (
	"time"

	"flowc/rt/flow"
)

// boot starts the program, with what is stored of an earlier run.
func (p *player) boot() bool {
	e := flow.NewEngine(p.clock, p.spec.Info, flow.Output{Log: p.out, Direct: true}, func(e *flow.Engine) flow.Program {
		program := p.spec.Build(e)
		p.program, _ = program.(flow.Watched)
		return program
	})
	p.engine = e
	e.AfterInstant(p.report)
	if m := p.spec.Memory; m != nil {
		if p.stored != nil {
			m.Put(e, p.stored)
		}
		p.next = p.clock.Mono() + m.Every()
	}
	if err := e.Start(); err != nil {
		p.print("error " + err.Error())
		return false
	}
	e.Settle()
	return true
}

// take stores what the program remembers.
func (p *player) take() {
	p.stored = p.spec.Memory.Take(p.engine)
	p.next = p.clock.Mono() + p.spec.Memory.Every()
}

// again is `restart 10s`, or `kill 10s`: the program ends and is started again so much
// later. One that is killed remembers what it had stored last.
func (p *player) again(words []string) (problem string) {
	var down time.Duration
	if len(words) > 2 || len(words) == 2 && flow.ParseDuration(&down)(words[1]) != nil {
		return "use: " + words[0] + ", or " + words[0] + " 10s"
	}
	if p.spec.Memory != nil && words[0] == "restart" {
		p.take()
	}
	p.stopped(p.engine.Stop)
	p.clock.Advance(down)
	if !p.boot() {
		return "the program does not start again"
	}
	return ""
}
