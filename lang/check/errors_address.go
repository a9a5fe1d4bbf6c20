package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// brokerAddress tells how a connection is written whose host, port or database stands
// apart.
func brokerAddress(f *diag.Diagnostic, a *syntax.Attr, d *decl) bool {
	if settingField(d.kind, "url") == nil {
		return false
	}
	scheme, ofDatabase := "http", d.kind.Name == "postgres"
	switch {
	case addressWords[a.Name]:
	case ofDatabase && (a.Name == "database" || a.Name == "dbname" || a.Name == "db"):
	default:
		return false
	}
	switch d.kind.Name {
	case "mqtt":
		scheme = "tcp"
	case "postgres":
		scheme = "postgres"
	}
	host, port, database := "192.168.1.10", "", "house"
	if scheme == "tcp" {
		port = "1883"
	}
	for _, other := range d.block.Attrs {
		text, number := plainValue(other)
		switch {
		case other.Name == "port" && (number != "" || text != ""):
			port = number + text
		case text == "" || strings.ContainsAny(text, "/:\" "):
		case other.Name == "host", other.Name == a.Name && a.Name != "database" && a.Name != "dbname" && a.Name != "db":
			host = text
		case other.Name == "database" || other.Name == "dbname" || other.Name == "db":
			database = text
		}
	}
	what, address := "host and port are", scheme+"://"+host
	if port != "" {
		address += ":" + port
	}
	if ofDatabase {
		what, address = "host, port and database are", address+"/"+database
		if url := d.block.Attr("url"); url != nil {
			if text, _ := plainValue(url); strings.Contains(text, "://") && strings.Count(text, "/") == 2 && !strings.Contains(text, "?") {
				address = text + "/" + database
			}
		}
	}
	right := fmt.Sprintf("url = \"%s\"", address)
	f.Hint = fmt.Sprintf("%s one address: `%s`.", what, right)
	if d.block.Attr("url") == nil && !ofDatabase {
		replace(f, a.Range, right)
		if p := d.block.Attr("port"); p != nil && a != p {
			f.Fix = append(f.Fix, diag.Edit{Range: p.Range})
		}
	}
	return true
}

// addressWords are what other programs call an address, and its parts.
var addressWords = map[string]bool{"host": true, "port": true, "server": true, "address": true, "broker": true}

// portBesideHost reports whether a port belongs to a host that is told of.
func portBesideHost(a *syntax.Attr, d *decl) bool {
	if a.Name != "port" || settingField(d.kind, "url") == nil {
		return false
	}
	for name := range addressWords {
		if name != "port" && d.block.Attr(name) != nil && settingField(d.kind, name) == nil {
			return true
		}
	}
	return false
}

// plainValue is what an attribute says that is a text or a number as it stands.
func plainValue(a *syntax.Attr) (text, number string) {
	v, diags := a.Expr.Value(nil)
	if diags.HasErrors() || v.IsNull() {
		return "", ""
	}
	switch v.Type().FriendlyName() {
	case "string":
		return v.AsString(), ""
	case "number":
		return "", v.AsBigFloat().Text('f', -1)
	}
	return "", ""
}

// portAlone tells of a port where an address is needed.
func portAlone(f *diag.Diagnostic, x typed.Expr) bool {
	if x.Base().Type.Kind != types.Int || !isLiteral(x) {
		return false
	}
	f.Hint = "a server listens at an address with its port; `0.0.0.0` lets other machines in too."
	f.Example = fmt.Sprintf("listen = \"127.0.0.1:%s\"", x.Base().Text)
	replace(f, x.Base().Range, fmt.Sprintf("\"127.0.0.1:%s\"", x.Base().Text))
	return true
}

// webWords tells of settings that the web things of other programs have: the method in
// the place of the address, the address where a server is named, what a route answers to.
func webWords(f *diag.Diagnostic, a *syntax.Attr, d *decl, names []string) bool {
	text, number := plainValue(a)
	switch {
	case a.Name == "port" && contains(names, "listen") && number != "":
		f.Hint = "a server listens at an address with its port; `0.0.0.0` lets other machines in too."
		f.Example = fmt.Sprintf("listen = \"127.0.0.1:%s\"", number)
		replace(f, a.Range, f.Example)
	case verbOf(a, names) != "":
		f.Hint = fmt.Sprintf("the address is `url`; how it is asked is `method = %s`, which may be left out where something is sent.", verbOf(a, names))
		if a.Name == "get" {
			f.Hint = "the address is `url`; how it is asked is `method = get`."
		}
	case d.kind.Name == "route" && (a.Name == "path" || a.Name == "url" || a.Name == "route" || a.Name == "method"):
		path := "/" + d.name
		if p := d.block.Attr(a.Name); p != nil && a.Name != "method" && strings.HasPrefix(text, "/") {
			path = text
		}
		verb := "get"
		if m := d.block.Attr("method"); m != nil {
			if t, _ := plainValue(m); contains([]string{"post", "put", "patch", "delete"}, strings.ToLower(t)) {
				verb = strings.ToLower(t)
			}
		}
		f.Hint = fmt.Sprintf("method and path are one setting: `%s = \"%s\"`.", verb, path)
	case a.Name == "url" && contains(names, "via") && !contains(names, "url"):
		if text == "" {
			text = "http://192.168.1.10:8086"
		}
		f.Hint = "the server is a thing of its own, so that several can use it:"
		f.Example = fmt.Sprintf("via = server\n\nhttp server {\n  url = \"%s\"\n}", text)
	case contains(names, "retry") && (a.Name == "retries" || a.Name == "attempts" || a.Name == "max_retries"):
		if number == "" {
			number = "5"
		}
		f.Hint = fmt.Sprintf("write `retry = { times = %s }`; without it what the server may still take is tried again by itself.", number)
		replace(f, a.Range, fmt.Sprintf("retry = { times = %s }", number))
	case contains(names, "buffer") && strings.HasPrefix(a.Name, "dead_letter"):
		f.Hint = "what is refused for good is kept by itself where there is a `buffer = { keep = 24.h }`; `PROGRAM dead-letters list` shows it."
		if d.block.Attr("buffer") != nil {
			f.Hint = "leave it out: with `buffer`, what is refused for good is kept by itself; `PROGRAM dead-letters list` shows it."
		}
	default:
		return false
	}
	return true
}

// verbOf is the method that a setting of a call seems to name, "" where it does not.
func verbOf(a *syntax.Attr, names []string) string {
	if contains(names, "url") && contains(names, "method") && !contains(names, a.Name) && contains([]string{"get", "post", "put", "patch", "delete"}, a.Name) {
		return a.Name
	}
	return ""
}
