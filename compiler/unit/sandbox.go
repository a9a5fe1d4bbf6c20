package unit

import "strings"

// devices says which devices it may open.
func (u *unit) devices() {
	u.say("of /dev only what every program has", "DevicePolicy=closed")
	if u.needs.own {
		u.note("what the flow's own Go opens of /dev is not known here: DeviceAllow=…")
	}
	if u.needs.pins {
		u.say("and the chips of the pins, whose numbers differ between boards", "DeviceAllow=char-gpiochip rw")
	} else if !u.needs.own {
		u.say("there is nothing else in its /dev", "PrivateDevices=yes")
	}
}

// network says with whom it may speak.
func (u *unit) network() {
	if !u.needs.network {
		with := "the service manager alone"
		if len(u.needs.sockets) > 0 {
			with = "the service manager, and at the socket in " + strings.Join(u.needs.sockets, ", ")
		}
		u.say("it speaks with "+with, "RestrictAddressFamilies=AF_UNIX")
		u.say("and has no network", "PrivateNetwork=yes")
		u.say("to be sure", "IPAddressDeny=any")
		return
	}
	u.say("the network, and the service manager", "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6")
	switch {
	case u.options.OwnNetwork:
		u.note("which addresses its own Go speaks with is not known here; see IPAddressDeny= and IPAddressAllow=")
	case u.needs.open != "":
		u.note(u.needs.open + "; to let fewer in, see IPAddressDeny= and IPAddressAllow=")
	case u.needs.named != "":
		u.note(u.needs.named + "; where its addresses are known, and those of the name servers: IPAddressDeny=any, IPAddressAllow=…")
	default:
		u.say("all addresses of the flow are known", "IPAddressDeny=any")
		if len(u.needs.peers) > 0 {
			u.say("they are these", "IPAddressAllow="+strings.Join(u.needs.peers, " "))
		}
	}
}

// note is a line without a directive.
func (u *unit) note(text string) { u.text.WriteString("# " + text + "\n") }

// machine shuts what no flow touches.
func (u *unit) machine() {
	for _, d := range [][2]string{
		{"the system is read only", "ProtectSystem=strict"},
		u.homes(),
		{"a /tmp of its own", "PrivateTmp=yes"},
		{"what is mounted there is mounted nowhere else", "PrivateMounts=yes"},
		{"other programs cannot be seen", "ProtectProc=invisible"},
		{"nor the rest of /proc", "ProcSubset=pid"},
		{"/sys and /proc/sys are read only", "ProtectKernelTunables=yes"},
		{"no module is loaded", "ProtectKernelModules=yes"},
		{"the kernel's log is not read", "ProtectKernelLogs=yes"},
		{"control groups are read only", "ProtectControlGroups=yes"},
		{"the machine keeps its name", "ProtectHostname=yes"},
		{"no memory shared with others", "PrivateIPC=yes"},
		{"and none left behind", "RemoveIPC=yes"},
		{"no keys of others", "KeyringMode=private"},
		{"no containers", "RestrictNamespaces=yes"},
		{"no priority over everything", "RestrictRealtime=yes"},
		{"no files that run as somebody else", "RestrictSUIDSGID=yes"},
		{"no other machine's ways", "LockPersonality=yes"},
		{"no code is made while it runs", "MemoryDenyWriteExecute=yes"},
	} {
		u.say(d[0], d[1])
	}
}

// homes says what it sees of the homes: of them a program that is in one has to be read.
func (u *unit) homes() [2]string {
	for _, home := range []string{"/home/", "/root/", "/run/user/"} {
		if strings.HasPrefix(u.options.Program, home) {
			return [2]string{"homes are read only; the program is in one, which everybody must be able to enter (chmod o+x)", "ProtectHome=read-only"}
		}
	}
	return [2]string{"nobody's home is there (the program is in none)", "ProtectHome=yes"}
}

// calls says what it may ask of the kernel.
func (u *unit) calls() {
	u.say("calls of this processor only", "SystemCallArchitectures=native")
	u.say("what services use", "SystemCallFilter=@system-service")
	u.say("less what changes users, limits and priorities", "SystemCallFilter=~@privileged @resources")
	switch {
	case u.needs.clock && u.needs.network:
		u.say("the clock is not set; for schedules timesyncd or chrony says whether it was. With another time service: ProtectClock=no, SystemCallFilter=adjtimex", "ProtectClock=yes")
	case u.needs.clock:
		u.say("its schedules ask whether the clock was set; ProtectClock= would refuse that, and without a capability nobody sets it", "SystemCallFilter=adjtimex")
	default:
		u.say("the clock is not set", "ProtectClock=yes")
	}
	u.say("what is refused is an error, and no end", "SystemCallErrorNumber=EPERM")
}
