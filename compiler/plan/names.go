package plan

import (
	"path"
	"strconv"
	"strings"
	"unicode"

	"flowc/lang/catalog"
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

// in is a name among the fields of Program (scope "") or of a region's part.
func (n names) in(scope, name string) string {
	return n.made(scope, apart(camel(name), reservedField))
}

// top is a name at the top level of the generated package.
func (n names) top(name string) string { return n.madeTop(apart(name, Reserved)) }

// step is what the functions and the bit of a step are named after.
func (n names) step(stem string) string { return n.made("\x00step", upperFirst(stem)) }

// madeTop and made take a name that no name of the flow can be: it is made of one
// with a prefix or suffix that is reserved.
func (n names) madeTop(name string) string { return n.made("\x00top", name) }

func (n names) made(scope, name string) string {
	set := n.used[scope]
	if set == nil {
		set = map[string]bool{}
		n.used[scope] = set
	}
	free := name
	for i := 2; set[free]; i++ {
		free = name + strconv.Itoa(i)
	}
	set[free] = true
	return free
}

// apart gives a name that is reserved an underscore, which no other name has at
// its end.
func apart(name string, reserved func(string) bool) string {
	if reserved(name) {
		return name + "_"
	}
	return name
}

// Reserved reports whether generated code uses a name at its top level, or as a
// local variable: Go's own words, packages, and whatever it makes of other names
// with a prefix or suffix.
func Reserved(name string) bool {
	return reserved[name] || goWords[name] || affixed(name, prefixes, suffixes)
}

// reservedField is Reserved for the fields of Program and of parts, which share
// their names with methods.
func reservedField(name string) bool {
	return fields[name] || goWords[name] || affixed(name, fieldPrefixes, fieldSuffixes)
}

func affixed(name string, prefixes, suffixes []string) bool {
	for _, before := range prefixes {
		if rest, ok := strings.CutPrefix(name, before); ok && rest != "" && !startsLower(rest) {
			return true
		}
	}
	for _, after := range suffixes {
		if strings.HasSuffix(name, after) {
			return true
		}
	}
	return false
}

func startsLower(s string) bool { return s[0] >= 'a' && s[0] <= 'z' }

var (
	prefixes      = strings.Fields("eval want send step new mark forget node run timer by each decode encode append read key stale k own")
	suffixes      = strings.Fields("Outputs Part Moved Seen Op Key Set Msg Record")
	fieldPrefixes = strings.Fields("eval want send step new mark forget by key kept holds would until invariant across")
	fieldSuffixes = strings.Fields("Outputs Part Moved Seen Op")

	fields  = words("settings dirty timers n born chance outbox")
	goWords = words(`break case chan const continue default defer else
		fallthrough for func go goto if import interface map package range return select
		struct switch type var`)
	reserved = withPackages(`bool byte error float64 int int32 int64 len string true false
		nil append cap copy make max min new panic recover clear any uint8 uint64
		p s v w n o l m i k e d f g err ok out in it old now known failed result over bit
		part node key data dst tick twice list bits word dirty timers born main info settings
		flow fn op own unit persist wirejson time strings errors math reflect utf8 sim
		bytes slices maps chance outbox
		newProgram init`)
)

// withPackages adds the names of the runtime's packages.
func withPackages(text string) map[string]bool {
	m := words(text)
	for _, pkg := range catalog.Load().Packages() {
		m[path.Base(pkg)] = true
	}
	return m
}

func words(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// Camel turns a name of the flow into Go's form, front_door → frontDoor, so that
// no two names become one: an underscore goes only where a small letter follows,
// and a capital letter is marked.
func Camel(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r == '.', r == '[':
			b.WriteString("_")
		case r == '"', r == ']': // of the key of a step
		case r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteString("_" + strconv.FormatInt(int64(r), 16))
		case r == '_' && i > 0 && i+1 < len(runes) && runes[i+1] >= 'a' && runes[i+1] <= 'z':
			i++
			b.WriteRune(runes[i] - 'a' + 'A')
		case r >= 'A' && r <= 'Z':
			b.WriteString("_")
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()
}

func camel(name string) string { return Camel(name) }

// Exported is Camel with a capital at the start; a name that cannot begin with one
// gets an X.
func Exported(name string) string {
	c := Camel(name)
	first := []rune(c)[0]
	if up := unicode.ToUpper(first); unicode.IsUpper(up) && first != '_' {
		return string(up) + strings.TrimPrefix(c, string(first))
	}
	return "X" + c
}

func exported(name string) string { return Exported(name) }

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// keyStem names a region after its captures: "bed", "floorRoom".
func keyStem(k types.Key) string {
	return camel(strings.ReplaceAll(k.Names, ",", "_"))
}

func hasSuffixWord(name, word string) bool {
	return name == word || strings.HasSuffix(name, "_"+word)
}
