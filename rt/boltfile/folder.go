package boltfile

import (
	"os"
	"path/filepath"
)

// SyncFolder makes the names in a file's folder last. Where a folder cannot be synced, the
// order of the names is the system's own.
func SyncFolder(name string) {
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return
	}
	_ = d.Sync()
	_ = d.Close()
}
