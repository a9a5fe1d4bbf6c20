//go:build !sim

package gpio

import (
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"periph.io/x/conn/v3/driver/driverreg"
	"periph.io/x/host/v3/gpioioctl"
)

// chipLabel begins the label of the chip that has the header's pins, on every
// Raspberry Pi (pinctrl-bcm2835, pinctrl-bcm2711, pinctrl-rp1). Its number
// differs between models and kernels; the offset in it is the BCM number.
const chipLabel = "pinctrl-"

var findChips sync.Once

// chips is what periph found. It tells the standard logger what it could not
// open; openChip says that better.
func chips() []*gpioioctl.GPIOChip {
	findChips.Do(func() {
		out := log.Writer()
		log.SetOutput(io.Discard)
		driverreg.Init() // an error is about chips that are not there
		log.SetOutput(out)
	})
	return gpioioctl.Chips
}

// openChip opens the chip with the header's pins, for pin p.
func openChip(p Pin) (chipFile, error) {
	var others []string
	for _, c := range chips() {
		if !strings.HasPrefix(c.Label(), chipLabel) {
			others = append(others, c.Label())
			continue
		}
		if p < 0 || int64(p) >= int64(c.LineCount()) {
			return chipFile{}, noSuchPin(p, c.Label(), c.LineCount())
		}
		f, err := os.Open(c.Path())
		if err != nil {
			return chipFile{}, explain(p, c.Path(), "", err)
		}
		return chipFile{f}, nil
	}
	if err := closedChip(p, "/dev/gpiochip*"); err != nil {
		return chipFile{}, err
	}
	if len(others) > 0 {
		return chipFile{}, foreignChips(p, strings.Join(others, ", "))
	}
	return chipFile{}, noChip(p)
}

// closedChip tells why a chip that is there could not be opened.
func closedChip(p Pin, pattern string) error {
	paths, _ := filepath.Glob(pattern) // the pattern is well formed
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return explain(p, path, "", err)
		}
		f.Close()
	}
	return nil
}

func isClosed(err error) bool { return errors.Is(err, os.ErrClosed) }
