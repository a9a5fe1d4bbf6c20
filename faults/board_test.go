package faults

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// board is a file whose bytes are the pins of a program: it sees them as they are, whether the program lives or not.
type board struct {
	t    testing.TB
	file string
}

func newBoard(t testing.TB) *board {
	b := &board{t: t, file: filepath.Join(t.TempDir(), "board")}
	write(t, b.file, make([]byte, 64))
	return b
}

func (b *board) env() string { return "FAULTS_BOARD=" + b.file }

// withBoard gives a program the pins of a board in place of the machine's.
func withBoard(t testing.TB) []change {
	t.Helper()
	return []change{
		{file: "rt/gpio/board_linux.go", now: fixture(t, "board.go.txt")},
		{file: "rt/gpio/cdev_linux.go", old: "func systemLines() Lines { return &cdev{} }", now: "func systemLines() Lines { return board{} }"},
	}
}

// high is whether there is a voltage at the pin.
func (b *board) high(pin int) bool {
	b.t.Helper()
	pins, err := os.ReadFile(b.file)
	if err != nil {
		b.t.Fatal(err)
	}
	return pins[pin] == 1
}

// set gives a pin a level, as the program does.
func (b *board) set(pin int, high bool) {
	b.t.Helper()
	level := []byte{0}
	if high {
		level[0] = 1
	}
	f, err := os.OpenFile(b.file, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt(level, int64(pin))
		f.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// becomes waits until the pin is high or low, and tells how long that took.
func (b *board) becomes(pin int, high bool, limit time.Duration) (took time.Duration, ok bool) {
	began := time.Now()
	for b.high(pin) != high {
		if time.Since(began) > limit {
			return limit, false
		}
		time.Sleep(time.Millisecond) // a file tells nobody that it changes
	}
	return time.Since(began), true
}
