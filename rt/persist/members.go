package persist

import (
	"errors"
	"reflect"
)

// Member is a member of an enumeration as it was kept. Enumerations may have changed since.
type Member interface {
	// Now is what it is called now; false if it is no member any more.
	Now() (string, bool)
}

var errNoMember = errors.New("this is no member any more")

// updated is what was stored with the names that members have now.
func updated(b []byte, members any, options bool) ([]byte, error) {
	if members == nil {
		return b, nil
	}
	v := reflect.ValueOf(members).Elem()
	v.SetZero()
	d := decoder{b: b}
	if d.value(v, options); d.err != nil {
		return nil, d.err
	}
	return encode(nil, v, options), nil
}

// member renames what was read, if it is one.
func (d *decoder) member(v reflect.Value) {
	m, ok := v.Interface().(Member)
	if !ok {
		return
	}
	now, ok := m.Now()
	if !ok && v.Len() > 0 { // an empty one says that there was nothing
		d.b, d.err = nil, errNoMember
		return
	}
	v.SetString(now)
}
