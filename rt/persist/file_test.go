package persist

import (
	"path/filepath"
	"reflect"
	"testing"
)

// After a write that failed the handle is not used again: what bbolt has in memory may be
// newer than what is on the disk. The next write begins with the file as it is.
func TestWriteAfterAFailedOne(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	f, _, err := readFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { f.close() }()
	if err := f.write(Stored{formatName: []byte(format), "a": []byte("1"), "b": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := f.db.Close(); err != nil { // as good as a disk that fails
		t.Fatal(err)
	}
	if err := f.write(Stored{"a": []byte("2")}); err == nil {
		t.Fatal("a write to a closed file went well")
	}
	want := Stored{formatName: []byte(format), "a": []byte("2"), "c": []byte("3")}
	if err := f.write(want); err != nil {
		t.Fatalf("the file is not opened anew: %v", err)
	}
	f.close()
	f, stored, err := readFile(name)
	if err != nil || !reflect.DeepEqual(stored, want) {
		t.Errorf("the file holds %v (%v)", stored, err)
	}
}
