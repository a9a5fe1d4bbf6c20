package web_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// serving is a flow that serves a folder at /ui, and everything at /all.
type serving struct {
	*rig
	server *web.Server
	dir    string
}

func newServing(t *testing.T) *serving {
	s := &serving{rig: newRig(t), server: &web.Server{Clients: 256, MaxBody: 1_000_000, Listen: "127.0.0.1:0"}, dir: filepath.Join(t.TempDir(), "public")}
	for name, text := range map[string]string{
		"public/index.html": "<h1>hello</h1>", "public/a b.txt": "spaced", "public/docs/index.html": "docs", "public/docs/x.JS": "1",
		"public/unknown.bin": "\x00", "public/.env": "PASSWORD=s3cret", "public/.git/config": "s3cret", "public/empty/x": "x",
		"public/no/index.html/x": "a folder of that name", "secret.txt": "s3cret",
	} {
		name = filepath.Join(filepath.Dir(s.dir), name)
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte(text), 0o644))
	}
	must(t, os.Symlink("../secret.txt", filepath.Join(s.dir, "out.txt")))
	must(t, os.Symlink("/etc", filepath.Join(s.dir, "etc")))
	must(t, os.Symlink("a b.txt", filepath.Join(s.dir, "in.txt")))
	must(t, syscall.Mkfifo(filepath.Join(s.dir, "pipe"), 0o644))
	s.add("api", s.server)
	s.add("all", &web.Files{Via: s.server, Get: "/", Files: s.dir})
	s.add("pages", &web.Files{Via: s.server, Get: "/ui", Files: s.dir})
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get asks without following a redirect or tidying the path, as an attacker does.
func (s *serving) get(path string, edit ...func(*http.Request)) (*http.Response, string) {
	s.t.Helper()
	q, err := http.NewRequest(http.MethodGet, "http://"+s.server.Address()+"/", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	q.URL.Opaque = path
	for _, f := range edit {
		f(q)
	}
	r, err := http.DefaultTransport.RoundTrip(q)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text, _ := io.ReadAll(r.Body)
	return r, flow.FormatInt(int64(r.StatusCode)) + " " + strings.TrimSpace(string(text))
}

func TestFiles(t *testing.T) {
	s := newServing(t)
	s.run()
	for path, want := range map[string]string{
		"/ui/":                "200 <h1>hello</h1>",
		"/ui/index.html":      "200 <h1>hello</h1>",
		"/ui/a%20b.txt":       "200 spaced",
		"/ui/in.txt":          "200 spaced",
		"/ui/docs/":           "200 docs",
		"/ui/docs/x.JS":       "200 1",
		"/ui/docs/../a b.txt": "400 400 Bad Request",
		"/":                   "200 <h1>hello</h1>",
		"/docs/":              "200 docs",
		"/ui/empty/":          "404 there is nothing here",
		"/ui/no/":             "301 ",
		"/ui/nothing":         "404 there is nothing here",
	} {
		if _, got := s.get(path); got != want && !(strings.HasPrefix(want, "301") && strings.HasPrefix(got, "301")) {
			t.Errorf("%s: %.80q, want %q", path, got, want)
		}
	}
	for path, want := range map[string]string{
		"/ui": "/ui/", "/ui/docs": "/ui/docs/", "/docs": "/docs/", "/docs?page=2&x=%2f": "/docs/?page=2&x=%2f", "/%75i": "/ui/", "/ui/no/": "/ui/no/index.html/",
	} {
		if r, _ := s.get(path); r.StatusCode != http.StatusMovedPermanently || r.Header.Get("Location") != want {
			t.Errorf("%s: %d to %s, want %s", path, r.StatusCode, r.Header.Get("Location"), want)
		}
	}
}

// Nothing outside of the folder, nothing hidden, and nothing that is no file can be
// reached; a redirect never leads to another server.
func TestFilesStayInTheirFolder(t *testing.T) {
	s := newServing(t)
	s.run()
	for _, path := range []string{
		"/ui/../secret.txt", "/ui/%2e%2e/secret.txt", "/ui/..%2fsecret.txt", "/ui/%2e%2e%2fsecret.txt", "/ui/..%5csecret.txt",
		"/ui/docs/../../../secret.txt", "/ui/docs/%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.txt", "/ui//../secret.txt", "/ui/./../secret.txt",
		"/ui/..;/secret.txt", "/ui/%252e%252e/secret.txt", "/ui/%c0%ae%c0%ae/secret.txt", "/ui/secret.txt%00.html",
		"/ui/out.txt", "/ui/etc/passwd", "/ui/etc/", "/ui/.env", "/ui/.git/config", "/ui/%2eenv", "/ui/pipe", "/ui/index.html/",
		"/ui//etc/passwd", "/ui/" + s.dir + "/index.html", "/ui%2f..%2fsecret.txt", "/..%2f..%2fetc%2fpasswd",
		"/%2fevil.example.com/..", "/ui/\\..\\secret.txt",
	} {
		r, got := s.get(path)
		if r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusBadRequest || strings.Contains(got, "s3cret") {
			t.Errorf("%s: %.80q, %s", path, got, r.Header.Get("Location"))
		}
	}
	for _, path := range []string{"//evil.example.com", "//evil.example.com/", "/ui//evil.example.com", "//docs"} {
		if got := raw(t, s.server, "GET "+path+" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"); got != "HTTP/1.1 404 Not Found" {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// A client that has the file is told so, and may ask for a part.
func TestFilesAreConditional(t *testing.T) {
	s := newServing(t)
	s.run()
	first, _ := s.get("/ui/a%20b.txt")
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	for _, c := range []struct{ name, value, want string }{
		{"If-None-Match", etag, "304 "},
		{"If-None-Match", `"other", ` + etag, "304 "},
		{"If-None-Match", "*", "304 "},
		{"If-None-Match", `"other"`, "200 spaced"},
		{"If-Modified-Since", modified, "304 "},
		{"If-Modified-Since", "Mon, 01 Jun 2020 10:00:00 GMT", "200 spaced"},
		{"If-Match", `"other"`, "412 "},
		{"Range", "bytes=2-3", "206 ac"},
		{"Range", "bytes=99-", "416 invalid range: failed to overlap"},
		{"If-None-Match", strings.Repeat(`"x",`, 3<<10) + etag, "304 "},
	} {
		if _, got := s.get("/ui/a%20b.txt", header(c.name, c.value)); got != c.want {
			t.Errorf("%s: %.20s: %q, want %q", c.name, c.value, got, c.want)
		}
	}
	must(t, os.WriteFile(filepath.Join(s.dir, "a b.txt"), []byte("changed"), 0o644))
	if _, got := s.get("/ui/a%20b.txt", header("If-None-Match", etag)); got != "200 changed" {
		t.Errorf("after a change: %s", got)
	}
}

func TestFilesHaveTypes(t *testing.T) {
	s := newServing(t)
	s.run()
	for path, want := range map[string]string{
		"/ui/": "text/html; charset=utf-8", "/ui/docs/x.JS": "text/javascript; charset=utf-8", "/ui/unknown.bin": "application/octet-stream",
		"/ui/a%20b.txt": "text/plain; charset=utf-8",
	} {
		if r, _ := s.get(path); r.Header.Get("Content-Type") != want || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %s, want %s", path, r.Header.Get("Content-Type"), want)
		}
	}
}

func TestFilesNeedTheirFolder(t *testing.T) {
	s := newServing(t)
	s.add("gone", &web.Files{Via: s.server, Get: "/x", Files: filepath.Join(s.dir, "gone")})
	if err := s.start(); err == nil || !strings.Contains(err.Error(), "gone cannot be read: no such file or directory") {
		t.Errorf("%v", err)
	}
}
