package syntax

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/diag"
)

// A file of another format is told of once, as a whole: line by line there would be as many messages as lines, and
// none of them would help. It is looked for only where HCL found an error.

// aFlow is what a flow looks like, for somebody who has not seen one.
const aFlow = `button door {
  pin = 17
}

led lamp {
  pin = 18
  on  = toggle(door.pressed)
}`

// foreignFile is the finding for a file that is something else than HCL, nil for one that may be HCL with mistakes.
func foreignFile(name string, src []byte) *diag.Diagnostic {
	lines := significant(src)
	if len(lines) == 0 {
		return nil
	}
	what, why := formatOf(src, lines)
	if what == "" {
		return nil
	}
	d := &diag.Diagnostic{
		Code:    "E0002",
		Summary: "This is not a flow",
		Subject: diag.Span{Range: lines[0].at(name), Label: "this is " + what},
		Why:     why,
		Hint:    "a flow is written like this:",
		Example: aFlow,
	}
	if d.Why == "" {
		d.Why = "flowc reads HCL: things are blocks with a name, and what they do is a value."
	}
	return d
}

// significantLine is a line that is neither empty nor a comment.
type significantLine struct {
	text   string
	number int // from 1
	start  int // byte
}

func (l significantLine) at(name string) hcl.Range {
	text := strings.TrimSpace(l.text)
	from := strings.Index(l.text, text)
	column := len([]rune(l.text[:from])) + 1
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60])
	}
	return hcl.Range{
		Filename: name,
		Start:    hcl.Pos{Line: l.number, Column: column, Byte: l.start + from},
		End:      hcl.Pos{Line: l.number, Column: column + len([]rune(text)), Byte: l.start + from + len(text)},
	}
}

// significant are the first lines of a file that say something, at most so many.
func significant(src []byte) (list []significantLine) {
	const most = 200
	start, number := 0, 0
	for line := range strings.Lines(string(src)) {
		number++
		text := strings.TrimPrefix(strings.TrimRight(line, "\r\n"), "\ufeff")
		trimmed := strings.TrimSpace(text)
		comment := strings.HasPrefix(trimmed, "#") && !strings.HasPrefix(trimmed, "#include") && !(number == 1 && strings.HasPrefix(trimmed, "#!"))
		if trimmed != "" && !comment && !strings.HasPrefix(trimmed, "//") {
			list = append(list, significantLine{text: text, number: number, start: start + len(strings.TrimRight(line, "\r\n")) - len(text)})
		}
		start += len(line)
		if len(list) == most {
			break
		}
	}
	return list
}

var (
	yamlLine   = regexp.MustCompile(`^\s*(- )?("[^"]*"|[\w.$/-]+)\s*:(\s.*)?$`)
	yamlItem   = regexp.MustCompile(`^\s*- \S`)
	tomlHeader = regexp.MustCompile(`^\[\[?[\w."'-]+( "[^"]*")?\]\]?\s*$`)
	hclBlock   = regexp.MustCompile(`^\s*[a-z][a-z0-9_]*( ("[^"]*"|[A-Za-z_][\w-]*))*\s*\{`)
	hclValue   = regexp.MustCompile(`^\s*[A-Za-z_]\w* *= *\S`)
	pythonLine = regexp.MustCompile(`^(\s*def \w+\(.*\).*:\s*$|import \w[\w., ]*$|from [\w.]+ import |class \w+.*:\s*$|\s*(if|for|while|with|try|elif|else)\b.*:\s*$|\s*print\()`)
	cLine      = regexp.MustCompile(`^\s*(#include\s*[<"]|(void|int|bool|float|static|const char)\b.*[({;]\s*$)`)
	scriptLine = regexp.MustCompile(`^\s*((const|let|var)\s+[\w{}, ]+\s*=|import .* from ['"]|(async )?function\s*\w*\(.*\)\s*\{|module\.exports|.*=>\s*\{\s*$|return .*;\s*$|.*\brequire\(|.*\)\s*;\s*$|msg\.\w)`)
	goLine     = regexp.MustCompile(`^(package \w+$|func .*\{$|import (\(|"))`)
)

// formatOf names the format of a file, "" where it may be HCL; why is what there is to say of it beyond that.
func formatOf(src []byte, lines []significantLine) (what, why string) {
	if len(lines) == 0 {
		return "", ""
	}
	first := strings.TrimSpace(lines[0].text)
	switch {
	case first[0] == '{' || first[0] == '[' && !tomlHeader.MatchString(first):
		return jsonOf(src)
	case strings.HasPrefix(first, "<"):
		return "XML or HTML", ""
	case strings.HasPrefix(first, "#!") && strings.Contains(first, "python"):
		return "Python", noSteps
	case strings.HasPrefix(first, "#!"):
		return "a script", noSteps
	}
	blocks := count(lines, hclBlock)
	switch {
	case tomlHeader.MatchString(first):
		return "TOML, or an INI file", ""
	case strings.HasPrefix(first, "---") || strings.HasPrefix(first, "%YAML"):
		return yamlOf(src)
	case count(lines, goLine) > 1 && goLine.MatchString(first):
		return "Go", "Go of your own goes into a folder `go` beside the flow."
	case blocks > count(lines, scriptLine):
		return "", ""
	case count(lines, cLine) > 1 && cLine.MatchString(first):
		return "C or an Arduino sketch", noSteps
	case count(lines, pythonLine) > 1 && 4*count(lines, pythonLine) > len(lines) && blocks == 0:
		return "Python", noSteps
	case count(lines, scriptLine) > 1 && 2*count(lines, scriptLine) > len(lines):
		return "JavaScript", "A flow has no statements. What a function node works out is an expression here: `msg.payload` is the name of what the message comes from."
	case count(lines, yamlLine)+count(lines, yamlItem) > 1 && count(lines, yamlLine) > 0 && blocks == 0 && count(lines, hclValue) == 0 && yamlLine.MatchString(lines[0].text):
		return yamlOf(src)
	}
	return "", ""
}

func count(lines []significantLine, of *regexp.Regexp) int {
	n := 0
	for _, l := range lines {
		if of.MatchString(l.text) {
			n++
		}
	}
	return n
}

// yamlOf tells whose YAML it is.
func yamlOf(src []byte) (what, why string) {
	has := func(words ...string) bool {
		for _, w := range words {
			if bytes.Contains(src, []byte(w)) {
				return true
			}
		}
		return false
	}
	switch {
	case has("esphome:", "esp32:", "esp8266:", "on_press:", "on_value:"):
		return "YAML, as ESPHome reads it", "There is no importer for it. A component becomes a thing, an `id` its name, and an automation an expression."
	case has("entity_id", "automation:", "trigger:", "platform:", "homeassistant:"):
		return "YAML, as Home Assistant reads it", "There is no importer for it. An automation becomes an expression in what it switches: `on = condition`."
	case has("services:", "image:"):
		return "YAML, as Docker Compose reads it", ""
	}
	return "YAML", ""
}

// jsonOf tells what is in a JSON file.
func jsonOf(src []byte) (what, why string) {
	var nodes []map[string]any
	if json.Unmarshal(src, &nodes) == nil && len(nodes) > 0 && nodes[0]["id"] != nil && nodes[0]["type"] != nil {
		return "a flow of Node-RED", nodeREDWhy
	}
	text := bytes.TrimSpace(src)
	if json.Valid(src) || len(text) > 1 && bytes.ContainsAny(bytes.TrimSpace(text[1:])[:1], `"{[`) {
		return "JSON", "Flows are written in HCL's own syntax; its JSON form is not read."
	}
	return "", ""
}

const noSteps = "A flow says what should be, and not step by step what to do: there is no loop to write."

const nodeREDWhy = "There is no importer for flows of Node-RED. By hand it goes fast: a node becomes a thing with its name, a wire the name of what it comes from, a function node an expression, a switch node `where(…)` or `match(…)`."

// binaryOf names what a file is that is no text, "" where it may be one in another encoding.
func binaryOf(src []byte) string {
	for _, k := range []struct{ magic, what string }{
		{"\x7fELF", "a program"}, {"MZ", "a program"}, {"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"},
		{"PK\x03\x04", "a zip archive"}, {"\x1f\x8b", "a compressed file"}, {"%PDF", "a PDF"}, {"SQLite format 3\x00", "a database of SQLite"},
	} {
		if bytes.HasPrefix(src, []byte(k.magic)) {
			return k.what
		}
	}
	head := src[:min(len(src), 1024)]
	if utf16(src) || bytes.Count(head, []byte{0}) == 0 {
		return ""
	}
	return "binary data"
}

func utf16(src []byte) bool {
	return len(src) > 1 && (src[0] == 0xFF && src[1] == 0xFE || src[0] == 0xFE && src[1] == 0xFF)
}

// notFlow is the finding for a file that is given by name and does not end in .hcl.
func notFlow(path string, src []byte) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: "E0002", Summary: "This is not a flow file", Why: path + " does not end in .hcl."}
	what, why := "", ""
	if lines := significant(src); len(lines) > 0 {
		what, why = formatOf(src, lines)
	}
	if kind := binaryOf(src); kind != "" {
		what, why = kind, ""
	}
	switch {
	case what == "" && count(significant(src), hclBlock) > 0:
		d.Hint = "a flow file ends in .hcl: rename it to `" + strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + ".hcl`."
	case what == "":
		d.Hint = "give the folder that holds the .hcl files, or one of the files."
	default:
		d.Why = path + " is " + what + "."
		if why != "" {
			d.Why += " " + why
		}
		d.Hint, d.Example = "a flow is a file that ends in .hcl:", aFlow
	}
	return d
}
