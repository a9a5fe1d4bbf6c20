package outbox

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"flowc/rt/flow"
)

// The file has one owner, so the running program answers for its dead letters: at a
// socket beside the file, for who may read the folder.

// doorName is where the socket is.
func doorName(file string) string { return file + ".sock" }

// patience bounds how long a question and its answer may take.
const patience = 10 * time.Second

// listen opens the door. Without one, as where the path is too long for a socket, dead
// letters can be looked at while the program does not run.
func (b *Box) listen() {
	name := doorName(place(b.File))
	_ = os.Remove(name) // of a program that was killed: the file is ours
	l, err := net.Listen("unix", name)
	if err != nil {
		b.h.Log(flow.LevelDebug, "dead letters cannot be looked at while the program runs: "+err.Error())
		return
	}
	_ = os.Chmod(name, 0o600)
	b.door = l
	go b.answerAll(l)
}

// deaf closes the door.
func (b *Box) deaf() {
	if b.door != nil {
		_ = b.door.Close()
		b.door = nil
	}
}

func (b *Box) answerAll(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		b.answer(c)
	}
}

// answer reads one line and writes what there is to say; the first byte tells whether it
// went well.
func (b *Box) answer(c net.Conn) {
	defer c.Close()
	over := make(chan struct{})
	defer close(over)
	go func() {
		alarm := b.clock.NewTimer(patience)
		select {
		case <-alarm.C():
			_ = c.Close()
		case <-over:
		}
		alarm.Stop()
	}()
	line, err := bufio.NewReader(io.LimitReader(c, 64<<10)).ReadString('\n')
	if err != nil {
		return
	}
	text, err := b.obey(strings.Fields(line))
	if err != nil {
		_, _ = io.WriteString(c, "-"+err.Error())
		return
	}
	_, _ = io.WriteString(c, "+"+text)
}

// obey does what is asked in the running program.
func (b *Box) obey(words []string) (string, error) {
	o, err := parse(words)
	if err != nil {
		return "", err
	}
	all := &change{op: opLetters, ended: make(chan struct{})}
	if !b.made(all) {
		return "", errSlow
	}
	if all.err != nil {
		return "", all.err
	}
	picked, err := o.pick(all.letters)
	if err != nil {
		return "", err
	}
	switch o.verb {
	case "list":
		return listing(picked), nil
	case "drop":
		if !b.made(&change{op: opForget, numbers: numbersOf(picked), ended: make(chan struct{})}) {
			return "", errSlow
		}
		return done(o, len(picked)), nil
	}
	return b.replay(o, picked)
}

var errSlow = errors.New("the program is busy; try again")

// made waits until a change was made.
func (b *Box) made(c *change) bool {
	alarm := b.clock.NewTimer(patience / 2)
	defer alarm.Stop()
	b.writer.post(c)
	select {
	case <-c.ended:
		return true
	case <-alarm.C():
		return false
	}
}

// replayBytes is about how much is moved at once.
const replayBytes = 256 << 10

// replay lets dead letters be rows again, a few at a time. Each is moved, in one
// transaction, or stays.
func (b *Box) replay(o order, list []Letter) (string, error) {
	var moved, strangers int
	stranger := ""
	for len(list) > 0 {
		var numbers []uint64
		rest := list
		for size := 0; len(rest) > 0 && size < replayBytes; rest = rest[1:] {
			numbers = append(numbers, rest[0].Number)
			size += rest[0].Size + itemBytes
		}
		n, stay, unknown, err := b.raise(numbers)
		if err != nil {
			return "", err
		}
		moved += n
		if len(unknown) > 0 {
			stranger = unknown[0]
			strangers += len(unknown)
		}
		if stay > 0 {
			return "", fmt.Errorf("%d will be sent once more; %d stay, since there is no room for them in the buffer or on its disk", moved, len(rest)+stay+strangers)
		}
		list = rest
	}
	if strangers > 0 {
		return "", fmt.Errorf("%d will be sent once more; %d stay: there is no \"%s\" with a buffer any more", moved, strangers, stranger)
	}
	return done(o, moved), nil
}

// raise moves some letters, and tells how many it did, for how many there is no room, and
// for which sinks there is no buffer.
func (b *Box) raise(numbers []uint64) (moved, stay int, unknown []string, err error) {
	all := &change{op: opLetters, numbers: numbers, ended: make(chan struct{})}
	if !b.made(all) {
		return 0, 0, nil, errSlow
	}
	if all.err != nil {
		return 0, 0, nil, all.err
	}
	answers := make(chan bool, len(all.letters))
	strangers := make(chan []string, 1)
	b.h.Call(func() {
		var unknown []string
		for _, l := range all.letters {
			if s := b.shelf(l.Thing); s != nil {
				s.exhume(l, answers)
			} else {
				unknown = append(unknown, l.Thing)
			}
		}
		strangers <- unknown
	})
	alarm := b.clock.NewTimer(patience / 2)
	defer alarm.Stop()
	for waiting := len(all.letters); waiting > 0 || strangers != nil; {
		select {
		case unknown = <-strangers:
			waiting -= len(unknown)
			strangers = nil
		case ok := <-answers:
			waiting--
			if ok {
				moved++
			} else {
				stay++
			}
		case <-alarm.C():
			return 0, 0, nil, errSlow
		}
	}
	return moved, stay, unknown, nil
}

// shelf is the buffer of a sink, nil if it has none.
func (b *Box) shelf(name string) *Shelf {
	for _, s := range b.shelves {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// exhume lets a dead letter be the newest row, if there is room for it. It is not sent
// before it is one: the letter would be sent again.
func (s *Shelf) exhume(l Letter, answer chan<- bool) {
	i := &item{seq: s.next, data: l.Data, size: int64(len(l.Data) + rowOverhead), born: s.Box.age(), state: beingWritten, exhumed: true}
	if s.crowded(i) {
		answer <- false
		return
	}
	s.next++
	s.memory++
	s.held += i.weight()
	s.writing++
	s.exhuming++
	s.rows++
	s.bytes += i.size
	s.tail = append(s.tail, i)
	s.post(&change{op: opExhume, item: i, seq: i.seq, value: s.encoded(i), numbers: []uint64{l.Number}, answer: answer})
}

// exhumed hears whether a dead letter is a row; where it is none, it stays a letter.
func (s *Shelf) exhumed(c *change) {
	s.exhuming--
	c.answer <- !c.full && c.gone == 0
	if !c.full && c.gone == 0 {
		s.written(c)
		return
	}
	i := c.item
	s.tail = slices.DeleteFunc(s.tail, func(o *item) bool { return o == i })
	s.writing--
	s.rows--
	s.bytes -= i.size
	s.memory--
	s.held -= i.weight()
}

// ask hands a question to the program that has the file.
func ask(name string, words []string) (text string, err error) {
	c, err := net.Dial("unix", doorName(name))
	if err != nil {
		return "", errors.New("the program runs and cannot be asked; stop it, and try again")
	}
	defer c.Close()
	if _, err := io.WriteString(c, strings.Join(words, " ")+"\n"); err != nil {
		return "", err
	}
	answer, err := io.ReadAll(c)
	switch {
	case err != nil:
		return "", err
	case len(answer) == 0:
		return "", errSlow
	case answer[0] == '-':
		return "", errors.New(string(answer[1:]))
	}
	return string(answer[1:]), nil
}
