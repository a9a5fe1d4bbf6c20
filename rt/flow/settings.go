package flow

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// Setting is a `setting` or `secret` of a flow: read at start, before any pin is
// touched.
type Setting struct {
	// Name is the name in the flow, Env the environment variable that gives it.
	Name, Env string
	// Doc is the comment above it in the flow.
	Doc string
	// Type is its type in words, for --help: "duration", "percentage (%)".
	Type string
	// Default is the text that counts where nothing is given; without one, the
	// setting is Required.
	Default  string
	Required bool
	// Secret text is never printed, and a file that holds it must be closed to
	// others.
	Secret bool
	// Parse reads the text into the program's variable. Its error says what is
	// expected, without the text found.
	Parse func(text string) error
}

// sources are the places where settings are looked for.
type sources struct {
	// environment is os.LookupEnv.
	environment func(name string) (string, bool)
	// readFile is os.ReadFile; stat is os.Stat.
	readFile func(name string) ([]byte, error)
	stat     func(name string) (fs.FileInfo, error)
	// file is what --settings names, "" without it.
	file string
}

// credentials is the variable in which the service manager names the folder of
// secrets, one file for each.
const credentials = "CREDENTIALS_DIRECTORY"

// lookUp, tabulate and system are read, settingTable and systemSources in a flow
// that has settings. Each parser brings them along, so that other flows do not
// link them.
var (
	lookUp   func(s sources, settings []Setting) (problems []string)
	tabulate func(settings []Setting) string
	system   func() sources
)

// parser is how the text of a setting is read.
func parser(parse func(text string) error) func(text string) error {
	lookUp, tabulate, system = sources.read, settingTable, systemSources
	return parse
}

func systemSources() sources {
	return sources{environment: os.LookupEnv, readFile: os.ReadFile, stat: os.Stat}
}

// settings sets every setting and gives all problems at once.
func (s sources) settings(settings []Setting) (problems []string) {
	switch {
	case len(settings) > 0:
		return lookUp(s, settings)
	case s.file != "":
		return []string{"--settings: this flow has no settings"}
	}
	return nil
}

// read sets every setting and gives all problems at once.
func (s sources) read(settings []Setting) (problems []string) {
	file, problems := s.readSettingsFile(settings)
	for _, t := range settings {
		if p := s.set(t, file); p != "" {
			problems = append(problems, p)
		}
	}
	return problems
}

// set reads one setting; a problem says which setting, where it was looked for,
// what was found, and what is expected.
func (s sources) set(t Setting, file settingsFile) (problem string) {
	text, where, err := s.find(t, file)
	what := "setting \"" + t.Name + "\": "
	if t.Secret {
		what = "secret \"" + t.Name + "\": "
	}
	switch {
	case err != nil:
		return what + err.Error()
	case where == "" && t.Required:
		return what + "not given; expected " + article(t.Type) + " in " + s.places(t)
	case where == "":
		text, where = t.Default, "its default"
	}
	if t.Secret && text == "" {
		return what + "empty in " + where
	}
	if t.Secret {
		Hide(text)
	}
	if err := t.Parse(text); err != nil {
		found := "found " + strconv.Quote(shorten(text))
		if t.Secret {
			found = "what was found does not fit"
		}
		return what + "expected " + err.Error() + ", " + found + " in " + where
	}
	return ""
}

// find looks in the credentials (for a secret), the environment and the file, in
// this order; where is "" when it is nowhere.
func (s sources) find(t Setting, file settingsFile) (text, where string, err error) {
	if dir, ok := s.environment(credentials); ok && t.Secret && dir != "" {
		name := dir + "/" + t.Name
		data, err := s.readFile(name)
		if err == nil {
			return strings.TrimRight(string(data), "\r\n"), name, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", "", errors.New("cannot read " + name + ": " + reason(err))
		}
	}
	if text, ok := s.environment(t.Env); ok {
		return text, t.Env, nil
	}
	if e, ok := file.entries[t.Name]; ok {
		if t.Secret && file.open {
			return "", "", errors.New(s.file + " holds a secret and others may read it; run: chmod 600 " + s.file)
		}
		return e.text, s.file + ":" + strconv.Itoa(e.line), nil
	}
	return "", "", nil
}

// places names where a setting may be given.
func (s sources) places(t Setting) string {
	list := "the variable " + t.Env
	if t.Secret {
		list = "the credential " + t.Name + ", " + list
	}
	if s.file != "" {
		return list + " or " + s.file
	}
	return list + " or a file given by --settings"
}

// settingsFile is what --settings holds.
type settingsFile struct {
	entries map[string]settingsEntry
	// open says that others than the owner may read it.
	open bool
}

type settingsEntry struct {
	text string
	line int
}

// readSettingsFile reads lines `name = value` or `VARIABLE=value`.
func (s sources) readSettingsFile(settings []Setting) (file settingsFile, problems []string) {
	if s.file == "" {
		return file, nil
	}
	data, err := s.readFile(s.file)
	if err != nil {
		return file, []string{"--settings: cannot read " + s.file + ": " + reason(err)}
	}
	if info, err := s.stat(s.file); err == nil {
		file.open = othersMayRead(info)
	}
	file.entries = map[string]settingsEntry{}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		if p := file.addLine(line, number, settings); p != "" {
			problems = append(problems, s.file+":"+strconv.Itoa(number)+": "+p)
		}
	}
	return file, problems
}

func (f settingsFile) addLine(line string, number int, settings []Setting) (problem string) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return ""
	}
	name, text, ok := strings.Cut(line, "=")
	if !ok {
		// The line itself is not shown: it may be a secret.
		return "expected `name = value`"
	}
	name = strings.TrimSpace(strings.TrimPrefix(name, "export "))
	text, ok = unquote(strings.TrimSpace(text))
	if !ok {
		return "the value of " + name + " has a quote that does not end"
	}
	setting, ok := settingNamed(settings, name)
	switch {
	case !ok && isForeign(name):
		return ""
	case !ok:
		return "there is no setting \"" + name + "\""
	}
	if e, twice := f.entries[setting]; twice {
		return "\"" + name + "\" was given in line " + strconv.Itoa(e.line) + " already"
	}
	f.entries[setting] = settingsEntry{text: text, line: number}
	return ""
}

func settingNamed(settings []Setting, name string) (string, bool) {
	for _, t := range settings {
		if t.Name == name || t.Env == name {
			return t.Name, true
		}
	}
	return "", false
}

// isForeign tells variables of other programs, which may share a file of
// variables with this one, from a misspelt setting.
func isForeign(name string) bool {
	return name == strings.ToUpper(name) && !strings.HasPrefix(name, "FLOW_")
}

// unquote takes the quotes from a value. Without quotes, a # after a space
// begins a comment.
func unquote(text string) (string, bool) {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		if i := strings.Index(text, " #"); i >= 0 {
			text = text[:i]
		}
		return strings.TrimSpace(text), true
	}
	end := strings.IndexByte(text[1:], text[0])
	if end < 0 {
		return "", false
	}
	rest := strings.TrimSpace(text[end+2:])
	return text[1 : end+1], rest == "" || rest[0] == '#'
}

// shorten keeps a message on one line.
func shorten(text string) string {
	if len(text) <= 60 {
		return text
	}
	cut := 57
	for cut > 0 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut] + "…"
}

// reason is the last part of a file error, in plain words.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "this user may not read it"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func article(noun string) string {
	if noun == "text" {
		return noun
	}
	if noun != "" && strings.IndexByte("aeiou", noun[0]) >= 0 {
		return "an " + noun
	}
	return "a " + noun
}
