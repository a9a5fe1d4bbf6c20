package check

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// libraryBlocks are what a library can bring: declarations that do nothing by
// themselves.
var libraryBlocks = []string{"component", "type", "enum", "variant", "function"}

// useLibraries adds to the flow what the folders named in `use` blocks declare, and
// those that they use in turn. Their names are names of the flow.
func (c *checker) useLibraries() {
	if !slices.ContainsFunc(c.flow.Blocks, func(b *syntax.Block) bool { return b.Kind == "use" }) {
		return
	}
	var blocks []*syntax.Block
	type waiting struct {
		folder string
		block  *syntax.Block
	}
	var queue []waiting
	for _, b := range c.flow.Blocks {
		if b.Kind == "use" {
			queue = append(queue, waiting{".", b})
			continue
		}
		blocks = append(blocks, b)
	}
	seen := map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		l := c.useBlock(queue[0].folder, queue[0].block)
		if l == nil || seen[l.Folder] {
			continue
		}
		seen[l.Folder] = true
		c.found = append(c.found, l.Found...)
		for _, f := range l.Files {
			c.sources[f.Name] = f.Src
			c.foreign(f.Name)
		}
		for _, a := range l.Equations {
			c.report(errInLibrary(a.NameRange, a.Name))
		}
		for _, b := range l.Blocks {
			switch {
			case b.Kind == "use":
				queue = append(queue, waiting{l.Folder, b})
			case slices.Contains(libraryBlocks, b.Kind):
				blocks = append(blocks, b)
			default:
				c.report(errInLibrary(b.KindRange, b.Kind))
			}
		}
	}
	c.flow = c.flow.With(blocks, c.flow.Equations)
}

// foreign notes a file that is not of the flow itself.
func (c *checker) foreign(name string) {
	if c.libraryFiles == nil {
		c.libraryFiles = map[string]bool{}
	}
	c.libraryFiles[name] = true
}

// useBlock reads one `use` block and gives its library, nil if there is none.
func (c *checker) useBlock(folder string, b *syntax.Block) *syntax.Library {
	if b.Name() == "" {
		c.report(errNoName(b))
		return nil
	}
	for _, a := range b.Attrs {
		if a.Name != "from" && a.Name != "version" {
			c.report(c.errUnknownAttr(a, "use", []string{"from", "version"}))
		}
	}
	c.noBlocks(b, "use")
	from := b.Attr("from")
	if from == nil {
		c.report(errUseFrom(b))
		return nil
	}
	text, ok := literalText(from.Expr)
	if !ok {
		c.report(errUsePath(from))
		return nil
	}
	whole := path.Join(folder, text)
	switch {
	case !strings.HasPrefix(text, "./") && !strings.HasPrefix(text, "../"):
		if whole = c.remote(b, from, text); whole == "" {
			return nil
		}
	case whole == "." || strings.HasPrefix(whole, ".."):
		c.report(errUseOutside(from))
		return nil
	case repositoryOf(whole) != repositoryOf(folder):
		c.report(errUseOtherTree(from))
		return nil
	}
	l, err := c.flow.Library(whole)
	if err != nil {
		c.report(errUseUnread(from, whole, err))
		return nil
	}
	if !slices.ContainsFunc(l.Blocks, func(k *syntax.Block) bool { return k.Kind == "component" && k.Name() == b.Name() }) {
		c.report(errNoComponent(b, l))
	}
	return l
}

// remote is the folder of a library in a repository, "" after an error. It was fetched
// before: to check a flow opens no network.
func (c *checker) remote(b *syntax.Block, from *syntax.Attr, text string) string {
	version := b.Attr("version")
	if _, err := syntax.RemoteOf(text, "1"); err != nil {
		c.report(errUseRemote(from, text, err))
		return ""
	}
	if version == nil {
		c.report(errUseVersion(from))
		return ""
	}
	tag, ok := literalText(version.Expr)
	if !ok {
		c.report(errUsePath(version))
		return ""
	}
	r, err := syntax.RemoteOf(text, tag)
	if err != nil {
		c.report(errUseRemote(version, tag, err))
		return ""
	}
	folder, err := c.flow.Pinned(r)
	if err != nil {
		c.report(errUsePinned(from, r, err))
		return ""
	}
	return path.Join(folder, r.Folder)
}

// repositoryOf is the repository that a folder lies in, "" for the flow's own.
func repositoryOf(folder string) string {
	if parts := strings.SplitN(folder, "/", 3); len(parts) > 1 && parts[0] == syntax.PinnedFolder {
		return parts[1]
	}
	return ""
}

// includeText is `include_text("mail.html")`: a file as it is when the program is
// built.
func (c *checker) includeText(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, `include_text("file")`) {
		return c.bad(r)
	}
	if k.node(0) == nil {
		c.report(errIncludePath(r))
		return c.bad(r)
	}
	at := k.node(0).Range()
	name, ok := literalText(k.node(0))
	clean := path.Clean(strings.TrimPrefix(name, "./"))
	switch {
	case !ok || name == "":
		c.report(errIncludePath(at))
		return c.bad(r)
	case path.IsAbs(name) || strings.HasPrefix(clean, ".."):
		c.report(errIncludeOutside(at))
		return c.bad(r)
	}
	clean = path.Join(path.Dir(at.Filename), clean) // a library's texts lie beside its own files
	text, err := c.flow.Text(clean)
	if err != nil {
		c.report(errIncludeUnread(at, clean, err))
		return c.bad(r)
	}
	if !utf8.ValidString(text) {
		c.report(errIncludeBytes(at, clean))
		return c.bad(r)
	}
	return c.constOf(r, types.TString, text)
}
