package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"flowc/lang/catalog"
)

// ErrStale says that the committed catalogue is not what rt declares.
var ErrStale = errors.New("lang/catalog/catalog.json is not what rt declares; run: go run ./cmd/catalog")

const catalogFile = "lang/catalog/catalog.json"

// Commit scans rt in the repository at dir. With write it saves the catalogue;
// without, it gives ErrStale when the saved one differs. Problems are for the
// author of rt and are no error of their own.
func Commit(dir string, write bool) ([]Problem, error) {
	c, problems := Source(os.DirFS(dir), "rt", "flowc")
	text, err := Encode(c)
	if err != nil {
		return problems, err
	}
	name := filepath.Join(dir, filepath.FromSlash(catalogFile))
	old, err := os.ReadFile(name)
	if err == nil && bytes.Equal(old, text) {
		return problems, nil
	}
	if !write {
		return problems, ErrStale
	}
	return problems, os.WriteFile(name, text, 0o644)
}

// Encode writes a catalogue as it is committed.
func Encode(c *catalog.Catalog) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(c)
	return b.Bytes(), err
}
