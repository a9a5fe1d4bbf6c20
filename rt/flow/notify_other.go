//go:build !linux || 386 || s390x

package flow

func notifier(string) func(text string, patient bool) { return nil }
