package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"flowc/rt/sim/report"
)

// playTests lets a program play its tests, in the folder of the flow, and hands over each result as it comes.
func playTests(ctx context.Context, program, folder string, wanted report.Request, result func(report.Result)) error {
	request, err := json.Marshal(wanted)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "FLOWC_SIM_TESTS=1", "TZ=UTC")
	cmd.Dir = folder
	cmd.Stdin = bytes.NewReader(request)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	n := 0
	lines := bufio.NewReader(out)
	for {
		line, readErr := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var r report.Result
			if err := json.Unmarshal(line, &r); err != nil {
				cmd.Process.Kill()
				cmd.Wait()
				return fmt.Errorf("a result cannot be read: %w", err)
			}
			if r.Coverage == nil {
				n++
			}
			result(r)
		}
		if readErr != nil {
			break
		}
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && n == len(wanted.Tests):
		return nil
	case said.Len() > 0:
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return errors.New("the program that plays them ended early: " + printable(first))
	}
	return errors.New("the program that plays them ended early")
}
