package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"flowc/lang/diag"
)

func TestEveryCodeIsListed(t *testing.T) {
	text := listCodes()
	for _, code := range diag.Codes() {
		if title := storyTitle(code); title == "" || !strings.Contains(text, "  "+code+"  "+title+"\n") {
			t.Errorf("%s is not listed with its title %q", code, title)
		}
		if codeGroups[code[1:3]] == "" {
			t.Errorf("%s belongs to no group", code)
		}
	}
}

var codeInSource = regexp.MustCompile(`"([EW][0-9]{4})"`)

// A message whose code has no story sends people to nothing.
func TestEveryCodeInUseHasAStory(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	for _, folder := range []string{"lang", "compiler", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := os.ReadFile(path)
			for _, m := range codeInSource.FindAllStringSubmatch(string(src), -1) {
				seen++
				if _, told := diag.Story(m[1]); !told {
					t.Errorf("%s uses %s, which has no story", path, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Errorf("only %d codes were found", seen)
	}
}

// A code that is told has a story, and then it is not free.
func TestFreeCodesAreFree(t *testing.T) {
	for _, c := range keptFree {
		if _, told := diag.Story(c[:5]); told {
			t.Errorf("%s has a story, and is listed as never said", c[:5])
		}
	}
}
