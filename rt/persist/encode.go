package persist

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"time"
	"unsafe"
)

var (
	timeType   = reflect.TypeFor[time.Time]()
	stringType = reflect.TypeFor[string]()
)

// encode appends plain data. Structs are their fields in order, those that are not
// exported included; the type's signature, stored beside it, tells what it was.
func encode(b []byte, v reflect.Value, options bool) []byte {
	if v.Type() == timeType {
		t := v.Interface().(time.Time)
		if t.IsZero() {
			return append(b, 0)
		}
		b = append(b, 1)
		b = binary.AppendVarint(b, t.Unix())
		return binary.AppendVarint(b, int64(t.Nanosecond()))
	}
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return binary.AppendVarint(b, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return binary.AppendUvarint(b, v.Uint())
	case reflect.Float32, reflect.Float64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...)
	case reflect.Slice:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return encodeElements(b, v)
	case reflect.Array:
		return encodeElements(b, v)
	case reflect.Map:
		return encodeMap(b, v)
	case reflect.Struct:
		for i := range v.NumField() {
			if kept(v.Type().Field(i), options) {
				b = encode(b, field(v, i), false)
			}
		}
	}
	return b
}

func encodeElements(b []byte, v reflect.Value) []byte {
	for i := range v.Len() {
		b = encode(b, v.Index(i), false)
	}
	return b
}

// encodeMap writes a map in the order of its keys: the same data gives the same bytes.
func encodeMap(b []byte, v reflect.Value) []byte {
	b = binary.AppendUvarint(b, uint64(v.Len()))
	keys := make([]string, 0, v.Len())
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(len(k)))
		b = append(b, k...)
		e := reflect.New(v.Type().Elem()).Elem()
		e.Set(v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key())))
		b = encode(b, e, false)
	}
	return b
}

// kept reports whether a field is memory: plain data that the flow does not set itself.
func kept(f reflect.StructField, options bool) bool {
	if options && f.IsExported() {
		return false
	}
	switch f.Type.Kind() {
	case reflect.Pointer, reflect.Func, reflect.Chan, reflect.Interface, reflect.UnsafePointer:
		return false
	}
	return f.Name != "Wired" // of an event: the flow's wiring
}

// field is a field of a struct that can be set, exported or not.
func field(v reflect.Value, i int) reflect.Value {
	f := v.Field(i)
	if f.CanSet() || !f.CanAddr() {
		return f
	}
	return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
}

// signature writes the form of a type. What was stored in one form is not read in
// another.
func signature(t reflect.Type, options bool) string {
	if t == timeType {
		return "time"
	}
	switch t.Kind() {
	case reflect.Slice:
		return "[]" + signature(t.Elem(), false)
	case reflect.Array:
		return "[" + digits(t.Len()) + "]" + signature(t.Elem(), false)
	case reflect.Map:
		return "map " + signature(t.Elem(), false)
	case reflect.Struct:
		s := "{"
		for i := range t.NumField() {
			if f := t.Field(i); kept(f, options) {
				s += f.Name + " " + signature(f.Type, false) + ";"
			}
		}
		return s + "}"
	}
	return t.String() // a named quantity counts: 20 °C is not 20 %
}
