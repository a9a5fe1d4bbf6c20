//go:build !long

package faults

const long = false
