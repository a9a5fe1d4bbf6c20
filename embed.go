// Package flowc carries the source of the runtime, so that a flow is always built with the runtime of the flowc that
// checked it. It stands at the root of the repository because go:embed cannot reach upwards.
package flowc

import (
	"embed"
	"io/fs"
)

//go:embed go.mod go.sum rt/*/*.go rt/*/*/*.go
var source embed.FS

// Source holds go.mod, go.sum and the runtime's Go files tests included: a go:embed pattern
// cannot leave them out, whoever extracts the runtime does.
func Source() fs.FS { return source }
