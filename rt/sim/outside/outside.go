// Package outside lets whoever runs a simulated program say what the world answers
// it: the console and the steps of tests. Kinds register what asks.
package outside

import (
	"slices"
	"sync"
)

// Service is what a thing asks, as the simulation plays it.
type Service interface {
	// Set gives what it answers from now on.
	Set(answer string)
	// Fail lets it refuse from now on: with a status, or with 0 as if it were not
	// there.
	Fail(status int)
}

// Replayed is a service that can play a recording: it answers once, what waits.
type Replayed interface {
	Once(status int, answer string)
	// Break ends what waits without an answer, for a reason.
	Break(failure string)
}

var world struct {
	mu       sync.Mutex
	services map[string]Service
	doors    map[string]Door
	tell     func(thing, what, with string)
	take     func(Input)
	ends     []func()
}

// Failing is a service that can fail so many times, for a reason.
type Failing interface {
	FailTimes(message string, times int)
}

// Rowed is a service that gives rows.
type Rowed interface {
	// SetRows gives what comes of a statement from now on: how many rows, and the cells of
	// the only one.
	SetRows(count int64, cells []byte)
}

// AtEnd calls f when the simulation is over: a test, or a script.
func AtEnd(f func()) {
	world.mu.Lock()
	defer world.mu.Unlock()
	world.ends = append(world.ends, f)
}

// End says that the simulation is over.
func End() {
	world.mu.Lock()
	ends := world.ends
	world.ends = nil
	world.mu.Unlock()
	for _, f := range ends {
		f()
	}
}

// Register says that a thing asks; the last one of a name counts.
func Register(thing string, s Service) {
	world.mu.Lock()
	defer world.mu.Unlock()
	if world.services == nil {
		world.services = map[string]Service{}
	}
	world.services[thing] = s
}

// Forget ends what Register began.
func Forget(thing string) {
	world.mu.Lock()
	defer world.mu.Unlock()
	delete(world.services, thing)
}

// Lookup finds what a thing asks.
func Lookup(thing string) (s Service, ok bool) {
	world.mu.Lock()
	defer world.mu.Unlock()
	s, ok = world.services[thing]
	return s, ok
}

// Names are the things that ask, sorted.
func Names() []string {
	world.mu.Lock()
	defer world.mu.Unlock()
	var names []string
	for n := range world.services {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// OnTell is told of everything that things ask for.
func OnTell(f func(thing, what, with string)) {
	world.mu.Lock()
	defer world.mu.Unlock()
	world.tell = f
}

// Tell says that a thing asks for something; with is what it sends along.
func Tell(thing, what, with string) {
	world.mu.Lock()
	f := world.tell
	world.mu.Unlock()
	if f != nil {
		f(thing, what, with)
	}
}

// Door is what others ask the program at, as the simulation plays them.
type Door interface {
	// Ask is a request; tell hears of the answer, perhaps much later.
	Ask(method, target, body string, tell func(status int, body string)) (problem string)
}

// Open says that a thing can be asked; the last one of a name counts.
func Open(thing string, d Door) {
	world.mu.Lock()
	defer world.mu.Unlock()
	if world.doors == nil {
		world.doors = map[string]Door{}
	}
	world.doors[thing] = d
}

// Ask asks whoever answers there; the first by name that does.
func Ask(method, target, body string, tell func(status int, body string)) (problem string) {
	world.mu.Lock()
	var doors []Door
	var names []string
	for n := range world.doors {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		doors = append(doors, world.doors[n])
	}
	world.mu.Unlock()
	problem = "nothing can be asked yet, or the flow has no route"
	for _, d := range doors {
		if problem = d.Ask(method, target, body, tell); problem == "" {
			return ""
		}
	}
	return problem
}
