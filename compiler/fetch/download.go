package fetch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"
)

var errBig = errors.New("the repository is too big")

// look is how often the size of a download is looked at.
const look = 50 * time.Millisecond

// download runs a command of git that fetches, and ends it when the repository takes
// more of the disk than it may: git itself has no bound for that.
func (g *git) download(args ...string) error {
	ctx, stop := context.WithCancelCause(g.ctx)
	defer stop(nil)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for g.size() <= maxDownload {
			select {
			case <-ctx.Done():
				return
			case <-time.After(look):
			}
		}
		stop(errBig)
	}()
	whole := *g
	whole.ctx = ctx
	_, err := whole.run(1<<16, args...)
	stop(nil)
	<-watched
	if errors.Is(context.Cause(ctx), errBig) || g.size() > maxDownload {
		return fmt.Errorf("%w: it may have %d MB, with all that lies beside the library", errBig, maxDownload>>20)
	}
	return err
}

// size is what the repository takes on the disk; what goes away meanwhile counts
// nothing.
func (g *git) size() int64 {
	total := int64(0)
	filepath.WalkDir(g.repository(), func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil
		}
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total
}

// inTime says why the context ended.
func (g *git) inTime() error {
	if errors.Is(g.ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("it did not come within %d minutes", int(patience.Minutes()))
	}
	return g.ctx.Err()
}
