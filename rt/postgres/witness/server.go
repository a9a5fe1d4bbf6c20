// Package witness runs a real PostgreSQL server for tests, on 127.0.0.1 and a folder of
// its own, and looks into its tables with psql.
package witness

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The login of the server's owner, and the database that is there.
const (
	User     = "flow"
	Password = "let me in"
	Database = "house"
)

// patience is how long one step of a server may take: to end, to answer a statement, to make its data.
const patience = 2 * time.Minute

// ErrMissing is the error that no server is installed.
var ErrMissing = errors.New("no PostgreSQL server is installed")

// Server is a server with its data.
type Server struct {
	// Dir is the folder of the data and the socket, Port where it listens.
	Dir  string
	Port int

	bin     string
	owner   *syscall.Credential
	options []string

	mu  sync.Mutex
	cmd *exec.Cmd
	log bytes.Buffer
}

// Find gives the folder of the server's programs: where postgres is on the path, or
// where Debian keeps each version's.
func Find() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if p, err := exec.LookPath("postgres"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			found = append([]string{p}, found...)
		}
	}
	for _, p := range found {
		if _, err := os.Stat(filepath.Join(filepath.Dir(p), "initdb")); err == nil {
			return filepath.Dir(p), nil
		}
	}
	return "", ErrMissing
}

func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// New makes the data of a server and starts it; options are settings such as
// "ssl=on". Files are put into its folder before.
func New(files map[string][]byte, options ...string) (s *Server, err error) {
	s = &Server{options: options}
	if s.bin, err = Find(); err != nil {
		return nil, err
	}
	if s.Dir, err = os.MkdirTemp("", "flowc-postgres-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if err = s.own(); err != nil {
		return nil, err
	}
	files = withPassword(files)
	for name, text := range files {
		if err = s.put(name, text); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if out, err := s.command(ctx, "initdb", "-D", s.data(), "-U", User, "--pwfile="+filepath.Join(s.Dir, "password"), "--auth-local=trust",
		"--auth-host=scram-sha-256", "--no-sync", "--no-instructions", "--locale=C", "-E", "UTF8").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %v\n%s", err, out)
	}
	if s.Port, err = freePort(); err != nil {
		return nil, err
	}
	if err = s.Start(); err != nil {
		return nil, err
	}
	_, err = s.SQLIn("postgres", "CREATE DATABASE "+Database)
	return s, err
}

func withPassword(files map[string][]byte) map[string][]byte {
	all := map[string][]byte{"password": []byte(Password + "\n")}
	for name, text := range files {
		all[name] = text
	}
	return all
}

func (s *Server) data() string { return filepath.Join(s.Dir, "data") }

// own lets another user run the server, since it refuses to be root's.
func (s *Server) own() error {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return os.Chown(s.Dir, uid, gid)
	}
	return errors.New("there is no user `postgres` or `nobody` to run the server")
}

func (s *Server) put(name string, text []byte) error {
	file := filepath.Join(s.Dir, name)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	if s.owner == nil {
		return nil
	}
	return os.Chown(file, int(s.owner.Uid), int(s.owner.Gid))
}

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Dir = s.Dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=" + s.Dir, "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.owner, Pdeathsig: syscall.SIGQUIT}
	cmd.WaitDelay = 5 * time.Second // its children may hold what it writes to
	return cmd
}

// freePort finds a port below those that the system gives to outgoing connections: one of these could take it while the
// server is down.
func freePort() (port int, err error) {
	for range 100 {
		port = 10000 + rand.IntN(22000)
		var l net.Listener
		if l, err = net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, err
}

// Start starts the server, again after Stop or Kill, and waits until it answers.
func (s *Server) Start() error {
	port := strconv.Itoa(s.Port)
	args := []string{"-D", s.data(), "-p", port, "-k", s.Dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
		"-c", "shared_buffers=16MB", "-c", "log_min_messages=warning"}
	for _, o := range s.options {
		args = append(args, "-c", o)
	}
	cmd := s.command(context.Background(), "postgres", args...)
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	if err := cmd.Start(); err != nil {
		return err
	}
	s.mu.Lock()
	s.cmd = cmd
	s.mu.Unlock()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, err := s.SQLIn("postgres", "SELECT 1"); err == nil {
			return nil
		}
	}
	s.Kill()
	return fmt.Errorf("the server does not come up:\n%s", s.log.String())
}

// Stop ends the server in order: sessions are cut off, nothing is lost.
func (s *Server) Stop() { s.end(syscall.SIGINT) }

// Kill ends it at once: it recovers at the next start.
func (s *Server) Kill() { s.end(syscall.SIGQUIT) }

func (s *Server) end(signal syscall.Signal) {
	s.mu.Lock()
	cmd := s.cmd
	s.cmd = nil
	s.mu.Unlock()
	if cmd == nil {
		return
	}
	cmd.Process.Signal(signal)
	alarm := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer alarm.Stop()
	cmd.Wait()
}

// Close ends the server and takes its data away.
func (s *Server) Close() {
	s.Kill()
	os.RemoveAll(s.Dir)
}

// URL is the address of the database, without a login.
func (s *Server) URL() string { return fmt.Sprintf("postgres://127.0.0.1:%d/%s", s.Port, Database) }

// Socket is its address by way of the socket.
func (s *Server) Socket() string {
	return fmt.Sprintf("postgres://:%d/%s?host=%s", s.Port, Database, s.Dir)
}

// SQL runs statements in the database; the answer has a line for each row, columns with
// | between them.
func (s *Server) SQL(sql string) (string, error) { return s.SQLIn(Database, sql) }

// SQLIn is SQL in another database of the server.
func (s *Server) SQLIn(database, sql string) (string, error) {
	psql := filepath.Join(s.bin, "psql")
	if _, err := os.Stat(psql); err != nil {
		psql = "psql"
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, psql, "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", s.Dir, "-p", strconv.Itoa(s.Port), "-U", User, "-d", database, "-c", sql)
	cmd.Env = append(os.Environ(), "PGTZ=UTC")
	out, err := cmd.CombinedOutput()
	text := strings.TrimSpace(string(out))
	if ctx.Err() != nil {
		err = fmt.Errorf("no answer within %v", patience)
	}
	if err != nil {
		return "", fmt.Errorf("%v: %s", err, text)
	}
	return text, nil
}
