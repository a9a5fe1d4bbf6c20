//go:build long

package faults

const long = true
