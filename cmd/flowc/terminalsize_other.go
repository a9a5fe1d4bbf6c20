//go:build !linux && !darwin

package main

import "io"

// terminalRows cannot ask here.
func terminalRows(io.Writer) int { return defaultRows }
