package sim

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// recordedFlow is the first line of a recording.
type recordedFlow struct {
	// Flow is the name of the flow that ran, Time when it began.
	Flow string    `json:"flow"`
	Time time.Time `json:"time"`
}

// record writes what comes in to a file, a line of JSON for each, until the program
// ends. Each line is written at once: who stops a program has it all.
func record(file string, flowName string, clock flow.Clock) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(recordedFlow{Flow: flowName, Time: clock.Now().UTC()}); err != nil {
		return err
	}
	var mu sync.Mutex // a request comes in beside the instants
	outside.OnTake(func(in outside.Input) {
		mu.Lock()
		defer mu.Unlock()
		in.Time = in.Time.UTC()
		lines.Encode(in) // a full disk must not end what is recorded
	})
	return nil
}

// recording is a file that record wrote, read line by line.
type recording struct {
	begin time.Time
	file  io.Closer
	lines *json.Decoder
	// n is the number of the line that was read last.
	n int
}

func openRecording(file string) (*recording, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, errors.New("the recording cannot be opened: " + err.Error())
	}
	r := &recording{file: in, lines: json.NewDecoder(bufio.NewReader(in)), n: 1}
	var head recordedFlow
	if err := r.lines.Decode(&head); err != nil || head.Time.IsZero() {
		in.Close()
		return nil, errors.New(file + " is no recording: `flowc run -record FILE` writes one")
	}
	r.begin = head.Time
	return r, nil
}

// next is the next input; io.EOF is the end.
func (r *recording) next() (in outside.Input, err error) {
	r.n++
	if err := r.lines.Decode(&in); err != nil {
		if err == io.EOF {
			return in, io.EOF
		}
		return in, errors.New("line " + flow.FormatInt(int64(r.n)) + " of the recording cannot be read: " + err.Error())
	}
	return in, nil
}
