package plan

import (
	"strconv"
	"strings"

	"flowc/lang/types"
)

// names keeps the identifiers of the generated program apart. A flow's name
// becomes Go's by joining its words (`front_door` → frontDoor); what clashes
// gets a number, in the order of the flow.
type names struct {
	used map[string]map[string]bool
}

func newNames() names { return names{used: map[string]map[string]bool{}} }

// field is a name among the fields of Program.
func (n names) field(name string) string { return n.in("", name) }

// top is a name at the top level of the generated package.
func (n names) top(name string) string { return n.unique("\x00top", name) }

// in is a name among the fields of a region's part.
func (n names) in(scope, name string) string { return n.unique(scope, camel(name)) }

func (n names) unique(scope, name string) string {
	set := n.used[scope]
	if set == nil {
		set = map[string]bool{}
		n.used[scope] = set
	}
	if reserved[name] {
		name += "X"
	}
	free := name
	for i := 2; set[free]; i++ {
		free = name + strconv.Itoa(i)
	}
	set[free] = true
	return free
}

// reserved are Go's words, and the names that generated code uses itself.
var reserved = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`break case chan const continue default defer else
		fallthrough for func go goto if import interface map package range return select
		struct switch type var bool byte error float64 int int64 len string true false nil
		append cap copy make max min new panic recover clear any p s v w n err ok out in
		dirty timers skip acts born main flow op fn unit gpio mqtt wirejson logline time
		settings Program init node part step`) {
		m[w] = true
	}
	return m
}()

// camel joins the words of a snake_case name: front_door → frontDoor. Names that
// differ only in underscores are kept apart by unique.
func camel(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '.' })
	if len(words) == 0 {
		return "x"
	}
	for i, w := range words {
		if i > 0 {
			words[i] = upperFirst(w)
		}
	}
	return words[0] + strings.Join(words[1:], "")
}

func exported(name string) string { return upperFirst(camel(name)) }

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// keyStem names a region after its captures: "bed", "floorRoom".
func keyStem(k types.Key) string {
	return camel(strings.ReplaceAll(k.Names, ",", "_"))
}

func hasSuffixWord(name, word string) bool {
	return name == word || strings.HasSuffix(name, "_"+word)
}
