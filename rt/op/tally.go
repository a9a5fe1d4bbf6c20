package op

import "flowc/rt/flow"

// tally counts switches across keys.
type tally struct{ ready, on int }

// move takes in that a part's switch was old and is new.
func (c *tally) move(old, new flow.Val[bool]) {
	c.add(old, -1)
	c.add(new, 1)
}

func (c *tally) add(v flow.Val[bool], n int) {
	if !v.OK {
		return
	}
	c.ready += n
	if v.V {
		c.on += n
	}
}
