package gobuild

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// Cached gives an executable of m that is kept in the cache: it is built only where the module, the runtime, the
// target or the tags are not those of an earlier one. The file belongs to the cache; o.Out does not count.
func Cached(ctx context.Context, m Module, o Options) (file string, err error) {
	dir, err := writeModule(m.withTags(o.Tags), o.Cache)
	if err != nil {
		return "", err
	}
	// The folder's name tells the module and, through go.mod, the runtime.
	run := filepath.Join(filepath.Dir(filepath.Dir(dir)), "run")
	if err := os.MkdirAll(run, 0o755); err != nil {
		return "", err
	}
	o.Out = filepath.Join(run, o.Target.Executable(filepath.Base(dir)))
	now := time.Now()
	if os.Chtimes(o.Out, now, now) == nil {
		return o.Out, nil
	}
	stop := tellWhenLong(o)
	defer stop()
	return o.Out, goBuild(ctx, m, dir, o)
}
