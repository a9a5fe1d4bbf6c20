package check

import (
	"fmt"
	"io/fs"
	"strings"

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

// errUseRemote is a name that is neither a folder's nor a repository's.
func errUseRemote(a *syntax.Attr, text string, err error) *diag.Diagnostic {
	f := errUse(a.Expr.Range(), "this is neither a folder nor a repository")
	f.Why = strings.ToUpper(err.Error()[:1]) + err.Error()[1:] + "."
	if a.Name == "version" {
		f.Subject.Label = "this is no version"
	} else if fs.ValidPath(text) {
		f.Hint = fmt.Sprintf("a folder below the flow's begins with a dot: `from = %q`.", "./"+text)
	}
	return f
}

func errUseVersion(from *syntax.Attr) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", from.Range, "which version of it?")
	f.Why = "What a repository holds changes; a flow says what it was made with."
	f.Hint = "name a tag of the repository:"
	f.Example = "version = \"1.2.0\""
	return f
}

// errUsePinned is a repository that is not here, or not as it was.
func errUsePinned(from *syntax.Attr, r syntax.Remote, err error) *diag.Diagnostic {
	f := errUse(from.Expr.Range(), fmt.Sprintf("`%s` %s: %s", r.Repository, r.Version, err))
	switch err {
	case syntax.ErrNotFetched:
		f.Why = "To check or build a flow opens no network; fetching is a step of its own."
		f.Hint = "fetch it once:"
		f.Example = "flowc get"
	case syntax.ErrNotAsLocked:
		f.Why = "What is used must be to the byte what it was when it was fetched."
		f.Hint = fmt.Sprintf("take away the folder `%s` and fetch it anew:", syntax.PinnedFolder)
		f.Example = "flowc get"
	}
	return f
}

// errUseOtherTree is a library of a repository that wants what lies outside it.
func errUseOtherTree(a *syntax.Attr) *diag.Diagnostic {
	f := errUse(a.Expr.Range(), "this leads out of the library's repository")
	f.Why = "What was fetched uses only what was fetched with it, or names a repository."
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
	if strings.Contains(r.Filename, "/") {
		f := errInclude(r, "this leads out of the library's folder")
		f.Why = "What a library includes lies beside its own files, or below."
		return f
	}
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
