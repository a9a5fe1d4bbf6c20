package persist

import (
	"encoding/binary"
	"reflect"
	"strings"
)

// Earlier is what an earlier version of a program kept, as a test tells it.
type Earlier []Piece

// Piece is one item of it; of the part of a key where Region is set.
type Piece struct {
	Region string
	Key    any
	Item   Item
}

// Over puts it over what a program has stored.
func (e Earlier) Over(stored map[string][]byte) {
	for _, p := range e {
		if p.Region == "" {
			stored[itemName+p.Item.Name] = p.Item.taken()
			continue
		}
		of := partName + p.Region + "/"
		v := reflect.New(reflect.TypeOf(p.Key)).Elem()
		v.Set(reflect.ValueOf(p.Key))
		key := of + string(encode(nil, v, false))
		stored[key] = p.over(stored[key], func() (n uint64) { // a new key comes last
			for name := range stored {
				if strings.HasPrefix(name, of) {
					n++
				}
			}
			return n
		})
	}
}

// over puts the item into what is stored of a part, which is nil where nothing is.
func (p Piece) over(part []byte, last func() uint64) []byte {
	if part == nil {
		b := binary.AppendUvarint(binary.AppendUvarint(nil, last()), 1)
		return appendText(appendText(b, p.Item.Name), string(p.Item.taken()))
	}
	d := decoder{b: part}
	b := binary.AppendUvarint(nil, d.uint())
	n := d.length(1)
	b = binary.AppendUvarint(b, uint64(n))
	for range n {
		name, item := string(d.bytes()), string(d.bytes())
		if name == p.Item.Name {
			item = string(p.Item.taken())
		}
		b = appendText(appendText(b, name), item)
	}
	return append(b, d.b...)
}
