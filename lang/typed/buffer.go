package typed

import (
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Buffer is `buffer = { … }` of a sink.
type Buffer struct {
	Keep time.Duration
	// Size is in bytes.
	Size, Rows int64
	// On, When and OnFull are members of their enumerations.
	On, When, OnFull string
	// RenamedFrom is the name that the sink had before.
	RenamedFrom string
	// Sets are the settings as they were given.
	Sets  []*Set
	Range hcl.Range
}

// Set gives a setting its value, by the name that it has in the flow.
func (b *Buffer) Set(name string, k *Const) {
	if k == nil {
		return
	}
	switch v := k.V.(type) {
	case time.Duration:
		b.Keep = v
	case int64:
		b.Rows = v
	case float64:
		b.Size = int64(v)
	case string:
		switch name {
		case "on":
			b.On = v
		case "when":
			b.When = v
		case "on_full":
			b.OnFull = v
		}
	}
}
