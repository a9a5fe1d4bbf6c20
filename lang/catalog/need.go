package catalog

import "strings"

// Bytes is how much memory a need comes to, in bytes: a size, a setting that says one, or
// a product of such, which `<` bounds by another: "clients*max_body<8.MB". setting gives
// what a setting is, in bytes where it is a size.
func (n *Need) Bytes(setting func(name string) float64) float64 {
	product, most, bounded := strings.Cut(n.Size, "<")
	bytes := 1.0
	for _, factor := range strings.Split(product, "*") {
		size, ok := Bytes(factor)
		if !ok {
			size = setting(factor)
		}
		bytes *= size
	}
	if limit, ok := Bytes(most); bounded && ok {
		return min(bytes, limit)
	}
	return bytes
}

// Settings are the settings that a need depends on.
func (n *Need) Settings() (list []string) {
	product, most, bounded := strings.Cut(n.Size, "<")
	for _, factor := range strings.Split(product, "*") {
		if _, ok := Bytes(factor); !ok {
			list = append(list, factor)
		}
	}
	if _, ok := Bytes(most); bounded && !ok {
		list = append(list, most)
	}
	return list
}
