package main

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
)

// codeGroups name what the first two digits of a code stand for.
var codeGroups = map[string]string{
	"00": "Reading a flow", "01": "Names and structure", "02": "Types", "03": "Units",
	"04": "Missing and failing", "05": "Events and values", "06": "How things hang together", "07": "Hardware",
	"08": "Safety", "09": "Rates and memory", "10": "Secrets, SQL and the network", "11": "Time",
	"12": "What is kept", "13": "Tests", "14": "Import", "15": "Delivery",
}

// listCodes is every message that has a story, in groups.
func listCodes() string {
	var b strings.Builder
	b.WriteString("The messages of flowc: E is an error, W a warning. `flowc explain CODE` tells the story of one.\n")
	last := ""
	for _, code := range diag.Codes() {
		if group := code[1:3]; group != last {
			last = group
			fmt.Fprintf(&b, "\n%s\n", codeGroups[group])
		}
		fmt.Fprintf(&b, "  %s  %s\n", code, storyTitle(code))
	}
	b.WriteString("\nKept free; flowc never says them\n")
	for _, c := range keptFree {
		fmt.Fprintf(&b, "  %s\n", c)
	}
	return b.String()
}

// keptFree are codes of the language's plan that nothing tells, and why.
var keptFree = []string{
	"E0705  two devices with one address on a bus: there are no kinds of things on I²C, SPI or 1-wire yet",
	"W0707  a number that may be a place on the header: a comment decides nothing",
	"E0904  something kept without a bound: windows, queues, histories and keys all have one, which a flow can change",
	"E1401  a part of an imported flow that is not translated: nothing is imported yet",
}

// storyTitle is the first line of a story without its code.
func storyTitle(code string) string {
	story, _ := diag.Story(code)
	title, _, _ := strings.Cut(story, "\n")
	return strings.TrimSpace(strings.TrimPrefix(title, code))
}
