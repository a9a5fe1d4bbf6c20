// Package unit writes the systemd unit of a flow: how its program is started, watched and put safe, and what of the
// machine it may touch. All of it follows from the flow, so that nothing is open that no thing of it needs.
package unit

import (
	"strconv"
	"strings"

	"flowc/lang/typed"
)

// Options are what the flow does not say.
type Options struct {
	// Program is where the executable is on the machine that runs it.
	Program string
	// Memory is how much the program gets, in bytes; Worst is how much all its queues, keys
	// and operators take when each is as full as it may be.
	Memory int64
	Worst  float64
	// OwnNetwork says that the flow's own Go may speak with others.
	OwnNetwork bool
}

// Text is the unit file of a flow, with a line before each directive that says why.
func Text(p *typed.Program, o Options) string {
	u := &unit{flow: p, options: o, name: serviceName(p.Name), needs: needsOf(p)}
	u.needs.network = u.needs.network || o.OwnNetwork
	u.section("Unit")
	u.about()
	u.section("Service")
	u.life()
	u.identity()
	u.folders()
	u.settings()
	u.memory()
	u.devices()
	u.network()
	u.machine()
	u.calls()
	u.section("Install")
	u.say("at every start of the machine", "WantedBy=multi-user.target")
	return u.text.String()
}

type unit struct {
	flow    *typed.Program
	options Options
	name    string
	needs   needs
	text    strings.Builder
}

// serviceName is the flow's name, in words of which systemd finds a service, its folders and its user.
func serviceName(flow string) string { return flow[:min(len(flow), 31)] }

// Name is the file name of the unit of a flow.
func Name(p *typed.Program) string { return serviceName(p.Name) + ".service" }

// section begins a part of the file.
func (u *unit) section(name string) {
	if u.text.Len() > 0 {
		u.text.WriteByte('\n')
	}
	u.text.WriteString("[" + name + "]\n")
}

// say writes directives after the line that says why.
func (u *unit) say(why string, directives ...string) {
	u.text.WriteString("# " + why + "\n" + strings.Join(directives, "\n") + "\n")
}

func (u *unit) about() {
	doc, _, _ := strings.Cut(strings.TrimSpace(u.flow.Doc), "\n")
	why := "the first line of the flow's comment"
	if doc == "" {
		doc, why = u.name, "the flow's name; the first line of a comment at its top would stand here"
	}
	u.say(why, "Description="+plain(doc))
	if u.needs.network {
		u.say("no connection is tried before there can be one; the outputs do not wait for it", "After=network.target")
	}
	u.say("it is never given up; five bad starts within a minute make it rest by itself, with safe outputs", "StartLimitIntervalSec=0")
}

// plain is a text in one line in which systemd finds nothing to replace.
func plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.ReplaceAll(strings.TrimRight(s, `\ `), "%", "%%")
}

// quoted is a path as a word of a command line.
func quoted(path string) string {
	path = strings.ReplaceAll(path, "%", "%%")
	if strings.ContainsAny(path, " \t\"'\\;$") {
		return strconv.Quote(strings.ReplaceAll(path, "$", "$$"))
	}
	return path
}

func (u *unit) life() {
	program := quoted(u.options.Program)
	u.say("the program says itself when its outputs are safe and its sources listen", "Type=notify")
	u.say("what `flowc build` made", "ExecStart="+program)
	u.say("however it ended: a Raspberry Pi keeps driving a pin whose program has died", "ExecStopPost="+program+" safe-state")
	u.say("a sign of life from the loop that handles occurrences; a slow server is no reason to kill it", "WatchdogSec=30")
	u.say("after a crash, a kill or an error it starts again", "Restart=always")
	u.say("not so fast that a fault fills the log", "RestartSec=1")
	u.say("what is under way has ten seconds, then the outputs go safe", "TimeoutStopSec=15")
}

func (u *unit) identity() {
	u.say("a user that exists while it runs", "DynamicUser=yes")
	if u.needs.pins {
		u.say("on a Raspberry Pi the pins belong to this group", "SupplementaryGroups=gpio")
	}
	if u.needs.lowPort {
		u.say("a server below port 1024", "CapabilityBoundingSet=CAP_NET_BIND_SERVICE")
		u.say("the same, given to the program", "AmbientCapabilities=CAP_NET_BIND_SERVICE")
	} else {
		u.say("nothing it does needs a power of root's", "CapabilityBoundingSet=")
		u.say("and none is handed to it", "AmbientCapabilities=")
		u.say("to it, other users of this machine are nobody", "PrivateUsers=yes")
	}
	u.say("no program that it could start gets more rights", "NoNewPrivileges=yes")
	u.say("its files are its own", "UMask=0077")
}

func (u *unit) folders() {
	if len(u.needs.files) > 0 {
		u.say("where "+strings.Join(u.needs.files, ", ")+" is looked for, unless it begins with /; the program must be able to read it", "WorkingDirectory=-/etc/"+u.name)
	}
	u.say("where starts are counted (/run/"+u.name+", no card that wears)", "RuntimeDirectory="+u.name)
	u.say("the count outlives a restart", "RuntimeDirectoryPreserve=restart")
	if len(u.needs.stores) > 0 {
		u.say("for "+strings.Join(u.needs.stores, ", ")+" (/var/lib/"+u.name+")", "StateDirectory="+u.name)
		u.say("nobody else reads there", "StateDirectoryMode=0700")
	}
}

func (u *unit) settings() {
	var plain, secret []*typed.Setting
	for _, s := range u.flow.Settings {
		if isSecret(s) {
			secret = append(secret, s)
		} else {
			plain = append(plain, s)
		}
	}
	if len(plain) > 0 {
		u.say("lines "+strings.Join(variables(plain), ", "), "EnvironmentFile=-/etc/"+u.name+"/environment")
	}
	for _, s := range secret {
		u.say("the secret `"+s.Name+"`, in a file that only root reads", "LoadCredential="+s.Name+":/etc/"+u.name+"/"+s.Name)
	}
}

func variables(list []*typed.Setting) []string {
	var names []string
	for _, s := range list {
		name := s.Env + "=…"
		if s.Default == nil {
			name += " (required)"
		}
		names = append(names, name)
	}
	return names
}

func (u *unit) memory() {
	const megabyte = 1 << 20
	most := (u.options.Memory + megabyte - 1) / megabyte
	why := "what its queues and keys can grow to, and room for Go's; above it the program starts again"
	if u.options.Worst > float64(u.options.Memory) {
		why = "above it the program starts again; with everything as full as it may be it takes more (`flowc check -v`)"
	}
	u.say(why, "MemoryMax="+strconv.FormatInt(most, 10)+"M")
	if u.flow.Memory == 0 { // else the program knows what it may take
		u.say("Go tidies up more often before it comes to that", "Environment=GOMEMLIMIT="+strconv.FormatInt(max(most-most/8, 1), 10)+"MiB")
	}
	u.say("so much memory, and no more on the card", "MemorySwapMax=0")
	u.say("threads, of which it has a few for each processor", "TasksMax=64")
}
