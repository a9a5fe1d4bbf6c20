package scan

import (
	"errors"
	"go/types"
	"strconv"
	"strings"
)

// member is an exported field of a struct or of one embedded in it.
type member struct {
	// path is how Go reaches it through what is embedded: Output.MaxOn.
	path string
	v    *types.Var
	tag  string
	// hidden says that an embedded struct on the way is not exported: a literal
	// outside the package cannot set the field.
	hidden bool
	depth  int
}

// members are a struct's exported fields in order, those of embedded structs at
// their place. As in Go, a field hides deeper ones of the same name.
func members(st *types.Struct) []member {
	list := collect(st, member{}, map[*types.Struct]bool{})
	least := map[string]int{}
	for _, m := range list {
		if d, ok := least[m.v.Name()]; !ok || m.depth < d {
			least[m.v.Name()] = m.depth
		}
	}
	var kept []member
	for _, m := range list {
		if m.depth == least[m.v.Name()] {
			kept = append(kept, m)
		}
	}
	return kept
}

// collect lists fields at all depths. A struct that embeds itself is no Go, but
// the type checker goes on with it.
func collect(st *types.Struct, in member, open map[*types.Struct]bool) []member {
	if open[st] {
		return nil
	}
	open[st] = true
	defer delete(open, st)
	var list []member
	for i := range st.NumFields() {
		v := st.Field(i)
		m := member{path: in.path + v.Name(), v: v, tag: st.Tag(i), hidden: in.hidden, depth: in.depth}
		inner, isStruct := v.Type().Underlying().(*types.Struct)
		switch {
		case v.Embedded() && isStruct && vocabulary(v.Type()) == "":
			below := member{path: m.path + ".", hidden: in.hidden || !v.Exported(), depth: in.depth + 1}
			list = append(list, collect(inner, below, open)...)
		case v.Exported():
			list = append(list, m)
		}
	}
	return list
}

// tag is one `key:"value"`.
type tag struct{ key, value string }

var errTag = errors.New("malformed tag")

// readTag reads a struct tag in full; reflect only looks keys up.
func readTag(text string) ([]tag, error) {
	var list []tag
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		key, rest, ok := strings.Cut(text, ":")
		if !ok || key == "" || strings.ContainsAny(key, " \"") {
			return list, errTag
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil || quoted[0] != '"' {
			return list, errTag
		}
		value, err := strconv.Unquote(quoted)
		if err != nil {
			return list, errTag
		}
		list = append(list, tag{key, value})
		text = rest[len(quoted):]
	}
	return list, nil
}
