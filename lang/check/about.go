package check

import (
	"path"
	"strings"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// logFaults is the setting of `program` that keeps faults out of the log.
const logFaults = "log_faults"

// aboutProgram reads the blocks `program`, `site` and `board`.
func (c *checker) aboutProgram() {
	if c.about != nil {
		v := c.aboutBlock(c.about, map[string]*types.Type{"edition": types.TInt, logFaults: types.TBool, "persist": persistType, "health": healthType, memorySetting: sizeType()})
		if on, ok := v[logFaults].(bool); ok {
			c.quiet = !on
		}
		if most, ok := v[memorySetting].(float64); ok {
			c.memory = int64(most)
		}
	}
	if c.site != nil {
		v := c.aboutBlock(c.site, map[string]*types.Type{
			"latitude": types.TNumber, "longitude": types.TNumber, "timezone": types.TString,
		})
		c.settle(v)
	}
	if c.board != nil {
		c.aboutBlock(c.board, map[string]*types.Type{
			"i2c": types.TBool, "spi": types.TBool, "uart": types.TBool, "w1": types.TBool,
		})
	}
}

// aboutBlock reads constants of given types from a block.
func (c *checker) aboutBlock(b *syntax.Block, attrs map[string]*types.Type) map[string]any {
	values := map[string]any{}
	for _, a := range b.Attrs {
		t := attrs[a.Name]
		if t == persistType {
			c.persist = c.persistOf(a)
			continue
		}
		if t == healthType {
			c.health = c.healthOf(a)
			continue
		}
		if t == nil {
			c.report(c.errUnknownAttr(a, b.Kind, keysOf(attrs)))
			continue
		}
		x := c.expr(a.Expr, t)
		if isBad(x) {
			continue
		}
		if _, ok := convertible(x.Base().Type, t); !ok {
			c.report(c.errWrongType(x, t, "`"+a.Name+"`", a.NameRange))
			continue
		}
		k, ok := c.convert(x, t).(*typed.Const)
		if !ok {
			c.report(c.errNotConstant(x, "`"+a.Name+"`"))
			continue
		}
		values[a.Name] = k.V
		if a.Name == "edition" && k.V != int64(1) {
			c.report(errEdition(a))
		}
	}
	c.noBlocks(b, b.Kind)
	return values
}

// flowDoc is the comment at the top of the file that is called as the flow is, else of
// the first, if an empty line sets it apart from what follows.
func (c *checker) flowDoc() string {
	if len(c.flow.Files) == 0 {
		return ""
	}
	file := c.flow.Files[0]
	for _, f := range c.flow.Files {
		if path.Base(f.Name) == c.flow.Name+".hcl" {
			file = f
		}
	}
	var lines []string
	for line := range strings.SplitSeq(string(file.Src), "\n") {
		line = strings.TrimSpace(line)
		text, isComment := strings.CutPrefix(line, "#")
		if !isComment {
			text, isComment = strings.CutPrefix(line, "//")
		}
		if !isComment {
			if line == "" {
				return strings.Join(lines, "\n")
			}
			return ""
		}
		lines = append(lines, strings.TrimSpace(text))
	}
	return strings.Join(lines, "\n")
}
