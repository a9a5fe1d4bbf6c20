package flow

// Parts are the keys of a keyed region, each with the state of everything that
// follows it, in order of first appearance.
type Parts[K comparable, P any] struct {
	index map[K]int32
	slots []*P
	keys  []K
	order []int32
	free  []int32
	// awake are the parts with something to run, up says so of each; mixed says that
	// they stand in another order than that of first appearance.
	awake []int32
	up    []bool
	mixed bool
}

// Find gives the part of a key and its number.
func (p *Parts[K, P]) Find(k K) (part *P, n int32, ok bool) {
	n, ok = p.index[k]
	if !ok {
		return nil, NoPart, false
	}
	return p.slots[n], n, true
}

// Hear is Find for a part that something came for: it is to run.
func (p *Parts[K, P]) Hear(k K) (part *P, ok bool) {
	n, ok := p.index[k]
	if !ok {
		return nil, false
	}
	return p.Wake(n), true
}

// Add makes a part for a new key, which is to run.
func (p *Parts[K, P]) Add(k K) (part *P, n int32) {
	if p.index == nil {
		p.index = map[K]int32{}
	}
	part = new(P)
	if last := len(p.free); last > 0 {
		n = p.free[last-1]
		p.free = p.free[:last-1]
		p.slots[n], p.keys[n] = part, k
	} else {
		n = int32(len(p.slots))
		p.slots, p.keys, p.up = append(p.slots, part), append(p.keys, k), append(p.up, false)
	}
	p.index[k] = n
	p.order = append(p.order, n)
	return p.Wake(n), n
}

// Remove forgets a part; its number may be given to a later key.
func (p *Parts[K, P]) Remove(n int32) {
	if p.slots[n] == nil {
		return
	}
	var none K
	delete(p.index, p.keys[n])
	p.slots[n], p.keys[n], p.up[n] = nil, none, false
	p.free = append(p.free, n)
	p.order, p.awake = without(p.order, n), without(p.awake, n)
}

// without takes a part's number out of a list.
func without(list []int32, n int32) []int32 {
	for i, o := range list {
		if o == n {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}

// At is the part with number n; nil if it was removed.
func (p *Parts[K, P]) At(n int32) *P { return p.slots[n] }

// Wake is At for a part that is to run.
func (p *Parts[K, P]) Wake(n int32) *P {
	if p.slots[n] != nil && !p.up[n] {
		p.up[n] = true
		p.mixed = len(p.awake) > 0
		p.awake = append(p.awake, n)
	}
	return p.slots[n]
}

// WakeAll lists all parts, which are to run.
func (p *Parts[K, P]) WakeAll() []int32 {
	for _, n := range p.order {
		p.Wake(n)
	}
	return p.order
}

// Awake lists the parts that are to run, in order of first appearance. One message is
// for one of them: what it costs does not grow with the number of keys.
func (p *Parts[K, P]) Awake() []int32 {
	if p.mixed {
		p.mixed, p.awake = false, p.awake[:0]
		for _, n := range p.order {
			if p.up[n] {
				p.awake = append(p.awake, n)
			}
		}
	}
	return p.awake
}

// Rest says that all of them have run, unless something asked for a further pass.
func (p *Parts[K, P]) Rest(e *Engine) {
	if e.again {
		return
	}
	for _, n := range p.awake {
		p.up[n] = false
	}
	p.awake = p.awake[:0]
}

// Key is the key of part n.
func (p *Parts[K, P]) Key(n int32) K { return p.keys[n] }

// Order lists the numbers of the parts in order of first appearance.
func (p *Parts[K, P]) Order() []int32 { return p.order }

// Keys lists the keys in order of first appearance.
func (p *Parts[K, P]) Keys() []K {
	list := make([]K, 0, len(p.order))
	for _, n := range p.order {
		list = append(list, p.keys[n])
	}
	return list
}

// Len is how many keys are known.
func (p *Parts[K, P]) Len() int { return len(p.order) }
