package syntax

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// Remote is a library in a repository: `from = "github.com/x/y//zone"`,
// `version = "1.2.0"`.
type Remote struct {
	// Repository is what stands before the `//`, Folder what stands behind it, "." for
	// the repository's own folder.
	Repository, Folder, Version string
}

// PinnedFolder is where the repositories that a flow uses lie, below the flow's folder.
const PinnedFolder = ".flowc"

// The limits of what is taken from a repository.
const (
	maxPinnedFiles = 1000
	maxPinnedBytes = maxProgramBytes
)

var (
	// ErrNotFetched says that a library is not there yet.
	ErrNotFetched = errors.New("it was not fetched yet")
	// ErrNotAsLocked says that it is not what flow.lock says it is.
	ErrNotAsLocked = errors.New("its files are not those that flow.lock names")
)

var (
	repositoryForm = regexp.MustCompile(`^(https://|file:///)?[A-Za-z0-9][A-Za-z0-9._~-]*(:[0-9]{1,5})?(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$`)
	versionForm    = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._+-]{0,99}$`)
)

// RemoteOf reads the settings of a `use` block; what names no repository is an error
// that says why.
func RemoteOf(from, version string) (Remote, error) {
	scheme := ""
	rest := from
	for _, s := range []string{"https://", "file://"} {
		if after, ok := strings.CutPrefix(from, s); ok {
			scheme, rest = s, after
		}
	}
	repository, folder, _ := strings.Cut(rest, "//")
	r := Remote{Repository: scheme + repository, Folder: path.Clean(folder), Version: version}
	switch {
	case !repositoryForm.MatchString(r.Repository), scheme == "" && !strings.Contains(strings.Split(repository, "/")[0], "."):
		return r, errors.New("a repository is named as `github.com/name/repository//folder`")
	case folder != "" && !safePath(folder):
		return r, errors.New("behind the `//` stands a folder of the repository")
	case !versionForm.MatchString(version):
		return r, errors.New("a version is the name of a tag, as `1.2.0`, or a whole commit")
	}
	return r, nil
}

// safePath reports whether a path of a repository can be a file's here: below the
// folder, not hidden, and of letters that show.
func safePath(name string) bool {
	if !fs.ValidPath(name) || name == "." || len(name) > maxNameBytes || strings.ContainsAny(name, `\:`) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// Takes reports whether a file of a repository belongs to its libraries: every .hcl file
// that is not hidden. So do the texts that they include.
func Takes(name string) bool { return strings.HasSuffix(name, ".hcl") && safePath(name) }

// included finds a text that a file includes, by its name.
var included = regexp.MustCompile(`\binclude_(?:text|sql)\s*\(\s*"([^"\\$%]+)"`)

// Included are the texts that the files of a library include, by their paths in the
// repository: each lies beside the file that includes it, or below. What merely looks
// like one, in a comment, is there too.
func Included(files map[string][]byte) []string {
	var names []string
	for name, src := range files {
		for _, m := range included.FindAllSubmatch(src, -1) {
			text := path.Clean(strings.TrimPrefix(string(m[1]), "./"))
			if whole := path.Join(path.Dir(name), text); fs.ValidPath(text) && safePath(whole) && !Takes(whole) {
				names = append(names, whole)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Sum is what tells the files of a repository from all others.
func Sum(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d %s %d\n", len(name), name, len(files[name]))
		h.Write(files[name])
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// PinnedAt is the folder of a repository whose files have a sum.
func (r Remote) PinnedAt(sum string) string {
	_, digits, _ := strings.Cut(sum, ":")
	return path.Join(PinnedFolder, path.Base(r.Repository)+"@"+r.Version+"-"+digits[:min(16, len(digits))])
}

// LockLine is the line of flow.lock that names a repository and its sum.
func (r Remote) LockLine(sum string) string {
	return "library " + r.Repository + " " + r.Version + " " + sum
}

// LockedSum finds the sum of a repository among the lines of a flow.lock.
func (r Remote) LockedSum(lock string) (sum string, ok bool) {
	for line := range strings.Lines(lock) {
		if sum, ok := strings.CutPrefix(strings.TrimSpace(line), r.LockLine("")); ok && strings.HasPrefix(sum, "sha256:") {
			return sum, true
		}
	}
	return "", false
}

// Remotes are the repositories that `use` blocks name.
func Remotes(blocks []*Block) (list []Remote) {
	for _, b := range blocks {
		if b.Kind != "use" {
			continue
		}
		if r, err := RemoteOf(b.text("from"), b.text("version")); err == nil && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// text is an attribute that is plain text, else "".
func (b *Block) text(name string) string {
	a := b.Attr(name)
	if a == nil {
		return ""
	}
	if t, ok := a.Expr.(*hclsyntax.TemplateExpr); ok && t.IsStringLiteral() {
		return t.Parts[0].(*hclsyntax.LiteralValueExpr).Val.AsString()
	}
	return ""
}

// Pinned makes a repository that was fetched part of what the flow can use, and gives
// its folder. It is held against flow.lock each time, and nothing else is read later.
func (p *Program) Pinned(r Remote) (folder string, err error) {
	lock, err := p.read("flow.lock")
	if err != nil {
		return "", ErrNotFetched
	}
	sum, ok := r.LockedSum(string(lock))
	if !ok {
		return "", ErrNotFetched
	}
	folder = r.PinnedAt(sum)
	files, err := p.PinnedFiles(r, sum)
	switch {
	case err != nil:
		return "", err
	case len(files) == 0:
		return "", ErrNotFetched
	case Sum(files) != sum:
		return "", ErrNotAsLocked
	}
	if p.below == nil {
		p.below = map[string][]byte{}
	}
	for name, src := range files {
		p.below[path.Join(folder, name)] = src
	}
	return folder, nil
}

// PinnedFiles are the files of a repository that was fetched, as they are now.
func (p *Program) PinnedFiles(r Remote, sum string) (map[string][]byte, error) {
	return p.tree(r.PinnedAt(sum))
}

// read gives a file below the flow's folder.
func (p *Program) read(name string) ([]byte, error) {
	if src, ok := p.below[name]; ok || p.Dir == "" {
		if !ok {
			return nil, fs.ErrNotExist
		}
		return src, nil
	}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return readFile(root, name)
}

// tree reads the files of a repository that was fetched, by their path in it.
func (p *Program) tree(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for name, src := range p.below {
		if rest, ok := strings.CutPrefix(name, folder+"/"); ok && Takes(rest) {
			files[rest] = src
		}
	}
	if len(files) > 0 || p.Dir == "" {
		for _, name := range Included(files) {
			if src, ok := p.below[folder+"/"+name]; ok {
				files[name] = src
			}
		}
		return files, nil
	}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return nil, reason(err)
	}
	defer root.Close()
	total := 0
	err = fs.WalkDir(root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !Takes(strings.TrimPrefix(name, folder+"/")) {
			return err
		}
		src, err := readFile(root, name)
		if total += len(src); err == nil && (total > maxPinnedBytes || len(files) >= maxPinnedFiles) {
			return errTreeTooBig
		}
		files[strings.TrimPrefix(name, folder+"/")] = src
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, reason(err)
	}
	for _, name := range Included(files) {
		src, err := readFile(root, path.Join(folder, name))
		switch total += len(src); {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, reason(err)
		case total > maxPinnedBytes || len(files) >= maxPinnedFiles:
			return nil, errTreeTooBig
		}
		files[name] = src
	}
	return files, nil
}

var errTreeTooBig = errors.New("its files are more than 1,000, or have more than 8 MB together")
