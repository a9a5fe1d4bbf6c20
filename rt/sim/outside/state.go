package outside

import (
	"os"
	"path/filepath"
)

// StateFolder is where a simulation keeps what outlives it, "" for one that leaves no
// files.
func StateFolder() string { return os.Getenv("FLOWC_SIM_STATE") }

// InState is the file in that folder that stands for a file of the flow: one that has a
// place of its own on the Pi too.
func InState(file string) string {
	if dir := StateFolder(); dir != "" {
		return filepath.Join(dir, filepath.Base(file))
	}
	return file
}
