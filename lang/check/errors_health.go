package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
)

func errHealthSetting(name string, r rangeT, known []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", r, fmt.Sprintf("`health` has no `%s`", name))
	if !didYouMean(f, name, known, r) {
		f.Hint = "it has " + listed(known) + "."
	}
	return f
}

func errHealthListen(r rangeT) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", r, "`health` needs `listen`")
	f.Why = "It is the address on which the program tells how it does."
	f.Hint = "add"
	f.Example = "listen = \"127.0.0.1:9100\""
	return f
}

// errHealthAddress is a text that is no address and port.
func errHealthAddress(r rangeT) *diag.Diagnostic {
	f := finding("E0213", "This is no address", r, "an address and a port are needed")
	f.Why = "`127.0.0.1` is this machine alone, `0.0.0.0` every address of it; the port is a number up to 65535."
	f.Hint = "for example"
	f.Example = "health = \"127.0.0.1:9100\""
	return f
}

// errHealthExposed is a page that others can reach without a login.
func errHealthExposed(a *syntax.Attr, at rangeT) *diag.Diagnostic {
	f := finding("E1010", "Anybody could ask this", a.NameRange, "it wants no login")
	also(f, at, "others can reach this address")
	f.Why = "The page tells what every wire is. \"It is only on my network\" is also said of networks with a guest, a camera or a light bulb in them."
	f.Hint = "keep it to this machine (`127.0.0.1`), or want a token:"
	f.Example = "health = { listen = \"0.0.0.0:9100\", auth = health_token }      (with `secret health_token {}`)"
	return f
}
