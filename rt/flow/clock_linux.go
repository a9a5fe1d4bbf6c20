package flow

import (
	"os"
	"strings"
	"syscall"
)

// rtcSince is the earliest moment that a clock with a battery can show: one without
// starts at 1970 when power comes back.
const rtcSince = "1735689600" // 2025-01-01 in seconds since 1970

// kernelUnsure is from how large an error on, in microseconds, the kernel does not vouch for its clock: that which it
// begins with, and comes to again when nobody corrects the clock for hours.
const kernelUnsure = 16_000_000

// clockIsSet reports whether somebody keeps the clock right. systemd-timesyncd leaves a file, and every time service
// tells the kernel; one that leaves STA_UNSYNC, as chrony without rtcsync, tells it how large the error is at most. A
// machine without a network may have a clock with a battery instead. A program that may not ask the kernel, since its
// unit says ProtectClock=, asks chrony.
func (c *systemClock) clockIsSet() bool {
	if _, err := os.Stat("/run/systemd/timesync/synchronized"); err == nil {
		return true
	}
	var t syscall.Timex
	_, err := syscall.Adjtimex(&t)
	switch {
	case err == syscall.EPERM:
		return batteryClock() || timeService.says(c, chronyPort)
	case err != nil:
		return true // where the kernel does not know, there is no better clock
	}
	const staUnsync = 0x40
	return t.Status&staUnsync == 0 || t.Maxerror < kernelUnsure || batteryClock()
}

// batteryClock reports whether there is a clock that goes on without power, and shows a time that can be.
func batteryClock() bool {
	b, err := os.ReadFile("/sys/class/rtc/rtc0/since_epoch")
	shown := strings.TrimSpace(string(b))
	return err == nil && (len(shown) > len(rtcSince) || len(shown) == len(rtcSince) && shown > rtcSince)
}

// bootSeconds is how long ago the machine was switched on.
func bootSeconds() int64 {
	var s syscall.Sysinfo_t
	_ = syscall.Sysinfo(&s)
	return int64(s.Uptime)
}
