package plan

import (
	"path"

	"flowc/lang/delivery"
	"flowc/lang/typed"
)

// buffers finds where the outbox is, and which sinks must write before they send.
func (b *builder) buffers() {
	ways := delivery.New(b.flow.Things, b.flow.Persist)
	for _, th := range b.out.Things {
		if th.Buffer == nil || th.Shoot == nil {
			continue
		}
		if b.out.Outbox == "" {
			b.out.Outbox = outboxFile(b.flow)
		}
		th.First = ways.WritesFirst(th.Thing)
	}
}

// outboxFile lies beside what the program remembers.
func outboxFile(p *typed.Program) string {
	name := p.Name + "-outbox.db"
	if p.Persist != nil {
		return path.Join(path.Dir(p.Persist.File), name)
	}
	return name
}
