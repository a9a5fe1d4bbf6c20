package syntax

// rewording is what we say instead of a message of HCL's parser. Its own text is written for people who know
// the parser, quotes nothing of the flow that we do not underline anyway, and is never shown.
type rewording struct{ summary, label, hint, example string }

var unknownRewording = rewording{
	summary: "This is not understood", label: "reading stopped here",
	hint: "a flow is made of `name = value` and of `kind name { … }`, each on lines of its own.",
}

// rewordings go by the summary of HCL's message, which its releases keep.
var rewordings = map[string]rewording{
	"Argument or block definition required": {
		"A name is expected here", "a line begins with a name",
		"a setting is `name = value`, a thing is `kind name { … }`.",
		"",
	},
	"Argument definition required": {
		"This does not fit on one line", "a block within a block",
		"one line has room for a single setting; give each block lines of its own.",
		"",
	},
	"Invalid argument name": {"Names are written without quotes", "a name is expected here", "", ""},
	"Invalid block definition": {
		"This block is not complete", "`{` was expected here",
		"a thing is `kind name { … }`, with the `{` on the first line.",
		"",
	},
	"Invalid single-argument block definition": {
		"This does not fit on one line", "the block must end before this",
		"one line has room for a single setting; give each setting a line of its own:",
		"kind name {\n  first  = …\n  second = …\n}",
	},
	"Missing newline after argument": {
		"A line break is missing", "the value before this is complete",
		"each setting stands on a line of its own.",
		"",
	},
	"Unexpected comma after argument": {"There is a comma too many", "settings are parted by line ends", "take the comma away.", ""},
	"Missing newline after block definition": {
		"A line break is missing", "the block before this is complete",
		"begin a new line after the `}`.",
		"",
	},
	"Missing false expression in conditional": {
		"The other case is missing", "`: …` was expected here",
		"say what holds otherwise: `condition ? value : other`.",
		"",
	},
	"Invalid legacy index syntax":          {"Places in a list go in brackets", "two numbers with dots", "write `list[0][1]`.", ""},
	"Nested splat expression not allowed":  {"`*` once is enough", "a second `*`", "go through the inner list with `[for x in list : …]`.", ""},
	"Invalid attribute name":               {"A name is missing after the dot", "a name was expected here", "", ""},
	"Missing close bracket on splat index": {"A bracket is missing", "`]` was expected here", "`[*]` holds nothing but the star.", ""},
	"Missing close bracket on index":       {"A bracket is missing", "`]` was expected here", "", ""},
	"Unbalanced parentheses":               {"A bracket is missing", "`)` was expected here", "", ""},
	"Missing expression":                   {"A value is missing", "a value was expected here", "", ""},
	"Invalid expression":                   {"A value is missing", "a value was expected here", "", ""},
	"Invalid number literal":               {"This is not a number", "", "", ""},
	"Missing function name":                {"A function's name is missing", "a name was expected here", "", ""},
	"Missing open parenthesis":             {"A bracket is missing", "`(` was expected here", "functions are called as `name(…)`.", ""},
	"Missing closing parenthesis": {
		"A bracket is missing", "`)` must follow the three dots",
		"`…` may follow the last argument only.",
		"",
	},
	"Unterminated function call":                 {"A bracket is never closed", "`)` is missing", "", ""},
	"Unterminated tuple constructor expression":  {"A bracket is never closed", "`]` is missing", "", ""},
	"Unterminated object constructor expression": {"A bracket is never closed", "`}` is missing", "", ""},
	"Unclosed configuration block":               {"A bracket is never closed", "`}` is missing", "", ""},
	"Unclosed configuration body":                {"A bracket is never closed", "`}` is missing", "", ""},
	"Unclosed index brackets":                    {"A bracket is never closed", "`]` is missing", "", ""},
	"Missing argument separator":                 {"A comma is missing", "`,` or `)` was expected here", "", ""},
	"Missing item separator":                     {"A comma is missing", "`,` or `]` was expected here", "", ""},
	"Missing attribute separator":                {"A comma is missing", "`,` or a line end was expected here", "", ""},
	"Missing attribute value": {
		"A value is missing", "`= value` was expected here",
		"inside `{ }` each entry is `name = value`.",
		"",
	},
	"Missing key/value separator": {"A value is missing", "`=` was expected here", "inside `{ }` each entry is `name = value`.", ""},
	"Invalid 'for' expression": {
		"This comprehension is not complete", "this was not expected here",
		"it is written `[for x in list : x]`, or `{for k, v in map : k => v}`, with an `if …` at the end if need be.",
		"",
	},
	"Invalid 'for' directive": {
		"This template loop is not complete", "this was not expected here",
		"it is written `%{ for x in list }…%{ endfor }`.",
		"",
	},
	"Invalid string literal": {
		"This text must be fixed", "nothing can be put in here",
		"a name in quotes holds no `${…}`; it is the same every time.",
		"",
	},
	"Unterminated string literal":  {"A text is never closed", "`\"` is missing", "", ""},
	"Unterminated template string": {"A text is never closed", "its end is missing", "", ""},
	"Invalid multi-line string": {
		"A text is never closed", "the line ends within it",
		"texts of several lines are written as `<<-TEXT` … `TEXT`.",
		"",
	},
	"Invalid escape sequence": {
		"This backslash means nothing", "not one of `\\n \\r \\t \\\" \\\\ \\uNNNN`",
		"a backslash itself is written `\\\\`.",
		"",
	},
	"Unexpected end of template": {
		"A part of this template is never closed", "the text ends here",
		"each `%{ if … }` wants its `%{ endif }`, each `%{ for … }` its `%{ endfor }`.",
		"",
	},
	"Unexpected else directive": {
		"There is no `if` for this `else`", "",
		"`%{ else }` stands between `%{ if … }` and `%{ endif }`, once.",
		"",
	},
	"Invalid template directive":               {"This is not understood", "`if`, `else`, `endif`, `for` or `endfor` was expected here", "", ""},
	"Invalid template control keyword":         {"This is not understood", "`if`, `else`, `endif`, `for` or `endfor` was expected here", "", ""},
	"Unclosed template interpolation sequence": {"A bracket is never closed", "`}` was expected here", "", ""},
	"Extra characters after interpolation expression": {
		"Something is missing here", "the value before this is complete",
		"text outside the braces needs none: `\"${a} and ${b}\"`.",
		"",
	},
	"Unsupported operator":              {"There is no such operator", "", "", ""},
	"Invalid character":                 {"This character means nothing here", "", "text goes in double quotes.", ""},
	"Invalid character encoding":        {"This is not text", "this is not UTF-8", "tell your editor to save the file as UTF-8.", ""},
	"Variable name required":            {"A name is expected here", "", "", ""},
	"Attribute name required":           {"A name is missing after the dot", "a name was expected here", "", ""},
	"Index value required":              {"A value is missing", "a place in the list or a key was expected here", "", ""},
	"Extra characters after expression": {"Something is missing here", "the value before this is complete", "", ""},
}

// rewordingPrefixes are for summaries with a changing end.
var rewordingPrefixes = map[string]rewording{
	"Unexpected ": {
		"This ends nothing", "nothing is open that this could end",
		"each `%{ if … }` has one `%{ endif }`, each `%{ for … }` one `%{ endfor }`.",
		"",
	},
	"Extra characters in ": {"Something is too much here", "`}` was expected here", "", ""},
}
