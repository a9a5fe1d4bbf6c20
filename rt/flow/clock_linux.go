package flow

import (
	"os"
	"strings"
	"syscall"
)

// rtcSince is the earliest moment that a clock with a battery can show: one without
// starts at 1970 when power comes back.
const rtcSince = "1735689600" // 2025-01-01 in seconds since 1970

// clockIsSet asks the kernel whether somebody keeps the clock right: every time
// service clears STA_UNSYNC once it has heard a server, and systemd-timesyncd leaves a
// file. A machine without a network may have a clock with a battery instead.
func clockIsSet() bool {
	const staUnsync = 0x40
	var t syscall.Timex
	if _, err := syscall.Adjtimex(&t); err != nil || t.Status&staUnsync == 0 {
		return true // where the kernel does not say, there is no better clock
	}
	if _, err := os.Stat("/run/systemd/timesync/synchronized"); err == nil {
		return true
	}
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
