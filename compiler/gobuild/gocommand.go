package gobuild

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// runGo compiles the module in dir to the file made.
func runGo(ctx context.Context, m Module, dir string, o Options, made string) error {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return errors.New("flowc needs the Go toolchain to build, and there is no `go` on the PATH; install it from https://go.dev/dl and try again")
	}
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags", linkFlags(o.Target)}
	if o.Target.Pi {
		for _, p := range cold {
			args = append(args, "-gcflags="+p+"=-l")
		}
	}
	if tags := buildTags(o); len(tags) > 0 {
		args = append(args, "-tags", strings.Join(tags, ","))
	}
	cmd := exec.CommandContext(ctx, goCommand, append(args, "-o", made, ".")...)
	cmd.Dir = dir
	cmd.Env = environment(os.Environ(), o.Target, dir)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return explain(m, o, output.String(), err)
	}
	return nil
}

// cold are packages in which no message spends its time: they start the program, open connections and word errors.
// Without inlining they are smaller on a Pi and nobody waits for them: 0.05 MB of the greenhouse, 0.18 MB of a program
// with TLS. What works on messages (strconv, the ciphers, paho, the runtime) is compiled as ever. Of those that a
// message does touch, internal/sync, syscall and time lose a call or two of a nanosecond, which no benchmark shows, for
// 6 to 18 KB. Elsewhere a first build would have to compile them once more.
var cold = []string{
	"crypto/ecdsa", "crypto/internal/fips140/ecdsa", "crypto/internal/fips140/rsa", "crypto/internal/fips140/tls12",
	"crypto/internal/fips140/tls13", "crypto/internal/hpke", "crypto/rsa", "crypto/tls", "crypto/x509/...", "encoding/asn1",
	"encoding/json", "encoding/pem", "fmt", "internal/sync", "log", "math/big", "net", "net/netip", "net/url",
	"periph.io/...", "reflect", "syscall", "time",
	"vendor/golang.org/x/crypto/cryptobyte/...", "vendor/golang.org/x/net/...",
}

// leaner are tags that leave out parts of Go's standard library which no program of ours uses: HTTP/2, which is 0.36 MB
// and a lot of surface for strangers. Elsewhere a first build would have to compile net/http once more.
var leaner = []string{"nethttpomithttp2"}

func buildTags(o Options) []string {
	if o.Target.Pi {
		return append(leaner[:len(leaner):len(leaner)], o.Tags...)
	}
	return o.Tags
}

// linkFlags strips the executable. Go rounds the segments of an ARM program to 64
// KB, the largest page of any ARM kernel; a Pi's are 4 or 16 KB, so rounding to
// those makes the file up to 0.1 MB smaller and nothing else.
func linkFlags(t Target) string {
	flags := "-s -w -buildid="
	if t.OS == "linux" && t.Pi {
		flags += " -R 16384"
	}
	return flags
}

// environment is the caller's without what would change the build. GOFLAGS is set and not cleared: where it is empty,
// the go command takes what `go env -w` once stored.
func environment(from []string, t Target, dir string) []string {
	set := []string{
		"GOWORK=off", "GOFLAGS=-mod=readonly", "GO111MODULE=on", "GOTOOLCHAIN=local", "CGO_ENABLED=0",
		"GOOS=" + t.OS, "GOARCH=" + t.Arch, "GOARM=" + t.Arm, "GOARM64=v8.0", "GOAMD64=v1", "GO386=sse2",
		"GOEXPERIMENT=", "PWD=" + dir,
	}
	var env []string
	for _, v := range from {
		name, _, _ := strings.Cut(v, "=")
		if !hasVariable(set, name) {
			env = append(env, v)
		}
	}
	return append(env, set...)
}

func hasVariable(set []string, name string) bool {
	for _, v := range set {
		if strings.HasPrefix(v, name+"=") {
			return true
		}
	}
	return false
}

// DefectError says that flowc made Go that does not compile: never the user's mistake.
type DefectError struct {
	// Flow is the source, Output what the go command said.
	Flow, Output string
}

// Error asks the user to report it, with the first line that the go command said.
func (e *DefectError) Error() string {
	return fmt.Sprintf("this is a defect in flowc, not in %s: the Go made from it does not compile. Please report it with the flow and this line: %s",
		e.Flow, firstError(e.Output))
}

// firstError is the first line with a place in it.
func firstError(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	for _, line := range lines {
		if !strings.HasPrefix(line, "#") && strings.Contains(line, ":") {
			return strings.TrimSpace(line)
		}
	}
	return lines[0]
}

// explain says in words of the home why the go command failed.
func explain(m Module, o Options, output string, err error) error {
	if own := ownErrors(output); len(own) > 0 {
		return &OwnError{Flow: m.Flow, Places: own, Output: output}
	}
	switch {
	case strings.Contains(output, "no space left on device"):
		return errors.New("the disk is full: Go could not write what it compiled")
	case strings.Contains(output, "requires go >="):
		return fmt.Errorf("the Go toolchain on the PATH is too old: %s", firstError(output))
	case strings.Contains(output, "unsupported GOOS/GOARCH"):
		return fmt.Errorf("Go cannot build for %s; `go tool dist list` prints what it can", o.Target)
	case strings.HasPrefix(output, "# ") || strings.Contains(output, "\n# ") || strings.Contains(output, "syntax error"):
		return &DefectError{Flow: m.Flow, Output: output}
	case missingModule(output):
		return fmt.Errorf("a module that the program needs is not on this machine and could not be fetched; connect to the network once and try again (%s)", firstError(output))
	case strings.TrimSpace(output) == "":
		return fmt.Errorf("the go command could not run: %w", err)
	}
	return &DefectError{Flow: m.Flow, Output: output}
}

func missingModule(output string) bool {
	for _, sign := range []string{"module lookup disabled", "dial tcp", "no such host", "i/o timeout", "connection refused"} {
		if strings.Contains(output, sign) {
			return true
		}
	}
	return false
}
