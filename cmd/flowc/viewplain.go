package main

import "fmt"

func newView(c *console) view {
	if c.live {
		return newLiveView(c.out)
	}
	return &plainView{c: c}
}

// plainView prints a line for everything: for pipes and scripts.
type plainView struct{ c *console }

func (v *plainView) start(intro []string) {
	for _, line := range intro {
		fmt.Fprintln(v.c.out, line)
	}
}

func (v *plainView) wantsAll() bool   { return false }
func (v *plainView) line(text string) { fmt.Fprintln(v.c.out, text) }
func (v *plainView) note(text string) { fmt.Fprintln(v.c.err, text) }
func (v *plainView) ready()           {}
func (v *plainView) tick()            {}
func (v *plainView) close(int)        {}
