package sqlcheck

import "strconv"

// Several is the word of a SELECT that says that more rows than one are meant: a LIMIT
// above 1, or a GROUP BY or ORDER BY without a LIMIT. length is 0 where there is none.
func Several(sql string) (start, length int) {
	var said token
	depth := 0
	list := tokens(sql)
	for i, t := range list {
		switch {
		case t.text == "(" && t.sort == sign:
			depth++
		case t.text == ")" && t.sort == sign:
			depth--
		case depth > 0:
		case (t.is("GROUP") || t.is("ORDER")) && i+1 < len(list) && list[i+1].is("BY"):
			if said.text == "" {
				said = t
			}
		case t.is("LIMIT") && i+1 < len(list):
			said = token{}
			if n, err := strconv.Atoi(list[i+1].text); err == nil && n > 1 {
				said = t
			}
		}
	}
	return said.start, len(said.text)
}
