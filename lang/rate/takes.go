package rate

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// Takes is how much an input of a thing takes, as the catalogue says it ("20/s"), "" where
// it says nothing: what is written to another machine wears out no card of this one.
func Takes(th *typed.Thing, f *catalog.Field) string {
	if far := f.Tags["far"]; far != "" && th.Far() {
		return far
	}
	return f.Tags["capacity"]
}
