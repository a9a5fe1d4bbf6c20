// Package harm is what breaks the program of the flow beside it, from inside.
package harm

// Harm does what the word says: `wedge` hangs in an instant, `panic` ends the process from a goroutine of nobody's,
// `memory` takes more than there is, `garbage` leaves much behind and little in use. Any other word does no harm.
func Harm(word string) string {
	switch word {
	case "wedge":
		select {}
	case "panic":
		go panic("a goroutine of nobody's")
		select {}
	case "memory":
		for all := [][]byte{}; ; {
			all = append(all, taken())
		}
	case "garbage":
		var used [60][]byte
		for i := range 1000 {
			used[i%len(used)] = taken()
		}
		return string(used[0][:0]) + word
	}
	return word
}

// taken is a megabyte, and really taken.
func taken() []byte {
	b := make([]byte, 1<<20)
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	return b
}
