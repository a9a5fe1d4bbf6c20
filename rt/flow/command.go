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
		switch arg {
		case "safe-state":
			c.mode = modeSafeState
			continue
		case "help":
			c.mode = modeHelp
			continue
		}
		if !strings.HasPrefix(arg, "-") {
			return c, "there is no command \"" + arg + "\""
		}
		name, value, given := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
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
			if value != "" {
				arg += " " + value
			}
			return c, "cannot understand " + arg
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
	name := spec.Info.Name
	text := name + " " + spec.Info.Hash + "\n"
	if spec.Doc != "" {
		text += "\n" + spec.Doc + "\n"
	}
	text += "\nUsage:\n" +
		"  " + name + "             run until SIGTERM or Ctrl-C, then put the outputs safe\n" +
		"  " + name + " safe-state  put the outputs safe and exit, however the last run ended\n" +
		"  " + name + " --check     try out settings, pins and connections; touches nothing\n" +
		"  " + name + " --version   print the name and the hash of the flow\n" +
		"  " + name + " help        print this, as --help does\n"
	if spec.Usage != "" {
		text += "  " + name + " " + spec.Usage + "\n"
	}
	text += "\nOptions:\n" +
		"  --settings FILE    read settings from lines `name = value`\n" +
		"  --log-level LEVEL  info (default) or debug\n"
	if len(spec.Settings) > 0 {
		text += tabulate(spec.Settings)
	}
	return text
}

// settingTable is the part of --help about settings.
func settingTable(settings []Setting) string {
	return "\nSettings (from the environment, then from the file of --settings):\n" + table(settingRows(settings))
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

// table aligns the columns.
func table(rows [][]string) string {
	var width [8]int
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], letters(cell))
		}
	}
	text := ""
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			line += " " + cell + strings.Repeat(" ", width[i]-letters(cell)+1)
		}
		text += strings.TrimRight(line, " ") + "\n"
	}
	return text
}

// letters counts characters and not bytes: units have symbols such as °C.
func letters(s string) int {
	n := 0
	for range s {
		n++
	}
	return n
}
