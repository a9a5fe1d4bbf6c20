package outbox

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"flowc/rt/boltfile"
)

// Usage is what the help of a program says of its dead letters.
const Usage = "dead-letters list|replay|drop  what receivers refused for good"

// Command does what the command line asks of the dead letters of a program, and then ends
// the process: `garden dead-letters list`. Without `dead-letters` it does nothing.
func Command(program, file string) {
	if len(os.Args) < 2 || os.Args[1] != "dead-letters" {
		return
	}
	os.Exit(command(program, file, os.Args[2:], os.Stdout, os.Stderr))
}

// Exit codes, as those of every program.
const (
	exitProblem = 1
	exitUsage   = 2
)

func command(program, file string, words []string, out, problems io.Writer) int {
	if _, err := parse(words); err != nil {
		fmt.Fprintf(problems, "%s dead-letters: %v\n\nUsage:\n%s", program, err, usage(program))
		return exitUsage
	}
	text, err := perform(ofService(program, file), words)
	if err != nil {
		fmt.Fprintf(problems, "%s dead-letters: %v\n", program, err)
		return exitProblem
	}
	fmt.Fprint(out, text)
	return 0
}

func usage(program string) string {
	return "  " + program + " dead-letters list           what receivers refused for good, oldest first\n" +
		"  " + program + " dead-letters replay WHICH   send it once more, behind what waits\n" +
		"  " + program + " dead-letters drop WHICH     forget it\n" +
		"\nWHICH is `all`, the name of a thing, or numbers of the list. It works while the program runs, and while it does not.\n" +
		"Where there is no outbox beside it, that of the service " + program + " is looked at, which only root may (sudo).\n"
}

// order is a command about dead letters.
type order struct {
	verb    string
	all     bool
	things  []string
	numbers []uint64
}

func parse(words []string) (o order, err error) {
	if len(words) == 0 {
		return o, errors.New("what is to be done?")
	}
	o.verb = words[0]
	switch o.verb {
	case "list":
		o.all = len(words) == 1
	case "replay", "drop":
		if len(words) == 1 {
			return o, errors.New(o.verb + " which?")
		}
	default:
		return o, fmt.Errorf("there is no command %q", o.verb)
	}
	for _, w := range words[1:] {
		n, err := strconv.ParseUint(strings.TrimPrefix(w, "#"), 10, 64)
		switch {
		case w == "all":
			o.all = true
		case err == nil:
			o.numbers = append(o.numbers, n)
		default:
			o.things = append(o.things, w)
		}
	}
	return o, nil
}

// pick gives those that an order is about.
func (o order) pick(list []Letter) (picked []Letter, err error) {
	for _, l := range list {
		if o.all || slices.Contains(o.numbers, l.Number) || slices.Contains(o.things, l.Thing) {
			picked = append(picked, l)
		}
	}
	if len(picked) == 0 && !o.all {
		return nil, errors.New("there is no such dead letter")
	}
	return picked, nil
}

// perform obeys in the file, or asks the program that has it.
func perform(name string, words []string) (text string, err error) {
	name = place(name)
	switch _, err := os.Stat(name); {
	case errors.Is(err, os.ErrNotExist):
		return "", fmt.Errorf("there is no outbox here (%s); is this the program's folder?", name)
	case errors.Is(err, os.ErrPermission):
		return "", fmt.Errorf("only root may look at %s; try again with sudo", name)
	}
	if errors.Is(boltfile.Free(name), boltfile.ErrOwned) {
		return ask(name, words)
	}
	f, err := openStore(name, func() {})
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return ask(name, words)
	case err != nil:
		return "", fmt.Errorf("%s cannot be read: %w; the program saves what it can of it when it starts", name, err)
	}
	defer f.close()
	o, err := parse(words)
	if err != nil {
		return "", err
	}
	return f.obey(o)
}

// obey does what is asked in a file that nobody else has.
func (f *file) obey(o order) (text string, err error) {
	list, err := f.list(nil)
	if err != nil {
		return "", err
	}
	picked, err := o.pick(list)
	if err != nil {
		return "", err
	}
	if o.verb == "list" {
		return listing(picked), nil
	}
	err = f.db.Update(func(tx *bbolt.Tx) error {
		for _, l := range picked {
			if o.verb == "replay" {
				if err := f.exhume(tx, l); err != nil {
					return err
				}
			}
		}
		return f.dead.forget(tx.Bucket(bucketLetters), numbersOf(picked))
	})
	if noRoom(err) {
		err = errors.New("the disk is full; nothing was changed")
	}
	return done(o, len(picked)), err
}

// exhume puts a dead letter behind what waits.
func (f *file) exhume(tx *bbolt.Tx, l Letter) error {
	l, err := decodeLetter(tx.Bucket(bucketLetters).Get(key(l.Number)))
	if err != nil {
		return err
	}
	rows, err := tx.Bucket(bucketRows).CreateBucketIfNotExists([]byte(l.Thing))
	if err != nil {
		return err
	}
	seq, err := rows.NextSequence()
	if err != nil {
		return err
	}
	return rows.Put(key(seq), row{sort: sortRow, owner: l.Thing, seq: seq, born: f.born, data: l.Data}.encode())
}

func numbersOf(list []Letter) (numbers []uint64) {
	for _, l := range list {
		numbers = append(numbers, l.Number)
	}
	return numbers
}

func done(o order, n int) string {
	if o.verb == "drop" {
		return fmt.Sprintf("%d dropped\n", n)
	}
	return fmt.Sprintf("%d will be sent once more\n", n)
}

// listing is what `list` prints.
func listing(list []Letter) string {
	if len(list) == 0 {
		return "there are no dead letters\n"
	}
	var b strings.Builder
	for _, l := range list {
		fmt.Fprintf(&b, "#%d  %s  %s: %s\n        %s\n", l.Number, l.Time.UTC().Format(time.DateTime), l.Thing, readable([]byte(l.Why), len(l.Why)), readable(l.Data, l.Size))
	}
	return b.String()
}

// longest is how much of a message a list shows, of what can be read of its first
// mostShown bytes.
const (
	longest   = 200
	mostShown = 4 * longest
)

// readable is what of the beginning of a message of a size can be read, on one line.
func readable(data []byte, size int) string {
	more := len(data) < size
	var b strings.Builder
	space := false
	for len(data) > 0 && b.Len() < longest {
		r, n := utf8.DecodeRune(data)
		data = data[n:]
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if len(data) > 0 || more {
		b.WriteString(" …")
	}
	return b.String()
}
