package boltfile

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// TestVerify: what bbolt writes is whole, whatever was done to it, and all of it is seen.
func TestVerify(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 3))
		name := filepath.Join(t.TempDir(), "file.db")
		db, err := bbolt.Open(name, 0o600, &bbolt.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		model := map[string]string{}
		for range 20 {
			err := db.Update(func(tx *bbolt.Tx) error { return change(tx, r, model) })
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		err = Verify(name, func(buckets []string, k, v []byte) error {
			seen[fmt.Sprint(buckets, string(k))] = string(v)
			return nil
		})
		if err != nil || fmt.Sprint(seen) != fmt.Sprint(model) {
			t.Errorf("seed %d: %v; %d entries, want %d", seed, err, len(seen), len(model))
		}
	}
}

// change puts and removes entries of nested buckets.
func change(tx *bbolt.Tx, r *rand.Rand, model map[string]string) error {
	for range r.IntN(60) {
		path := [][]string{{"a"}, {"b", "x"}, {"b", "y"}, {"b", "y", "z"}}[r.IntN(4)]
		b, err := tx.CreateBucketIfNotExists([]byte(path[0]))
		for _, name := range path[1:] {
			if err != nil {
				return err
			}
			b, err = b.CreateBucketIfNotExists([]byte(name))
		}
		if err != nil {
			return err
		}
		key := fmt.Sprint("key", r.IntN(400))
		if r.IntN(3) == 0 {
			delete(model, fmt.Sprint(path, key))
			if err := b.Delete([]byte(key)); err != nil {
				return err
			}
			continue
		}
		value := bytes.Repeat([]byte{byte('a' + r.IntN(26))}, r.IntN(9000))
		model[fmt.Sprint(path, key)] = string(value)
		if err := b.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}

// Cut off anywhere, a file is not whole.
func TestVerifyFindsWhatIsCutOff(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file.db")
	db, err := bbolt.Open(name, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	model := map[string]string{}
	for seed := range uint64(3) {
		if err := db.Update(func(tx *bbolt.Tx) error { return change(tx, rand.New(rand.NewPCG(seed, 4)), model) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := Free(name); !errors.Is(err, ErrOwned) {
		t.Errorf("a file that is open: %v", err)
	}
	_ = db.Close()
	if err := Free(name); err != nil {
		t.Errorf("a file that is closed: %v", err)
	}
	whole, err := os.ReadFile(name)
	if err != nil || Verify(name, nil) != nil {
		t.Fatal(err, Verify(name, nil))
	}
	for n := 1; n < len(whole)/4096; n++ {
		if err := os.Truncate(name, int64(len(whole)-4096*n)); err != nil {
			t.Fatal(err)
		}
		if Verify(name, nil) == nil && n > len(whole)/4096/2 {
			t.Errorf("without its last %d pages it is whole", n)
		}
	}
	if err := Verify(filepath.Join(t.TempDir(), "none"), nil); err != nil {
		t.Errorf("no file: %v", err)
	}
}
