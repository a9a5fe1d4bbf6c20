package diag

// style is an ANSI "select graphic rendition" sequence.
type style string

const (
	errorStyle   style = "\x1b[1;31m"
	warningStyle style = "\x1b[1;33m"
	boldStyle    style = "\x1b[1m"
	relatedStyle style = "\x1b[36m"
	gutterStyle  style = "\x1b[2m"
	plainStyle   style = "\x1b[0m"
)

// paint colours text when it is on.
type paint struct{ on bool }

func (p paint) with(s style, text string) string {
	if !p.on || text == "" {
		return text
	}
	return string(s) + text + string(plainStyle)
}
