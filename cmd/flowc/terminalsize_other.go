//go:build !linux && !darwin

package main

import "io"

// terminalRows and terminalColumns cannot ask here.
func terminalRows(io.Writer) int { return defaultRows }

func terminalColumns(io.Writer) int { return defaultColumns }
