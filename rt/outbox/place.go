//go:build !sim

package outbox

import (
	"os"
	"path/filepath"
)

// place is where a file is: beside the program, or in the service's state folder.
func place(name string) string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" && !filepath.IsAbs(name) {
		return filepath.Join(dir, name)
	}
	return name
}
