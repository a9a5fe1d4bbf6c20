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
var ErrStale = errors.New("lang/catalog/catalog.json or lang/check/fold_table.go is not what rt declares; run: go run ./cmd/catalog")

const (
	catalogFile = "lang/catalog/catalog.json"
	foldFile    = "lang/check/fold_table.go"
)

// Commit scans rt in the repository at dir. With write it saves the catalogue and
// the table of functions for folding; without, it gives ErrStale when the saved
// ones differ. Problems are for the author of rt and are no error of their own.
func Commit(dir string, write bool) ([]Problem, error) {
	c, problems := Source(os.DirFS(dir), "rt", "flowc")
	text, err := Encode(c)
	if err != nil {
		return problems, err
	}
	table, err := FoldTable(c, "flowc")
	if err != nil {
		return problems, err
	}
	for _, f := range []struct {
		file string
		text []byte
	}{{catalogFile, text}, {foldFile, table}} {
		if err := commitFile(dir, f.file, f.text, write); err != nil {
			return problems, err
		}
	}
	return problems, nil
}

// commitFile saves what was made, or says that what was saved is stale.
func commitFile(dir, file string, text []byte, write bool) error {
	name := filepath.Join(dir, filepath.FromSlash(file))
	old, err := os.ReadFile(name)
	if err == nil && bytes.Equal(old, text) {
		return nil
	}
	if !write {
		return ErrStale
	}
	return os.WriteFile(name, text, 0o644)
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
