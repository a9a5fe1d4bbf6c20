package rows

import (
	"crypto/sha256"
	"encoding/hex"
)

// longestKey is how much of a key is kept as it is.
const longestKey = 64

// Once makes a row one of its kind: the thing that adds it, its key, and how many of the
// last keys of the thing are remembered.
type Once struct {
	Thing, Key string
	Last       int64
}

// Stored is the key as the table of keys has it: a long one by its sum, so that a peer
// cannot fill the disk with keys.
func (d *Once) Stored() string {
	if len(d.Key) <= longestKey {
		return d.Key
	}
	sum := sha256.Sum256([]byte(d.Key))
	return "sha256:" + hex.EncodeToString(sum[:])
}
