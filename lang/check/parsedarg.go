package check

import (
	"reflect"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// readable reports a constant text that a function takes in another form, as a
// pattern, a layout or a time zone, and that is none.
func (c *checker) readable(k *typed.Const, p *catalog.Arg) {
	parse := parserOf(p)
	if !parse.IsValid() {
		return
	}
	if _, err := parsedText(k.V, parse); err != nil {
		c.report(errUnreadable(k, p, err))
	}
}

// parserOf is the function that reads the text of an argument, invalid where the
// text is taken as it is.
func parserOf(p *catalog.Arg) reflect.Value {
	if p.Type == nil || p.Type.Name != "string" || p.Type.Go == "" {
		return reflect.Value{}
	}
	for t, parse := range parsersByType() {
		if t.PkgPath()+"."+t.Name() == p.Type.Go {
			return parse
		}
	}
	return reflect.Value{}
}
