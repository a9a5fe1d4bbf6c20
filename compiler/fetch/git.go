package fetch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"flowc/lang/syntax"
)

// What is taken from a repository, and how long that may take.
const (
	maxFileBytes  = 1 << 20
	maxTotalBytes = 8 << 20
	maxFiles      = 1000
	maxListing    = 8 << 20
	patience      = 2 * time.Minute
)

// maxDownload bounds what a repository may take on the disk while it is fetched: all of
// the version that is asked for, whatever it is. Tests make it smaller.
var maxDownload int64 = 64 << 20

// git is a repository of our own in a folder that goes away: nothing is checked out, so
// nothing of it runs, and no link of it is followed.
type git struct {
	ctx     context.Context
	command string
	dir     string
}

// clone reads the .hcl files of a version of a repository.
func clone(ctx context.Context, r syntax.Remote) (map[string][]byte, error) {
	command, err := exec.LookPath("git")
	if err != nil {
		return nil, errors.New("to fetch a library takes git, and there is no `git` on the PATH; or copy the folder below the flow's")
	}
	dir, err := os.MkdirTemp("", "flowc-get-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	g := &git{ctx, command, dir}
	if _, err := g.run(1<<16, "init", "--quiet", "--bare", "--template=", g.repository()); err != nil {
		return nil, err
	}
	commit, err := g.fetch(r)
	if err != nil {
		return nil, err
	}
	return g.files(commit, r.Folder)
}

func (g *git) repository() string { return filepath.Join(g.dir, "repository") }

var wholeCommit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// fetch gets a version: a commit, or the tag v1.2.0 or 1.2.0.
func (g *git) fetch(r syntax.Remote) (commit string, err error) {
	url := r.Repository
	if !strings.Contains(url, "://") {
		url = "https://" + url
	}
	refs := []string{"refs/tags/v" + r.Version, "refs/tags/" + r.Version}
	if wholeCommit.MatchString(r.Version) {
		refs = []string{r.Version}
	}
	for _, ref := range refs {
		if err = g.download("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head",
			"--", url, "+"+ref+":refs/heads/wanted"); err == nil {
			break
		}
		switch {
		case g.ctx.Err() != nil:
			return "", g.inTime()
		case !strings.Contains(err.Error(), "couldn't find remote ref"):
			return "", err
		}
	}
	if err != nil {
		return "", err
	}
	out, err := g.run(1<<10, "rev-parse", "--verify", "--quiet", "refs/heads/wanted^{commit}")
	return strings.TrimSpace(string(out)), err
}

// run runs git and gives what it prints, at most so many bytes.
func (g *git) run(most int64, args ...string) ([]byte, error) {
	ctx, stop := context.WithCancel(g.ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, g.command, append(plainGit, args...)...)
	cmd.Dir, cmd.Env = g.dir, g.environment()
	cmd.WaitDelay = 5 * time.Second // what it started may hold on to its output
	var said bytes.Buffer
	cmd.Stderr = &limited{w: &said, left: 1 << 14}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	data, readErr := io.ReadAll(io.LimitReader(out, most+1))
	if int64(len(data)) > most {
		stop()
		cmd.Wait()
		return nil, errors.New("the repository is too big")
	}
	if err := cmd.Wait(); err != nil {
		if g.ctx.Err() != nil {
			return nil, g.inTime()
		}
		if what := malformed.FindStringSubmatch(said.String()); what != nil {
			return nil, errors.New("it holds what no repository should (git calls it " + what[1] + ")")
		}
		return nil, errors.New("git: " + lastLine(said.String(), err))
	}
	return data, readErr
}

// malformed is what git says of an object that its check refuses: a path that leads
// elsewhere, a folder that is called `..`, links where settings are read.
var malformed = regexp.MustCompile(`(?m)^(?:remote: )?(?:error|fatal|warning): object [0-9a-f]+: (\w+): `)

// plainGit holds back what a configuration or a repository could let git do.
var plainGit = []string{
	"-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false", "-c", "credential.helper=", "-c", "gc.auto=0",
	"-c", "maintenance.auto=false", "-c", "transfer.fsckObjects=true", "-c", "protocol.allow=never",
	"-c", "protocol.https.allow=always", "-c", "protocol.file.allow=always", "-c", "http.followRedirects=initial",
	"-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30",
	// One pack and not a file for each object, and no big one in memory.
	"-c", "fetch.unpackLimit=1", "-c", "core.bigFileThreshold=1m", "-c", "pack.threads=1",
}

// environment is nothing of the user's but the way to the network.
func (g *git) environment() []string {
	env := []string{
		"HOME=" + g.dir, "GIT_DIR=" + g.repository(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_ATTR_NOSYSTEM=1",
		"GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=", "SSH_ASKPASS=", "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C",
	}
	for _, name := range []string{"PATH", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO", "SystemRoot", "TMPDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// limited takes so many bytes and drops the rest.
type limited struct {
	w    io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	if _, err := l.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// lastLine is what git said in the end, without what a terminal would obey.
func lastLine(said string, err error) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	text := strings.TrimPrefix(strings.TrimSpace(lines[len(lines)-1]), "fatal: ")
	if text == "" {
		return err.Error()
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
