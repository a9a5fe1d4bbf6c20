package gpio

import (
	"errors"
	"strconv"
	"syscall"
)

// LineError says what stands between the program and a pin, and what to do
// about it.
type LineError struct {
	Pin Pin
	// Problem is what is wrong; Advice is what to do, or "".
	Problem, Advice string
	// Err is the cause as the system gave it, or nil.
	Err error
}

// Error is the problem, and the advice where there is any.
func (e *LineError) Error() string {
	if e.Advice == "" {
		return e.Problem
	}
	return e.Problem + ": " + e.Advice
}

// Unwrap is the cause, or nil.
func (e *LineError) Unwrap() error { return e.Err }

func noChip(p Pin) error {
	return &LineError{
		Pin:     p,
		Problem: "no GPIO chip here, and this program wants " + p.String(),
		Advice:  "run it on a Raspberry Pi, or try it with simulated pins: `flowc run`",
	}
}

// foreignChips is for a machine that has GPIO, but not a Pi's: its numbers mean
// other pins.
func foreignChips(p Pin, labels string) error {
	return &LineError{
		Pin:     p,
		Problem: "the GPIO of this machine (" + labels + ") is not a Raspberry Pi's, and this program wants " + p.String(),
		Advice:  "run it on a Raspberry Pi, or try it with simulated pins: `flowc run`",
	}
}

func noSuchPin(p Pin, chip string, count int) error {
	return &LineError{
		Pin:     p,
		Problem: p.String() + " does not exist: " + chip + " has 0 to " + strconv.Itoa(count-1),
		Advice:  "the header of a Raspberry Pi has 2 to 27",
	}
}

func busy(p Pin, by string, err error) error {
	who := "another program"
	if by != "" {
		who = strconv.Quote(by)
	}
	return &LineError{
		Pin:     p,
		Problem: p.String() + " is used by " + who,
		Advice:  "stop it first, or take another pin (`gpioinfo` lists who uses which)",
		Err:     err,
	}
}

// explain says what the system's refusal means. path is the chip's device file,
// by is who has the pin, as far as that is known.
func explain(p Pin, path, by string, err error) error {
	switch {
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return &LineError{
			Pin:     p,
			Problem: path + ": permission denied",
			Advice:  "add the user to the group gpio: `sudo usermod -aG gpio $USER`, then log in again",
			Err:     err,
		}
	case errors.Is(err, syscall.EBUSY):
		return busy(p, by, err)
	case errors.Is(err, syscall.EINVAL):
		return &LineError{
			Pin:     p,
			Problem: path + ": " + p.String() + " was refused",
			Advice:  "is the kernel older than Linux 5.10 (`uname -r`)?",
			Err:     err,
		}
	}
	return &LineError{Pin: p, Problem: path + ": " + p.String() + ": " + err.Error(), Err: err}
}
