package check

import (
	"fmt"

	"flowc/lang/diag"
)

// errPlaceholder is a value put into a text in another program's way.
func errPlaceholder(at rangeT, written, path string) *diag.Diagnostic {
	f := warning("W0214", "This is sent as it stands", at, "no value is put in here")
	f.Why = fmt.Sprintf("In a text `${…}` is what puts a value in; `%s` is only these characters.", written)
	f.Hint = fmt.Sprintf("write `${%s}`.", path)
	replace(f, at, "${"+path+"}")
	return f
}

// errTopicCapture is a capture in a topic that is sent to.
func errTopicCapture(at rangeT, written, name string, source *decl) *diag.Diagnostic {
	f := warning("W0214", "This is sent as it stands", at, "nothing is put in here")
	f.Why = fmt.Sprintf("Where messages are taken, `%s` captures a level of the topic. A message is sent to one topic, and a value comes into it with `${…}`.", written)
	if source == nil {
		f.Hint = fmt.Sprintf("write `${x.%s}`, where `x` is the source that has it.", name)
		return f
	}
	also(f, source.at, fmt.Sprintf("`%s.%s` is captured here", source.name, name))
	f.Hint = fmt.Sprintf("write `${%s.%s}`.", source.name, name)
	replace(f, at, fmt.Sprintf("${%s.%s}", source.name, name))
	return f
}
