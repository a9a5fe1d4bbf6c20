package plan

import "flowc/lang/typed"

// metaWire is the wire of a field of `.meta` of src. The thing knows it only while
// the occurrence is at hand; the wire keeps it, for each key and each filter its
// own.
func (b *builder) metaWire(src *Wire, x *typed.MetaOf) *Wire {
	key := metaKey{src, x.Field}
	if w := b.metas[key]; w != nil {
		return w
	}
	i := *x.Base()
	i.Shape, i.Source, i.Key = src.Shape, src.Source, keyOf(src.Region)
	w := b.newWire(src.Name+"_meta_"+x.Field, &i)
	w.Label = src.Label + ".meta." + x.Field
	b.metas[key] = w
	if pick := src.Step; pick != nil && pick.Sort == PickKey {
		of := b.metaWire(pick.Trigger, x)
		s := b.step(PickKey, w, &i)
		s.X = &typed.Pick{Info: i, X: b.read(of, x.Base()), Keys: pick.X.(*typed.Pick).Keys}
		s.Trigger = of
		return w
	}
	s := b.step(Keep, w, &i)
	s.X, s.Trigger = x, src
	return w
}
