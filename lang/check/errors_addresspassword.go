package check

import (
	"fmt"
	"net/url"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errPasswordInAddress is a login with a password in an address that stands in the flow.
func (c *checker) errPasswordInAddress(d *decl, k *typed.Const, u *url.URL) *diag.Diagnostic {
	f := finding("E1002", "A secret does not belong in the flow", k.Range, "there is a password in this address: everyone who sees the file can read it")
	f.Why = "Flows are copied, shown and kept in version control. A secret is read when the program starts, from the environment or a file."
	if settingField(d.kind, "user") == nil || settingField(d.kind, "password") == nil {
		f.Hint = "take the login out of the address."
		if settingField(d.kind, "via") != nil {
			f.Hint = "take the login out of the address: an `http` thing has `user` and `password`, and `via` names it here."
		}
		return f
	}
	if d.block.Attr("user") != nil || d.block.Attr("password") != nil {
		f.Hint = "take the login out of the address; `user` and `password` say it."
		return f
	}
	name := d.name + "_password"
	for c.decls[name] != nil {
		name += "_secret"
	}
	bare := *u
	bare.User = nil
	block := fmt.Sprintf("secret %s {\n  env = %q\n}", name, strings.ToUpper(name))
	settings := fmt.Sprintf("url      = %q", bare.String())
	if user := u.User.Username(); user != "" {
		settings += fmt.Sprintf("\nuser     = %q", user)
	}
	settings += "\npassword = " + name
	f.Hint = "declare the password as a secret, and say the login beside the address:"
	f.Example = settings + "\n\n" + block
	if a := d.block.Attr("url"); a != nil && within(k.Range, a.Expr.Range()) {
		end := d.block.End
		end.Start = end.End
		f.Fix = []diag.Edit{{Range: a.Range, Text: strings.ReplaceAll(settings, "\n", "\n  ")}, {Range: end, Text: "\n\n" + block}}
	}
	return f
}
