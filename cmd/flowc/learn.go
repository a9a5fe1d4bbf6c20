package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"flowc/lang/learn"
)

func learnCommand() command {
	return command{
		name: "learn", args: "FILE | mqtt URL TOPIC", summary: "make a type block from samples of data",
		details: `
FILE holds one JSON value, or one per line (JSON lines); - is standard input. Prints the type block, with units
guessed from names and ranges and marked "# guessed".

  flowc learn weather.json
  flowc learn mqtt tcp://127.0.0.1:1883 'garden/+/soil'

With mqtt, listens for a while and prints the blocks for what came in. The levels + and {name} of the topic become
captures; below # it finds out which levels are data. Ctrl-C ends the listening early. The password is read from the
environment variable FLOWC_PASSWORD.

  -name NAME   the name of the type
  -for TIME    how long to listen, 60s unless said
  -count N     stop after so many messages, 10000 unless said
  -user NAME   log in under a name
  -ca FILE     certificates in PEM form that the broker's must be signed with, for mqtts://
`,
		run: runLearn,
	}
}

// maxSample bounds the size of a file of samples, in bytes.
const maxSample = 256 << 20

func runLearn(c *console, args []string) int {
	o := newOptions("learn")
	var l listening
	name := o.String("name", "", "")
	span := o.String("for", "60s", "")
	o.IntVar(&l.count, "count", 10_000, "")
	o.StringVar(&l.user, "user", "", "")
	o.StringVar(&l.ca, "ca", "", "")
	if code, done := o.parse(c, args, 3); done {
		return code
	}
	var err error
	if l.span, err = time.ParseDuration(*span); err != nil || l.span <= 0 {
		return c.usage("learn", "the option -for takes a time such as 90s or 5m")
	}
	if l.count < 1 {
		return c.usage("learn", "the option -count takes a number of messages from 1 on")
	}
	switch {
	case len(o.rest) == 0:
		return c.usage("learn", "give a file with samples, or mqtt with a URL and a topic")
	case len(o.rest) == 1:
		return learnFile(c, o.rest[0], *name)
	case o.rest[0] != "mqtt":
		return c.usage("learn", fmt.Sprintf("%q is one too many", o.rest[1]))
	case len(o.rest) == 2:
		return c.usage("learn", "mqtt needs a URL and a topic")
	}
	l.url, l.topic, l.password = o.rest[1], o.rest[2], os.Getenv("FLOWC_PASSWORD")
	return learnMQTT(c, l)
}

// learnFile prints what the samples of a file have in common.
func learnFile(c *console, path, name string) int {
	data, err := readSample(c, path)
	if err != nil {
		return c.fail(err)
	}
	shown := path
	if path == "-" {
		shown = "standard input"
	} else if name == "" {
		base := filepath.Base(path)
		name = strings.TrimSuffix(base, filepath.Ext(base))
	}
	samples, err := learn.Read(shown, data)
	if err != nil {
		return c.fail(err)
	}
	l := learn.FromSamples(samples, learn.Options{Name: name, Known: knownForms()})
	if l.Ref == "" {
		return c.fail(fmt.Errorf("the samples fit no type: %s", strings.Join(l.Notes, "; ")))
	}
	fmt.Fprint(c.out, learnedText(l, len(samples)))
	return exitFine
}

// learnedText is the block with a comment that tells how to use it.
func learnedText(l learn.Learned, samples int) string {
	notes := ""
	if len(l.Notes) > 0 {
		notes = " # " + strings.Join(l.Notes, "; ")
	}
	of := plural(samples, "sample")
	if l.Text == "" {
		return fmt.Sprintf("# From %s; no type block is needed:\njson = %s%s\n", of, l.Ref, notes)
	}
	return fmt.Sprintf("# From %s. Use it with: json = %s%s\n%s", of, l.Ref, notes, l.Text)
}

func readSample(c *console, path string) ([]byte, error) {
	in := c.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxSample+1))
	if err == nil && len(data) > maxSample {
		err = fmt.Errorf("%s is larger than 256 MB; a part of it will do", path)
	}
	return data, err
}
