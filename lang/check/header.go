package check

// The pins of the 40-pin header, the same on all boards that have one: GPIO 0 to
// 27 in the numbers of the chip (BCM).
const (
	firstGPIO, lastGPIO = 0, 27
	lastPosition        = 40
)

// header tells for each position of the header which GPIO it is; what is not here
// is power or ground.
var header = map[int64]int64{
	3: 2, 5: 3, 7: 4, 8: 14, 10: 15, 11: 17, 12: 18, 13: 27, 15: 22, 16: 23, 18: 24, 19: 10, 21: 9,
	22: 25, 23: 11, 24: 8, 26: 7, 27: 0, 28: 1, 29: 5, 31: 6, 32: 12, 33: 13, 35: 19, 36: 16, 37: 26,
	38: 20, 40: 21,
}

// supply is what a position without a GPIO is.
var supply = map[int64]string{
	1: "3.3 V", 2: "5 V", 4: "5 V", 6: "ground", 9: "ground", 14: "ground", 17: "3.3 V", 20: "ground",
	25: "ground", 30: "ground", 34: "ground", 39: "ground",
}

// bus is a set of pins that the board uses together once `board` turns it on.
type bus struct {
	setting, name string
	pins          []role
}

// role is what a bus does with a pin.
type role struct {
	n    int64
	does string
}

var buses = []bus{
	{"i2c", "the I2C bus", []role{{2, "I2C data (SDA)"}, {3, "I2C clock (SCL)"}}},
	{"spi", "the SPI bus", []role{
		{7, "SPI chip select 1 (CE1)"}, {8, "SPI chip select 0 (CE0)"}, {9, "SPI data in (MISO)"},
		{10, "SPI data out (MOSI)"}, {11, "SPI clock (SCLK)"},
	}},
	{"uart", "the serial port", []role{{14, "serial data out (TXD)"}, {15, "serial data in (RXD)"}}},
	{"w1", "the 1-wire bus", []role{{4, "1-wire data"}}},
}
