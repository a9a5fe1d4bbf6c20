package outbox

import (
	"errors"
	"os"
	"path/filepath"
)

// services is where systemd keeps the state of services, each in a folder of its name.
var services = "/var/lib"

// ofService is where the outbox is for somebody at a shell, to whom the service manager does not tell the state folder:
// where there is none here, that of the service of this name.
func ofService(program, name string) string {
	if os.Getenv("STATE_DIRECTORY") != "" || filepath.IsAbs(name) {
		return name
	}
	if _, err := os.Stat(name); err == nil {
		return name
	}
	const longest = 31 // of the name of a user, and so of a service that `flowc unit` makes
	if of := filepath.Join(services, program[:min(len(program), longest)], name); exists(of) {
		return of
	}
	return name
}

// exists also says so of what only others may see: that is then told.
func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil || errors.Is(err, os.ErrPermission)
}
