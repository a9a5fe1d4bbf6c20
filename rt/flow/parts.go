package flow

// Parts are the keys of a keyed region, each with the state of everything that
// follows it, in order of first appearance.
type Parts[K comparable, P any] struct {
	index map[K]int32
	slots []*P
	keys  []K
	order []int32
	free  []int32
}

// Find gives the part of a key and its number.
func (p *Parts[K, P]) Find(k K) (part *P, n int32, ok bool) {
	n, ok = p.index[k]
	if !ok {
		return nil, NoPart, false
	}
	return p.slots[n], n, true
}

// Add makes a part for a new key.
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
		p.slots, p.keys = append(p.slots, part), append(p.keys, k)
	}
	p.index[k] = n
	p.order = append(p.order, n)
	return part, n
}

// Remove forgets a part; its number may be given to a later key.
func (p *Parts[K, P]) Remove(n int32) {
	if p.slots[n] == nil {
		return
	}
	var none K
	delete(p.index, p.keys[n])
	p.slots[n], p.keys[n] = nil, none
	p.free = append(p.free, n)
	for i, o := range p.order {
		if o == n {
			p.order = append(p.order[:i], p.order[i+1:]...)
			return
		}
	}
}

// At is the part with number n; nil if it was removed.
func (p *Parts[K, P]) At(n int32) *P { return p.slots[n] }

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
