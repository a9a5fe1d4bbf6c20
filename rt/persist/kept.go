// Package persist lets the memory of a flow outlive its program: states, operators,
// timers and keys are taken between instants, written to a file, and put back before the
// next start. Only a program that asks for it links this package.
package persist

import "flowc/rt/flow"

// Program is a generated program that can tell what of it outlives it.
type Program interface{ Kept() Kept }

// Kept is all that outlives a program. Names identify: a flow that was edited finds
// what is still there.
type Kept struct {
	Items   []Item
	Timers  []Timer
	Regions []Region
}

// Item is one piece of memory.
type Item struct {
	Name string
	// Was is the name that it had before it was renamed.
	Was string
	// Node is the equation or thing that it belongs to.
	Node int32
	// It points to plain data, or to a thing that is a flow.Keeper.
	It any
	// As is the flow's type where Go's does not tell it: 20 °C and 20 °F are both a
	// temperature.
	As string
	// Options says that the exported fields of It are options, which the flow sets.
	Options bool
	// Members, where there are enumerations in it, points to the same with a Member for
	// each of them.
	Members any
	// Older is a form in which an older version of the flow kept it; nil where there is
	// none.
	Older *Older
}

// Older reads what was kept in another form: It points to a value of that form, and
// Migrate makes the memory of it. Where it cannot, that begins anew.
type Older struct {
	It      any
	As      string
	Members any
	Migrate func() error
}

// Timer is a timer by name.
type Timer struct {
	Name, Was string
	// Node is the equation or thing that it belongs to, outside keyed regions.
	Node int32
	ID   flow.TimerID
}

// Region is what exists once for each key.
type Region struct {
	Name string
	// Order gives the numbers of the parts in order of first appearance.
	Order func() []int32
	Part  func(n int32) Part
	// Make gives the part of a key, a new one where there is none; key reads the key.
	Make func(key func(any) error) (Part, error)
	// Members is as that of an Item, for the key.
	Members any
}

// Part is the memory of one key.
type Part struct {
	// Key points to the key.
	Key    any
	Items  []Item
	Timers []Timer
	// Done is called when the part has been put back.
	Done func()
}
