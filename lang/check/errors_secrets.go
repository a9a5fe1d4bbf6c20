package check

import (
	"fmt"
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errLeak is a secret that reaches a place from which it would get out.
func (c *checker) errLeak(l leak) *diag.Diagnostic {
	f := finding("E1001", "A secret would leave the program", l.x.Base().Range, l.where())
	also(f, l.secret.at, "declared secret here")
	for _, d := range l.through {
		also(f, d.at, fmt.Sprintf("`%s` carries it", d.name))
	}
	f.Why = "Secrets may only be given to settings made for them, such as `password`."
	if names := secretSettings(l.d.kind); len(names) > 0 {
		f.Why = fmt.Sprintf("Secrets may only be given to settings made for them, here %s.", quoted(names, "and"))
	}
	if !slices.Contains(laterForms, "fingerprint") {
		f.Hint = fmt.Sprintf("if you need to tell which secret is in use, publish `fingerprint(%s)`: it cannot be turned back.", l.secret.name)
	}
	return f
}

func (l leak) where() string {
	switch {
	case l.field == nil:
		return fmt.Sprintf("and what `%s` does would tell it", l.d.name)
	case l.field.Tags["topic"] != "":
		return "and made part of a topic here, which everybody can read"
	}
	switch l.field.Role {
	case catalog.RoleShot, catalog.RoleEach:
		return "and sent out of the program here"
	case catalog.RoleShow:
		return "and shown here"
	case catalog.RoleDrive, catalog.RoleLevel:
		return fmt.Sprintf("and `%s` would tell what it is", l.d.name)
	}
	return fmt.Sprintf("and given to `%s` here, which is no secret", l.field.Name)
}

// secretSettings are the settings of a kind that take secrets.
func secretSettings(k *catalog.Kind) []string {
	var names []string
	for _, f := range k.Fields {
		if isSetting(f) && takesSecret(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// errPlainPassword is a password sent to a broker or server in the clear.
func errPlainPassword(d *decl, address *typed.Const, secret *typed.Set, scheme string) *diag.Diagnostic {
	f := warning("W1009", "This password travels in the open", address.Range,
		fmt.Sprintf("`%s://` does not encrypt", scheme))
	also(f, secret.X.Base().Range, fmt.Sprintf("`%s` is sent there", secret.Field.Name))
	f.Why = fmt.Sprintf("Whoever can listen between this program and `%s` reads it.", d.name)
	f.Hint = fmt.Sprintf("if the other side can do TLS, write `%s://`; its port is often another.", safely[scheme])
	return f
}
