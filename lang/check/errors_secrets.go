package check

import (
	"fmt"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// errLeak is a secret that reaches a place from which it would get out.
func (c *checker) errLeak(l leak) *diag.Diagnostic {
	f := finding("E1001", "A secret would leave the program", l.at, l.where())
	also(f, l.secret.at, "declared secret here")
	for _, d := range l.through {
		also(f, d.at, fmt.Sprintf("`%s` carries it", d.name))
	}
	if l.stored {
		f.Why = "What waits in a buffer lies on the disk as it is."
		f.Hint = "give the secret to the thing behind `via`: what that adds is added when the message is sent, and never stored."
		return f
	}
	f.Why = "Secrets may only be given to settings made for them, such as `password`."
	if names := secretSettings(l.d.kind); len(names) > 0 {
		f.Why = fmt.Sprintf("Secrets may only be given to settings made for them, here %s.", quoted(names, "and"))
	}
	f.Hint = fmt.Sprintf("if you need to tell which secret is in use, publish `fingerprint(%s)`: it cannot be turned back.", l.secret.name)
	return f
}

// errLeakInFault is a secret that the fault of an expression would quote.
func errLeakInFault(x typed.Expr, secret *decl) *diag.Diagnostic {
	f := finding("E1001", "A secret would leave the program", x.Base().Range, "when this fails, the fault tells what it was given")
	also(f, secret.at, "declared secret here")
	f.Why = "Faults are lines of the log."
	f.Hint = "secrets may only be given to settings made for them, such as `password`."
	return f
}

func (l leak) where() string {
	switch {
	case l.field == nil:
		return fmt.Sprintf("and what `%s` does would tell it", l.d.name)
	case l.stored:
		return "and the buffer would write it to the disk"
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

// errSecretHere is a secret where something that is no secret belongs.
func errSecretHere(x typed.Expr, where string) *diag.Diagnostic {
	f := finding("E1001", "A secret would leave the program", x.Base().Range, where)
	also(f, x.Base().Type.Origin.Range, "declared secret here")
	f.Why = "Secrets may only be given to settings made for them, such as `password`."
	return f
}

// errSecretLiteral is something that is no secret where a secret belongs.
func (c *checker) errSecretLiteral(x typed.Expr, a *syntax.Attr) *diag.Diagnostic {
	switch {
	case secretIn(x) != nil:
		f := finding("E1002", "This is more than the secret", x.Base().Range, "here it becomes part of an ordinary text")
		also(f, a.NameRange, fmt.Sprintf("`%s` takes a secret", a.Name))
		f.Hint = "a secret is given as it is: put the whole text into the secret."
		return f
	case !isConst(x):
		f := finding("E1002", "This is not a secret", x.Base().Range, "anybody who runs the program may see this")
		also(f, a.NameRange, fmt.Sprintf("`%s` takes a secret", a.Name))
		also(f, x.Base().Type.Origin.Range, "declared here")
		f.Hint = "declare it as a `secret` instead of a `setting`."
		return f
	}
	f := finding("E1002", "A secret does not belong in the flow", x.Base().Range, "everyone who sees the file can read this")
	also(f, a.NameRange, fmt.Sprintf("`%s` takes a secret", a.Name))
	f.Why = "Flows are copied, shown and kept in version control. A secret is read when the program starts, from the environment or a file."
	name := c.freeName(a)
	block := fmt.Sprintf("secret %s {\n  env = %q\n}", name, strings.ToUpper(name))
	f.Hint = "declare it and use its name:"
	f.Example = fmt.Sprintf("%s = %s\n\n%s", a.Name, name, block)
	if by := c.scope.by; by != nil && by.block != nil && within(x.Base().Range, a.Expr.Range()) {
		end := by.block.End
		end.Start = end.End
		f.Fix = []diag.Edit{{Range: a.Expr.Range(), Text: name}, {Range: end, Text: "\n\n" + block}}
	}
	return f
}

// freeName is a name for a secret that nothing has yet.
func (c *checker) freeName(a *syntax.Attr) string {
	name := a.Name
	if c.scope.by != nil {
		name = c.scope.by.name + "_" + name
	}
	for c.decls[name] != nil {
		name += "_secret"
	}
	return name
}

// errPlainSwitch is a password sent over a connection whose encryption is turned off.
func errPlainSwitch(d *decl, address, off *typed.Const, secret *typed.Set) *diag.Diagnostic {
	at, label := address.Range, "this turns its encryption off"
	if off != nil {
		at = off.Range
	}
	f := warning("W1009", "This password travels in the open", at, label)
	also(f, secret.X.Base().Range, fmt.Sprintf("`%s` is sent there", secret.Field.Name))
	f.Why = fmt.Sprintf("Whoever can listen between this program and `%s` reads it, and all rows.", d.name)
	f.Hint = "if the other side can do TLS, take `sslmode` out of the address."
	if off != nil {
		replace(f, off.Range, "on")
		f.Hint = "if the other side can do TLS, write `tls = on`."
	}
	return f
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
