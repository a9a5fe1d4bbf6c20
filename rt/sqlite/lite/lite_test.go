package lite

import (
	"errors"
	"path/filepath"
	"testing"
)

func open(t *testing.T, file string) *Conn {
	t.Helper()
	c, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func exec(t *testing.T, c *Conn, sql string) {
	t.Helper()
	if err := c.Exec(sql); err != nil {
		t.Fatal(err)
	}
}

// TestDeclared holds that what a column was declared as, and the table that it comes
// from, survive joins and sub-queries, and that computed columns have neither.
func TestDeclared(t *testing.T) {
	c := open(t, Memory)
	exec(t, c, "CREATE TABLE weather (at t1 NOT NULL, temp t2)")
	exec(t, c, "CREATE TABLE place (id t3, name t4)")
	s, err := c.Prepare("SELECT w.temp AS a, p.name, x.at, max(w.temp) FROM weather w LEFT JOIN place p ON p.id = 1 JOIN (SELECT at FROM weather) x")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for n, want := range [][3]string{{"a", "t2", "weather"}, {"name", "t4", "place"}, {"at", "t1", "weather"}, {"max(w.temp)", "", ""}} {
		if got := [3]string{s.Name(n), s.Declared(n), s.Table(n)}; got != want {
			t.Errorf("column %d: %q, want %q", n, got, want)
		}
	}
	if !s.ReadOnly() || s.Columns() != 4 {
		t.Error("read-only with four columns is expected")
	}
}

func TestOffset(t *testing.T) {
	c := open(t, Memory)
	exec(t, c, "CREATE TABLE weather (temp)")
	_, err := c.Prepare("SELECT avg(tmp) FROM weather")
	var e *Error
	if !errors.As(err, &e) || e.Offset != 11 || e.Message != "no such column: tmp" {
		t.Errorf("got %#v", err)
	}
}

func TestValues(t *testing.T) {
	c := open(t, filepath.Join(t.TempDir(), "a.db"))
	exec(t, c, "CREATE TABLE x (a, b, c, d, e)")
	s, err := c.Prepare("INSERT INTO x VALUES (?1, ?2, ?3, ?4, ?5); SELECT 1")
	if err != nil {
		t.Fatal(err)
	}
	if s.Tail != " SELECT 1" || s.Params() != 5 {
		t.Errorf("tail %q, %d parameters", s.Tail, s.Params())
	}
	for _, err := range []error{s.BindInt(1, -5), s.BindFloat(2, 1.5), s.BindText(3, nil), s.BindBlob(4, []byte{0, 255}), s.BindNull(5)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Step(); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s, err = c.Prepare("SELECT * FROM x")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if row, err := s.Step(); !row || err != nil {
		t.Fatal(row, err)
	}
	for n, want := range []Sort{Int, Float, Text, Blob, Null} {
		if s.Sort(n) != want {
			t.Errorf("column %d is a %d, want %d", n, s.Sort(n), want)
		}
	}
	if s.Int(0) != -5 || s.Float(1) != 1.5 || len(s.Bytes(2)) != 0 || string(s.Bytes(3)) != "\x00\xff" {
		t.Error("other values came back")
	}
}
