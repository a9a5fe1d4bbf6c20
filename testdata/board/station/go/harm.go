// Package harm is what breaks the program of the flow beside it, from inside.
package harm

// Harm does what the word says: `wedge` hangs in an instant, `panic` ends the process from a goroutine of nobody's,
// `memory` takes more than there is. Any other word does no harm.
func Harm(word string) string {
	switch word {
	case "wedge":
		select {}
	case "panic":
		go panic("a goroutine of nobody's")
		select {}
	case "memory":
		for all := [][]byte{}; ; {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			all = append(all, b)
		}
	}
	return word
}
