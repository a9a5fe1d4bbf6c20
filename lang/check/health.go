package check

import (
	"net"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// healthType marks the setting of `program` that is an address, or an object of settings.
var healthType = &types.Type{Kind: types.Record}

var healthSettings = []string{"auth", "listen"}

// healthOf reads `health = "127.0.0.1:9100"` and `health = { listen = "0.0.0.0:9100", auth = token }`.
func (c *checker) healthOf(a *syntax.Attr) *typed.Health {
	h := &typed.Health{}
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return c.healthAt(h, a, a.Expr)
	}
	seen := map[string]rangeT{}
	var listen hclsyntax.Expression
	for _, item := range o.Items {
		name, r := hcl.ExprAsKeyword(item.KeyExpr), item.KeyExpr.Range()
		if first, twice := seen[name]; twice {
			c.report(errKeyTwice(name, r, first))
			return nil
		}
		seen[name] = r
		switch name {
		case "listen":
			listen = item.ValueExpr
		case "auth":
			if h.Auth = c.healthLogin(item.ValueExpr); h.Auth == nil {
				return nil
			}
		default:
			c.report(errHealthSetting(c.text(r), r, healthSettings))
			return nil
		}
	}
	if listen == nil {
		c.report(errHealthListen(o.Range()))
		return nil
	}
	return c.healthAt(h, a, listen)
}

// healthAt reads the address. One that others reach wants a login.
func (c *checker) healthAt(h *typed.Health, a *syntax.Attr, e hclsyntax.Expression) *typed.Health {
	x := c.expr(e, types.TString)
	k, ok := constant(x)
	switch {
	case isBad(x):
		return nil
	case x.Base().Type.Kind != types.String:
		c.report(c.errWrongType(x, types.TString, "`health`", a.NameRange))
		return nil
	case !ok:
		c.report(c.errNotConstant(x, "`health`"))
		return nil
	}
	h.Listen, _ = k.V.(string)
	host, port, err := net.SplitHostPort(h.Listen)
	n, notNumber := strconv.ParseUint(port, 10, 16)
	switch {
	case err != nil || host == "" || notNumber != nil || n == 0:
		c.report(errHealthAddress(e.Range()))
		return nil
	case h.Auth == nil && !isLocal(host):
		c.report(errHealthExposed(a, e.Range()))
		return nil
	}
	return h
}

// healthLogin is the secret that clients show.
func (c *checker) healthLogin(e hclsyntax.Expression) *typed.Setting {
	x := c.expr(e, types.TSecret)
	if isBad(x) {
		return nil
	}
	if r, ok := x.(*typed.SettingRef); ok && x.Base().Type.Kind == types.Secret {
		return r.Setting
	}
	c.report(c.errWrongType(x, types.TSecret, "`auth`", rangeT{}))
	return nil
}
