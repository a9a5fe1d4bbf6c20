package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"time"
)

// simAck is the line with which a simulated program says that a command is done (rt/sim).
const simAck = "\x06"

// simLogMark begins a line of its log among those of its console (rt/sim): in one stream they stay in order.
const simLogMark = "\x05"

// stopLimit is how long a program may take to stop; its own limit for effects under way is 10 s.
const stopLimit = 12 * time.Second

// child is a simulated program that runs.
type child struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	// lines are from its console and its log, notes what it says besides. Both end before over does.
	lines, notes chan string
	// over receives its end, once.
	over chan error
}

// startChild runs a program. Without a broker address, the program talks to the brokers that its flow names; without a
// file to record to, nothing is recorded; unless its HTTP is real, it is simulated.
func startChild(program string, args []string, env ...string) (*child, error) {
	ch := &child{cmd: exec.Command(program, args...), lines: make(chan string), notes: make(chan string), over: make(chan error, 1)}
	ch.cmd.Env = append(append(os.Environ(), "FLOWC_SIM_ACK=1"), env...)
	var err error
	if ch.stdin, err = ch.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := ch.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := ch.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := ch.cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan struct{}, 2)
	go forward(stdout, ch.lines, ended)
	go forward(stderr, ch.notes, ended)
	go func() {
		<-ended
		<-ended
		ch.over <- ch.cmd.Wait()
	}()
	return ch, nil
}

func forward(from io.Reader, to chan<- string, ended chan<- struct{}) {
	lines := bufio.NewReader(from)
	for {
		line, err := lines.ReadString('\n')
		if n := len(line); n > 0 && line[n-1] == '\n' {
			line = line[:n-1]
		}
		if line != "" || err == nil {
			to <- line
		}
		if err != nil {
			ended <- struct{}{}
			return
		}
	}
}

// say types a command.
func (ch *child) say(command string) { io.WriteString(ch.stdin, command+"\n") }

// quit ends the program's input, which stops it; a program that does not stop is killed.
func (ch *child) quit() {
	ch.stdin.Close()
	time.AfterFunc(stopLimit, func() { ch.cmd.Process.Kill() })
}
