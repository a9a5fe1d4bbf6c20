package persist

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"strconv"
	"time"
)

func digits(n int) string { return strconv.Itoa(n) }

var errShort = errors.New("what was stored is cut off")

// decoder reads what encode wrote. After an error it reads zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail() {
	d.b, d.err = nil, errShort
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail()
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

// length is a count of things that are there, each of least bytes.
func (d *decoder) length(least int) int {
	n := d.uint()
	if n > uint64(len(d.b)) && least > 0 || n > 1<<24 {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) bytes() []byte {
	n := d.length(1)
	if d.err != nil {
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.fail()
		return 0
	}
	v := math.Float64frombits(binary.BigEndian.Uint64(d.b))
	d.b = d.b[8:]
	return v
}

// value reads into v.
func (d *decoder) value(v reflect.Value, options bool) {
	if d.err != nil {
		return
	}
	if v.Type() == timeType {
		if d.byte() == 1 {
			sec, nano := d.int(), d.int()
			v.Set(reflect.ValueOf(time.Unix(sec, nano).UTC()))
		} else {
			v.SetZero()
		}
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(d.byte() == 1)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(d.int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(d.uint())
	case reflect.Float32, reflect.Float64:
		v.SetFloat(d.float())
	case reflect.String:
		v.SetString(string(d.bytes()))
		if v.Type() != stringType {
			d.member(v)
		}
	case reflect.Slice:
		d.slice(v)
	case reflect.Array:
		for i := range v.Len() {
			d.value(v.Index(i), false)
		}
	case reflect.Map:
		d.mapping(v)
	case reflect.Struct:
		for i := range v.NumField() {
			if kept(v.Type().Field(i), options) {
				d.value(field(v, i), false)
			}
		}
	}
}

func (d *decoder) slice(v reflect.Value) {
	n := d.length(0)
	v.SetZero()
	for i := 0; i < n && d.err == nil; i++ {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(e, false)
		v.Set(reflect.Append(v, e))
	}
}

func (d *decoder) mapping(v reflect.Value) {
	n := d.length(1)
	v.Set(reflect.MakeMap(v.Type()))
	for i := 0; i < n && d.err == nil; i++ {
		k := reflect.ValueOf(string(d.bytes())).Convert(v.Type().Key())
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(e, false)
		v.SetMapIndex(k, e)
	}
}
