package fn

import "math"

// ByteOrder says which byte of a number comes first.
type ByteOrder string

// The orders.
const (
	// BigEndian has the highest byte first, as networks and Modbus do.
	BigEndian ByteOrder = "big"
	// LittleEndian has the lowest byte first, as most sensors' chips do.
	LittleEndian ByteOrder = "little"
)

// ReadU16 reads a whole number from 0 to 65,535 from two bytes; at is the number
// of the first, counted from 0. It fails where the bytes end before.
//
//	read_u16(from_hex("0102"), 0, big)     # 258
//	read_u16(from_hex("0102"), 0, little)  # 513
//
//flow:func read_u16
func ReadU16(data []byte, at int64, order ByteOrder) (int64, error) {
	v, err := readBytes("read_u16", data, at, 2, order)
	return int64(v), err
}

// ReadI16 reads a whole number from -32,768 to 32,767 from two bytes; at is the
// number of the first, counted from 0. It fails where the bytes end before.
//
//	read_i16(from_hex("fffe"), 0, big)  # -2
//
//flow:func read_i16
func ReadI16(data []byte, at int64, order ByteOrder) (int64, error) {
	v, err := readBytes("read_i16", data, at, 2, order)
	return int64(int16(v)), err
}

// ReadU32 reads a whole number from 0 to 4,294,967,295 from four bytes; at is the
// number of the first, counted from 0. It fails where the bytes end before.
//
//	read_u32(from_hex("00 00010000"), 1, big)  # 65536
//
//flow:func read_u32
func ReadU32(data []byte, at int64, order ByteOrder) (int64, error) {
	v, err := readBytes("read_u32", data, at, 4, order)
	return int64(v), err
}

// ReadI32 reads a whole number from -2,147,483,648 to 2,147,483,647 from four
// bytes; at is the number of the first, counted from 0. It fails where the bytes
// end before.
//
//	read_i32(from_hex("feffffff"), 0, little)  # -2
//
//flow:func read_i32
func ReadI32(data []byte, at int64, order ByteOrder) (int64, error) {
	v, err := readBytes("read_i32", data, at, 4, order)
	return int64(int32(v)), err
}

// ReadF32 reads a number from four bytes in the form of IEEE 754; at is the number
// of the first, counted from 0. It fails where the bytes end before, and for what
// is no number there: an infinity or NaN.
//
//	read_f32(from_hex("41ac0000"), 0, big)  # 21.5
//
//flow:func read_f32
func ReadF32(data []byte, at int64, order ByteOrder) (float64, error) {
	v, err := readBytes("read_f32", data, at, 4, order)
	if err != nil {
		return 0, err
	}
	f := float64(math.Float32frombits(v))
	if f-f != 0 {
		return 0, Failure("read_f32: the four bytes at " + FormatInt(at) + " are no number")
	}
	return f, nil
}

func readBytes(name string, data []byte, at, width int64, order ByteOrder) (v uint32, err error) {
	if at < 0 || at > int64(len(data))-width {
		return 0, Failure(name + ": there are no " + FormatInt(width) + " bytes at " + FormatInt(at) + ", only " + FormatInt(int64(len(data))) + " in all")
	}
	for i := range width {
		place := at + i
		if order == LittleEndian {
			place = at + width - 1 - i
		}
		v = v<<8 | uint32(data[place])
	}
	return v, nil
}
