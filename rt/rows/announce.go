package rows

import "sync"

// Announced is a statement that a thing will send.
type Announced struct {
	Thing, SQL string
}

// announcements are the statements of a flow; things announce theirs when they start,
// and the worker of a Line looks at them.
type announcements struct {
	mu   sync.Mutex
	list []Announced
	// wrong is what the database says to the first of them that it does not take.
	wrong string
}

// announce says what a thing will send, so that a database far away can be asked at once
// whether it takes that.
func (l *Line) announce(thing, sql string) {
	l.said.mu.Lock()
	defer l.said.mu.Unlock()
	l.said.list = append(l.said.list, Announced{thing, sql})
}

// Announced are the statements of the flow.
func (l *Line) Announced() []Announced {
	l.said.mu.Lock()
	defer l.said.mu.Unlock()
	return l.said.list
}

// Wrong says what is wrong with the statements, "" for nothing; Trouble tells it.
func (l *Line) Wrong(why string) {
	l.said.mu.Lock()
	defer l.said.mu.Unlock()
	l.said.wrong = why
}

func (l *Line) wrong() string {
	l.said.mu.Lock()
	defer l.said.mu.Unlock()
	return l.said.wrong
}
