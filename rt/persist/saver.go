package persist

import (
	"flowc/rt/flow"
)

// saver writes the memory every so often: taken on the instant loop, written beside it,
// so that a slow card holds up nothing.
type saver struct {
	memory *Memory
	engine *flow.Engine
	file   *file
	// pass is the pass up to which all is taken.
	pass   flow.Pass
	taken  chan Stored
	stop   chan struct{}
	done   chan struct{}
	failed bool
}

func startSaver(m *Memory, e *flow.Engine, f *file) *saver {
	s := &saver{
		memory: m, engine: e, file: f,
		taken: make(chan Stored, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go s.run()
	return s
}

// run asks for the memory and writes it, until the program has stopped.
func (s *saver) run() {
	defer close(s.done)
	for {
		alarm := s.engine.Clock().NewTimer(s.memory.Period)
		select {
		case <-alarm.C():
			s.engine.Call(s.take)
		case <-s.stop:
			alarm.Stop()
			return
		}
		select {
		case t := <-s.taken:
			s.write(t)
		case <-s.stop:
			return
		}
	}
}

// take runs on the instant loop, between instants.
func (s *saver) take() {
	var t Stored
	if s.engine.Pass != s.pass {
		s.pass = s.engine.Pass
		t = s.memory.Take(s.engine)
	}
	select {
	case s.taken <- t:
	default:
	}
}

func (s *saver) write(t Stored) {
	if t == nil {
		return
	}
	err := s.file.write(t)
	text := ""
	if err != nil {
		text = "cannot store what the program remembers in " + s.file.name + ": " + err.Error()
	}
	switch {
	case err != nil && !s.failed:
		s.engine.Note(flow.LevelError, text)
	case err == nil && s.failed:
		s.engine.Note(flow.LevelInfo, "what the program remembers is stored again")
	}
	s.failed = err != nil
	s.memory.mu.Lock()
	s.memory.failed = text
	s.memory.mu.Unlock()
}

// close is called when the loop has ended: nothing changes any more.
func (s *saver) close() {
	close(s.stop)
	<-s.done
	s.write(s.memory.Take(s.engine))
	s.file.close()
}
