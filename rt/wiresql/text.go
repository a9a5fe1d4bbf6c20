package wiresql

import (
	"strconv"
	"strings"
)

// ValuesText is a row for people: 1, 20.5, NULL, "north", 16 bytes.
func ValuesText(row Row) string {
	var list []string
	for {
		c, rest, ok := Take(row)
		if !ok {
			return strings.Join(list, ", ")
		}
		row = rest
		switch c = c.Plain(); c.Sort {
		case Int:
			list = append(list, strconv.FormatInt(c.Int, 10))
		case Float:
			list = append(list, strconv.FormatFloat(c.Float, 'g', -1, 64))
		case Text:
			list = append(list, strconv.Quote(string(c.Data)))
		case Bytes:
			list = append(list, strconv.Itoa(len(c.Data))+" bytes")
		default:
			list = append(list, "NULL")
		}
	}
}
