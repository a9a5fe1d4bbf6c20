package catalog

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:generate go run flowc/cmd/catalog -dir ../..

//go:embed catalog.json
var committed []byte

// Load gives the catalogue of the runtime that this program was built with. It is
// decoded once and shared; nobody may change it.
var Load = sync.OnceValue(func() *Catalog {
	c := &Catalog{}
	if err := json.Unmarshal(committed, c); err != nil {
		panic("catalog.json is damaged: " + err.Error()) // a test decodes it
	}
	return c
})

// Kind finds a kind by the name a flow writes, or gives nil.
func (c *Catalog) Kind(name string) *Kind {
	return c.KindWith(name, func(string) bool { return false })
}

// KindWith finds the kind of a thing that has certain settings.
func (c *Catalog) KindWith(name string, has func(setting string) bool) (found *Kind) {
	for _, k := range c.Kinds {
		switch {
		case k.Name != name:
		case k.By == "" && found == nil:
			found = k
		case k.By != "" && has(k.By):
			return k
		}
	}
	return found
}

// Operator gives all operators of a name: overloads are told apart by their
// arguments.
func (c *Catalog) Operator(name string) []*Operator {
	var list []*Operator
	for _, o := range c.Operators {
		if o.Name == name {
			list = append(list, o)
		}
	}
	return list
}

// Function gives all functions of a name.
func (c *Catalog) Function(name string) []*Function {
	var list []*Function
	for _, f := range c.Functions {
		if f.Name == name {
			list = append(list, f)
		}
	}
	return list
}

// Enum finds an enumeration ("gpio.Pull"), or gives nil.
func (c *Catalog) Enum(name string) *Enum {
	for _, e := range c.Enums {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// Record finds a record ("mqtt.Meta"), or gives nil.
func (c *Catalog) Record(name string) *Record {
	for _, r := range c.Records {
		if r.Name == name {
			return r
		}
	}
	return nil
}
