//go:build !unix

package flow

import (
	"io"
	"os"
)

func toJournal() bool { return false }

// othersMayRead cannot tell where files have no permission bits.
func othersMayRead(os.FileInfo) bool { return false }

type journal struct{ io.Writer }
