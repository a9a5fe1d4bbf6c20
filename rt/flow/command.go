package flow

import "strings"

type mode uint8

const (
	modeRun mode = iota
	modeVersion
	modeHelp
	modeCheck
	modeSafeState
)

// command is what a program was asked to do. Package flag would bring fmt and
// reflection into every binary.
type command struct {
	mode     mode
	settings string
	debug    bool
}

func parseCommand(args []string) (c command, problem string) {
	for len(args) > 0 {
		arg := args[0]
		args = args[1:]
		if arg == "safe-state" {
			c.mode = modeSafeState
			continue
		}
		if !strings.HasPrefix(arg, "-") {
			return c, "there is no command \"" + arg + "\""
		}
		name, value, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "settings" || name == "log-level" {
			if !given {
				if len(args) == 0 {
					return c, arg + " needs a value"
				}
				value, args = args[0], args[1:]
			}
			given = false
		}
		if given || !c.option(name, value) {
			return c, "cannot understand " + strings.TrimSpace(arg+" "+value)
		}
	}
	return c, ""
}

func (c *command) option(name, value string) bool {
	switch name {
	case "version":
		c.mode = modeVersion
	case "help", "h":
		c.mode = modeHelp
	case "check":
		c.mode = modeCheck
	case "settings":
		c.settings = value
		return value != ""
	case "log-level":
		c.debug = value == string(LevelDebug)
		return c.debug || value == string(LevelInfo)
	default:
		return false
	}
	return true
}

// help is the text of --help.
func help(spec Spec) string {
	var b strings.Builder
	name := spec.Info.Name
	b.WriteString(name + " " + spec.Info.Hash + "\n")
	if spec.Doc != "" {
		b.WriteString("\n" + strings.TrimSpace(spec.Doc) + "\n")
	}
	b.WriteString("\nUsage:\n")
	writeTable(&b, [][]string{
		{name, "run until SIGTERM or Ctrl-C, then put the outputs safe"},
		{name + " safe-state", "put the outputs safe and exit"},
		{name + " --check", "try out settings, pins and connections; touches nothing"},
		{name + " --version", "print the name and the hash of the flow"},
		{name + " --help", "print this"},
	})
	b.WriteString("\nOptions:\n")
	writeTable(&b, [][]string{
		{"--settings FILE", "read settings from lines `name = value`"},
		{"--log-level LEVEL", "info (default) or debug"},
	})
	if len(spec.Settings) > 0 {
		b.WriteString("\nSettings (from the environment, then from the file of --settings):\n")
		writeTable(&b, tabulate(spec.Settings))
	}
	return b.String()
}

func settingRows(settings []Setting) [][]string {
	rows := [][]string{{"NAME", "VARIABLE", "TYPE", "DEFAULT", ""}}
	for _, t := range settings {
		def := t.Default
		switch {
		case t.Secret && t.Required:
			def = "(required; a secret)"
		case t.Secret:
			def = "(a secret)"
		case t.Required:
			def = "(required)"
		}
		doc, _, _ := strings.Cut(strings.TrimSpace(t.Doc), "\n")
		rows = append(rows, []string{t.Name, t.Env, t.Type, def, doc})
	}
	return rows
}

// writeTable aligns the columns.
func writeTable(b *strings.Builder, rows [][]string) {
	var width [8]int
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], letters(cell))
		}
	}
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			line += " " + cell
			for n := letters(cell); n <= width[i]; n++ {
				line += " "
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// letters counts characters and not bytes: units have symbols such as °C.
func letters(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}
