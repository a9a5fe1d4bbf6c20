package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"time"
)

// The parts of JUnit's XML that build servers read.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr"`
		Time    string        `xml:"time,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes the results for a build server.
func writeJUnit(file string, suites []*suite) error {
	plain := &tester{c: &console{}}
	var all junitSuites
	for _, s := range suites {
		j := junitSuite{Name: s.flow.Name, Tests: len(s.results), Time: seconds(s.took)}
		for i, r := range s.results {
			test := s.tests[i]
			k := junitCase{Name: test.Name, Class: s.flow.Name, File: test.Pos.File, Line: test.Pos.Line, Time: seconds(time.Duration(r.Took))}
			if r.Failure != nil {
				j.Failures++
				k.Failure = &junitFailure{Message: r.Failure.Summary, Text: strings.ToValidUTF8(plain.failureText(s, test, r.Failure), "?")}
			}
			j.Cases = append(j.Cases, k)
		}
		all.Suites = append(all.Suites, j)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append([]byte(xml.Header), append(text, '\n')...), 0o644)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.6f", d.Seconds()) }
