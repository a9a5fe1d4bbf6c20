package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

func errUse(r rangeT, label string) *diag.Diagnostic {
	return finding("E0114", "This library cannot be used", r, label)
}

func errUseFrom(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", b.Labels[0].Range, "where is it?")
	f.Hint = "name the folder that holds the component:"
	f.Example = fmt.Sprintf("from = \"./lib/%s\"", b.Name())
	return f
}

func errUsePath(a *syntax.Attr) *diag.Diagnostic {
	f := errUse(a.Expr.Range(), "a path is needed here, as plain text")
	f.Hint = "write `from = \"./lib/watering\"`."
	return f
}

func errUseRemote(a *syntax.Attr) *diag.Diagnostic {
	f := errUse(a.Expr.Range(), "this is no folder below the flow's")
	f.Why = "Libraries from a repository are part of the language, but this flowc cannot fetch them yet."
	f.Hint = "copy the folder beside the flow and write its path with a dot: `from = \"./lib/watering\"`."
	return f
}

func errUseOutside(a *syntax.Attr) *diag.Diagnostic {
	f := errUse(a.Expr.Range(), "this leads out of the flow's folder")
	f.Why = "flowc reads only what lies in the folder of the flow."
	f.Hint = "copy the library below the flow, for example to `./lib`."
	return f
}

func errUseUnread(a *syntax.Attr, folder string, err error) *diag.Diagnostic {
	return errUse(a.Expr.Range(), fmt.Sprintf("`%s`: %s", folder, err))
}

func errNoComponent(b *syntax.Block, l *syntax.Library) *diag.Diagnostic {
	f := errUse(b.Labels[0].Range, fmt.Sprintf("`%s` has no component `%s`", l.Folder, b.Name()))
	var names []string
	for _, k := range l.Blocks {
		if k.Kind == "component" && k.Name() != "" {
			names = append(names, k.Name())
		}
	}
	switch near := catalog.Nearest(b.Name(), names); {
	case len(near) > 0:
		f.Hint = "did you mean " + quoted(near[:1], "or") + "?"
	case len(names) > 0:
		f.Hint = "it has " + listed(names) + "."
	default:
		f.Hint = "it has none."
	}
	return f
}

// errInLibrary is something in a library that would act by itself.
func errInLibrary(r rangeT, what string) *diag.Diagnostic {
	f := errUse(r, fmt.Sprintf("`%s` would belong to no instance", what))
	f.Why = "A library brings components, types and functions; what happens in the flow stands in the flow."
	f.Hint = "put it into a component."
	return f
}

func errInclude(r rangeT, label string) *diag.Diagnostic {
	return finding("E0115", "This text cannot be included", r, label)
}

func errIncludePath(r rangeT) *diag.Diagnostic {
	f := errInclude(r, "the name of a file is needed here, as plain text")
	f.Hint = "write `include_text(\"mail.html\")`."
	return f
}

func errIncludeOutside(r rangeT) *diag.Diagnostic {
	f := errInclude(r, "this leads out of the flow's folder")
	f.Why = "flowc reads only what lies in the folder of the flow."
	return f
}

func errIncludeUnread(r rangeT, name string, err error) *diag.Diagnostic {
	return errInclude(r, fmt.Sprintf("`%s`: %s", name, err))
}

func errIncludeBytes(r rangeT, name string) *diag.Diagnostic {
	return errInclude(r, fmt.Sprintf("`%s` is no text in UTF-8", name))
}
