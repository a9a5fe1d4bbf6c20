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

// replay lets dead letters be rows again, on the instant loop. Each is moved, in one
// transaction, or stays.
func (b *Box) replay(o order, list []Letter) (string, error) {
	answers := make(chan bool, len(list))
	strangers := make(chan []string, 1)
	b.h.Call(func() {
		var unknown []string
		for _, l := range list {
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
	moved, full, known := 0, 0, len(list)
	var unknown []string
	for waiting := true; waiting; {
		select {
		case unknown = <-strangers:
			known -= len(unknown)
			strangers = nil
		case ok := <-answers:
			if ok {
				moved++
			} else {
				full++
			}
		case <-alarm.C():
			return "", errSlow
		}
		waiting = strangers != nil || moved+full < known
	}
	switch {
	case full > 0:
		return "", fmt.Errorf("%d will be sent once more; %d stay, since there is no room for them in the buffer or on its disk", moved, full)
	case len(unknown) > 0:
		return "", fmt.Errorf("%d stay: there is no \"%s\" with a buffer any more", len(unknown), unknown[0])
	}
	return done(o, moved), nil
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
	s.held += int(i.size)
	s.writing++
	s.rows++
	s.bytes += i.size
	s.tail = append(s.tail, i)
	r := row{sort: sortRow, owner: s.Name, seq: i.seq, floor: s.floor(), born: i.born, data: i.data}
	s.post(&change{op: opExhume, item: i, seq: i.seq, value: r.encode(), numbers: []uint64{l.Number}, answer: answer})
}

// exhumed hears whether a dead letter is a row; where it is none, it stays a letter.
func (s *Shelf) exhumed(c *change) {
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
	s.held -= int(i.size)
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
