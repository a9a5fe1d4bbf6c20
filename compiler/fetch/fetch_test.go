package fetch

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/pem"
	"io"
	"log"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"flowc/lang/syntax"
)

// repository makes a repository that git serves, in a folder of the test.
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T) repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no git")
		}
		t.Skip("no git")
	}
	r := repository{t, filepath.Join(t.TempDir(), "repo")}
	if err := os.Mkdir(r.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r repository) git(args ...string) string {
	r.t.Helper()
	return r.gitWith(nil, args...)
}

func (r repository) gitWith(in []byte, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdin = r.dir, bytes.NewReader(in)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r repository) write(name string, data []byte) {
	r.t.Helper()
	whole := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(whole), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(whole, data, 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits what lies there, under a tag, and gives its name.
func (r repository) commit(tag string) string {
	r.git("add", "-A")
	r.git("commit", "-q", "-m", tag)
	r.git("tag", "v"+tag)
	return r.git("rev-parse", "HEAD")
}

// crafted commits a tree that git would not make, and gives it a tag.
func (r repository) crafted(tag string, entries ...string) {
	var tree bytes.Buffer
	for _, e := range entries { // mode name object
		words := strings.Fields(e)
		object, err := hex.DecodeString(words[2])
		if err != nil {
			r.t.Fatal(err)
		}
		tree.WriteString(words[0] + " " + words[1] + "\x00")
		tree.Write(object)
	}
	hash := r.gitWith(tree.Bytes(), "hash-object", "-w", "-t", "tree", "--stdin", "--literally")
	r.git("tag", "v"+tag, r.git("commit-tree", "-m", tag, hash))
}

const zoneFile = `component zone {
  inputs  = { dry = value(bool) }
  outputs = { text = include_text("words.txt") }
}
`

// flowWith is a flow that uses a version of a repository.
func flowWith(t *testing.T, from, version string) *syntax.Program {
	t.Helper()
	dir := t.TempDir()
	text := "use zone {\n  from    = \"" + from + "\"\n  version = \"" + version + "\"\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "flow.hcl"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p, found := syntax.Load(dir)
	if found.HasErrors() {
		t.Fatal(found[0].Summary, found[0].Why)
	}
	return p
}

// serve serves the folder above a repository over HTTPS at 127.0.0.1, by git's own
// program for that, and lets git trust it.
func serve(t *testing.T, r repository) (address string) {
	t.Helper()
	where, err := exec.Command("git", "--exec-path").Output()
	backend := filepath.Join(strings.TrimSpace(string(where)), "git-http-backend")
	if _, e := os.Stat(backend); err != nil || e != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no git-http-backend")
		}
		t.Skip("no git-http-backend")
	}
	server := httptest.NewUnstartedServer(&cgi.Handler{
		Path: backend,
		Env:  []string{"GIT_PROJECT_ROOT=" + filepath.Dir(r.dir), "GIT_HTTP_EXPORT_ALL=1", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=safe.directory", "GIT_CONFIG_VALUE_0=*"},
	})
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // who does not trust it hangs up
	server.StartTLS()
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(ca, block, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_SSL_CAINFO", ca)
	return server.URL
}

// TestOverHTTPS fetches by a tag, with and without its v, and by a whole commit; a
// text that the library includes comes with it.
func TestOverHTTPS(t *testing.T) {
	r := newRepository(t)
	r.write("zone/zone.hcl", []byte(zoneFile))
	r.write("zone/words.txt", []byte("fine words\n"))
	r.write("zone/other.txt", []byte("not asked for\n"))
	commit := r.commit("1.2.0")
	r.write("zone/words.txt", []byte("later words\n"))
	r.commit("1.3.0")
	url := serve(t, r)

	for _, version := range []string{"1.2.0", "v1.2.0", commit} {
		p := flowWith(t, url+"/repo//zone", version)
		list, err := Libraries(context.Background(), p)
		if err != nil {
			t.Fatalf("%s: %v", version, err)
		}
		if len(list) != 1 || !list[0].New {
			t.Fatalf("%s: %+v", version, list)
		}
		files, err := p.PinnedFiles(list[0].Remote, list[0].Sum)
		if err != nil || len(files) != 2 || string(files["zone/words.txt"]) != "fine words\n" {
			t.Errorf("%s: %v, %q", version, err, files)
		}
		again, err := Libraries(context.Background(), p)
		if err != nil || again[0].New || again[0].Sum != list[0].Sum {
			t.Errorf("%s, again: %v, %+v", version, err, again)
		}
	}
}

// TestHTTPSWithoutTrust: a server that nobody vouches for is not asked.
func TestHTTPSWithoutTrust(t *testing.T) {
	r := newRepository(t)
	r.write("zone/zone.hcl", []byte(zoneFile))
	r.commit("1.0.0")
	url := serve(t, r)
	if err := os.Unsetenv("GIT_SSL_CAINFO"); err != nil { // t.Setenv of serve puts back what was there
		t.Fatal(err)
	}
	t.Setenv("GIT_SSL_NO_VERIFY", "1") // of the user, and not passed on
	_, err := Libraries(context.Background(), flowWith(t, url+"/repo//zone", "1.0.0"))
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("got %v", err)
	}
}

// TestNoSuchVersion tells what git says of it.
func TestNoSuchVersion(t *testing.T) {
	r := newRepository(t)
	r.write("zone/zone.hcl", []byte(zoneFile))
	r.commit("1.0.0")
	for _, version := range []string{"9.9.9", strings.Repeat("1", 40)} {
		_, err := Libraries(context.Background(), flowWith(t, "file://"+r.dir+"//zone", version))
		if err == nil || !strings.Contains(err.Error(), "git: ") {
			t.Errorf("%s: got %v", version, err)
		}
	}
}

// TestHostile: what a repository may not hold is refused with its name, and nothing is
// left behind.
func TestHostile(t *testing.T) {
	r := newRepository(t)
	r.write("zone/zone.hcl", []byte(zoneFile))
	plain := r.commit("0.1.0")
	good := r.git("rev-parse", plain+":zone/zone.hcl")
	zone := r.git("rev-parse", plain+":zone")

	r.crafted("1.0.0", "100644 ../outside.hcl "+good)
	r.crafted("1.0.1", "40000 .. "+zone)
	r.crafted("1.1.0", "160000 zone "+plain)
	r.crafted("1.1.1", "100644 a.hcl "+good, "160000 zone.hcl "+plain)
	link := r.gitWith([]byte("../../etc"), "hash-object", "-w", "--stdin")
	r.crafted("1.2.0", "100644 a.hcl "+good, "120000 zone "+link)
	r.crafted("1.2.1", "120000 zone.hcl "+link)
	words := r.gitWith([]byte("/etc/passwd"), "hash-object", "-w", "--stdin")
	r.crafted("1.3.0", "120000 words.txt "+words, "100644 zone.hcl "+good)
	big := r.gitWith(bytes.Repeat([]byte("x"), maxFileBytes+1), "hash-object", "-w", "--stdin")
	r.crafted("1.4.0", "100644 zone.hcl "+big)
	r.crafted("1.4.1", "100644 words.txt "+big, "100644 zone.hcl "+good)

	for version, want := range map[string]string{
		"1.0.0": "it holds what no repository should (git calls it fullPathname)",
		"1.0.1": "it holds what no repository should (git calls it hasDotdot)",
		"1.1.0": `"zone" is another repository (a submodule)`,
		"1.1.1": `"zone.hcl" is another repository (a submodule)`,
		"1.2.0": `"zone" is a link`,
		"1.2.1": `"zone.hcl" is a link`,
		"1.3.0": `"words.txt" is a link`,
		"1.4.0": `"zone.hcl" is too big`,
		"1.4.1": `"words.txt" is too big`,
	} {
		p := flowWith(t, "file://"+r.dir+"//zone", version)
		_, err := Libraries(context.Background(), p)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", version, err, want)
		}
		for _, name := range []string{"flow.lock", ".flowc"} {
			if _, err := os.Stat(filepath.Join(p.Dir, name)); err == nil {
				t.Errorf("%s: left %s behind", version, name)
			}
		}
	}
}

// TestTooMuch: a repository with more than may be downloaded is refused, whatever of it
// the flow would use.
func TestTooMuch(t *testing.T) {
	r := newRepository(t)
	r.write("zone/zone.hcl", []byte(zoneFile))
	noise := make([]byte, 3<<20) // does not compress
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	r.write("film.bin", noise)
	r.commit("1.0.0")
	p := flowWith(t, "file://"+r.dir+"//zone", "1.0.0")
	defer func(n int64) { maxDownload = n }(maxDownload)
	maxDownload = 1 << 20
	if _, err := Libraries(context.Background(), p); err == nil || !strings.Contains(err.Error(), "the repository is too big: it may have 1 MB") {
		t.Errorf("got %v", err)
	}
	maxDownload = 16 << 20
	if _, err := Libraries(context.Background(), p); err != nil {
		t.Error(err)
	}
}

// TestManyFiles: so many files would be too much of a library.
func TestManyFiles(t *testing.T) {
	r := newRepository(t)
	r.write("zone.hcl", []byte(zoneFile))
	good := r.gitWith([]byte(zoneFile), "hash-object", "-w", "--stdin")
	var index strings.Builder
	for n := range maxFiles + 1 {
		index.WriteString("100644 " + good + "\tn" + strings.Repeat("x", n%7) + string(rune('a'+n%26)) + hex.EncodeToString([]byte{byte(n >> 8), byte(n)}) + ".hcl\n")
	}
	r.gitWith([]byte(index.String()), "update-index", "--add", "--index-info")
	r.git("commit", "-q", "-m", "many")
	r.git("tag", "v1.0.0")
	_, err := Libraries(context.Background(), flowWith(t, "file://"+r.dir, "1.0.0"))
	if err == nil || !strings.Contains(err.Error(), "more than 1,000") {
		t.Errorf("got %v", err)
	}
}
