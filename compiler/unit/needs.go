package unit

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// needs are what the things of a flow ask of the machine.
type needs struct {
	pins, network, own bool
	// sockets are those of this machine's files that it speaks at.
	sockets []string
	// clock says that something waits for moments of the calendar.
	clock bool
	// lowPort says that something listens below port 1024.
	lowPort bool
	// stores are what writes to the disk, in words; files what it reads by a name without a folder.
	stores, files []string
	// peers are the addresses that the flow speaks with or listens on, where all of them are constants; named is one that
	// is a name or known at start only, open what strangers may reach.
	peers       []string
	named, open string
}

func needsOf(p *typed.Program) (n needs) {
	if p.Persist != nil {
		n.stores = append(n.stores, "what it remembers")
	}
	if p.Health != nil {
		n.network = true
		n.listens("health", p.Health.Listen)
	}
	for _, t := range p.Things {
		switch t.Kind.Opens {
		case "pins":
			n.pins = true
		case "network":
			n.speaks(t)
		case "database":
			n.keeps(t, "database")
		case "nothing":
		default:
			n.own = true
		}
		if t.Buffer != nil {
			n.keeps(t, "buffer")
		}
	}
	for _, step := range plan.New(p).Steps {
		n.clock = n.clock || step.Op != nil && step.Op.Op.Calendar
	}
	if n.clock && n.network { // chrony is asked there whether the clock was set
		n.peers = append(n.peers, "localhost")
	}
	slices.Sort(n.peers)
	n.peers = slices.Compact(n.peers)
	return n
}

// keeps notes a thing that writes to the disk.
func (n *needs) keeps(t *typed.Thing, what string) {
	n.stores = append(n.stores, "the "+what+" `"+t.Name+"`")
}

// speaks notes whom a thing speaks with.
func (n *needs) speaks(t *typed.Thing) {
	if file := socketOf(t); file != "" {
		n.sockets = append(n.sockets, file)
		return
	}
	n.network = true
	for _, s := range t.Settings {
		switch {
		case s.Field.Tags["listen"] != "":
			n.listens(t.Name, constantText(s))
		case s.Field.Name == "url" && !given(t, "via"):
			n.peer(t, constantText(s))
		case slices.Contains(fileSettings, s.Field.Name) && !strings.HasPrefix(constantText(s), "/"):
			n.files = append(n.files, "`"+s.Field.Name+"` of `"+t.Name+"`")
		}
	}
	for _, f := range t.Kind.Fields {
		if f.Tags["listen"] != "" && f.Default != "" && !given(t, f.Name) {
			n.listens(t.Name, f.Default)
		}
	}
}

// socketOf is the folder of the socket where a server of this machine is, as in postgres:///house?host=/run/postgresql; ""
// for one on the network.
func socketOf(t *typed.Thing) string {
	for _, s := range t.Settings {
		if u, err := url.Parse(constantText(s)); s.Field.Name == "url" && err == nil && u.Host == "" && strings.HasPrefix(u.Query().Get("host"), "/") {
			return u.Query().Get("host")
		}
	}
	return ""
}

// fileSettings name what is read.
var fileSettings = []string{"files", "ca", "cert", "key"}

func given(t *typed.Thing, name string) bool {
	return slices.ContainsFunc(t.Settings, func(s *typed.Set) bool { return s.Field.Name == name })
}

func constantText(s *typed.Set) string {
	k, ok := s.X.(*typed.Const)
	if !ok {
		return ""
	}
	text, _ := k.V.(string)
	return text
}

func (n *needs) peer(t *typed.Thing, address string) {
	u, err := url.Parse(address)
	switch {
	case address == "" || err != nil:
		n.named = "`" + t.Name + "` learns its address at start"
	case u.Hostname() == "" && strings.HasPrefix(u.Query().Get("host"), "/"): // a socket, which is no address
	case net.ParseIP(u.Hostname()) != nil:
		n.peers = append(n.peers, u.Hostname())
	case u.Hostname() == "localhost":
		n.peers = append(n.peers, "localhost")
	default:
		n.named = "`" + t.Name + "` speaks with " + u.Hostname() + ", a name"
	}
}

func (n *needs) listens(name, address string) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		n.named = "`" + name + "` learns its address at start"
		return
	}
	if p, err := strconv.Atoi(port); err == nil && p < 1024 {
		n.lowPort = true
	}
	ip := net.ParseIP(host)
	if host == "localhost" || ip != nil && ip.IsLoopback() {
		n.peers = append(n.peers, "localhost")
		return
	}
	n.open = "`" + name + "` answers whoever reaches " + address
}

func isSecret(s *typed.Setting) bool { return s.Type.Kind == types.Secret }

// Network reports whether the program of a flow has a network.
func Network(p *typed.Program) bool { return needsOf(p).network }
