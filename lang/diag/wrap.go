package diag

import "strings"

// wrap breaks a line at spaces so that each row has at most width columns.
// A word longer than that stands on a row of its own: a broken address or expression could not be copied.
func wrap(line string, width int) []string {
	words := strings.Fields(line)
	if len(words) == 0 {
		return []string{""}
	}
	var rows []string
	row, used := words[0], displayWidth(words[0])
	for _, word := range words[1:] {
		n := displayWidth(word)
		if used+1+n > width {
			rows = append(rows, row)
			row, used = word, n
			continue
		}
		row += " " + word
		used += 1 + n
	}
	return append(rows, row)
}
