package sqlcheck

import "strings"

// Beside is the name of the column that a parameter is compared with, or that is set to
// it: `wind > ?1`, `?1 <= weather.wind`, `wind BETWEEN ?1 AND ?2`, `(wind) VALUES (?1)`;
// "" where there is none, or where it or the parameter is worked on before.
func Beside(sql string, offset int) string {
	list := tokens(sql)
	for i, t := range list {
		if t.start != offset || t.sort != param || worked(list, i+1) || i > 0 && works(list[i-1]) {
			continue
		}
		if name := before(list, i); name != "" {
			return name
		}
		if name := inserted(list, i); name != "" {
			return name
		}
		return behind(list, i+1)
	}
	return ""
}

// before is the column in front of a comparison that ends at i.
func before(list []token, i int) string {
	if i >= 3 && list[i-1].is("AND") && list[i-3].is("BETWEEN") {
		i -= 2 // the upper end
	}
	at := i
	for at > 0 && (compares(list[at-1]) || list[at-1].is("BETWEEN") || list[at-1].is("IS") || list[at-1].is("NOT")) {
		at--
	}
	if at == i || at == 0 || !isName(list[at-1]) {
		return ""
	}
	first := at - 1
	for first >= 2 && list[first-1].text == "." {
		first -= 2
	}
	if first > 0 && works(list[first-1]) {
		return ""
	}
	return list[at-1].name()
}

// behind is the column after a comparison that begins at i.
func behind(list []token, i int) string {
	at := i
	for at < len(list) && compares(list[at]) {
		at++
	}
	if at == i || at >= len(list) || !isName(list[at]) {
		return ""
	}
	for at+2 < len(list) && list[at+1].text == "." {
		at += 2
	}
	if worked(list, at+1) || at+1 < len(list) && list[at+1].text == "(" {
		return ""
	}
	return list[at].name()
}

func isName(t token) bool { return t.sort == word || t.sort == quoted }

func compares(t token) bool { return t.sort == sign && strings.Contains("<>=!", t.text) }

// works reports whether a sign makes something else of what stands beside it.
func works(t token) bool { return t.sort == sign && strings.Contains("+-*/%|&", t.text) }

func worked(list []token, i int) bool { return i < len(list) && works(list[i]) }

// Foreign is where a parameter stands that the flow does not fill in, ?, :name, @name or
// $name, and how long it is; -1 where there is none. ours are those of the flow.
func Foreign(sql string, ours func(offset int) bool) (offset, length int) {
	list := tokens(sql)
	for i, t := range list {
		switch {
		case t.sort == param && !ours(t.start):
			return t.start, len(t.text)
		case t.sort == sign && strings.Contains(":@$", t.text) && i+1 < len(list) && list[i+1].sort == word && list[i+1].start == t.start+1:
			return t.start, 1 + len(list[i+1].text)
		}
	}
	return -1, 0
}
