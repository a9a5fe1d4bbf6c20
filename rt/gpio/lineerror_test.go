package gpio

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	odd := errors.New("odd")
	for _, c := range []struct {
		err  error
		by   string
		want string
	}{
		{&os.PathError{Op: "open", Path: "/dev/gpiochip0", Err: syscall.EACCES}, "",
			"/dev/gpiochip0: permission denied: add the user to the group gpio: `sudo usermod -aG gpio $USER`, then log in again"},
		{syscall.EBUSY, "",
			"pin 17 is used by another program: stop it first, or take another pin (`gpioinfo` lists who uses which)"},
		{syscall.EBUSY, "lamp\x1b",
			`pin 17 is used by "lamp\x1b": stop it first, or take another pin (` + "`gpioinfo` lists who uses which)"},
		{syscall.EINVAL, "",
			"/dev/gpiochip0: pin 17 was refused: is the kernel older than Linux 5.10 (`uname -r`)?"},
		{odd, "", "/dev/gpiochip0: pin 17: odd"},
	} {
		err := explain(17, "/dev/gpiochip0", c.by, c.err)
		if err.Error() != c.want {
			t.Errorf("got  %s\nwant %s", err, c.want)
		}
		if !errors.Is(err, c.err) {
			t.Errorf("%v hides its cause", err)
		}
	}
}

func TestPinsThatAreNotThere(t *testing.T) {
	for want, err := range map[string]error{
		"pin 99 does not exist: pinctrl-bcm2711 has 0 to 57: the header of a Raspberry Pi has 2 to 27":                                                                       noSuchPin(99, "pinctrl-bcm2711", 58),
		"the GPIO of this machine (INT34C5:00) is not a Raspberry Pi's, and this program wants pin 17: run it on a Raspberry Pi, or try it with simulated pins: `flowc run`": foreignChips(17, "INT34C5:00"),
	} {
		if err.Error() != want {
			t.Errorf("got  %s\nwant %s", err, want)
		}
	}
}
