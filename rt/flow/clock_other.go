//go:build !linux

package flow

// clockIsSet is always so on a desktop: its clock has a battery.
func (c *systemClock) clockIsSet() bool { return true }

func bootSeconds() int64 { return 0 }
