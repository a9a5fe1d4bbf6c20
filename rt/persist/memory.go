package persist

import (
	"encoding/binary"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"flowc/rt/flow"
)

// Stored is a snapshot: what was taken, by name.
type Stored map[string][]byte

// under is what is stored under a name, or under the one before it.
func (s Stored) under(sort, name, was string) []byte {
	if b := s[sort+name]; b != nil || was == "" {
		return b
	}
	return s[sort+was]
}

// Names in a snapshot begin with what they are.
const (
	clockName  = "clock"
	itemName   = "item/"
	timerName  = "timer/"
	partName   = "part/"
	formatName = "format"
)

// format is the version of all this. A store of a later one is not read.
const format = "1"

// Take gives all that outlives the program. It is called between instants, so it is
// of one moment.
func (m *Memory) Take(e *flow.Engine) map[string][]byte {
	p, ok := e.Program().(Program)
	if !ok {
		return nil
	}
	k := p.Kept()
	s := Stored{formatName: []byte(format)}
	clock := binary.AppendUvarint(nil, uint64(e.Pass))
	clock = binary.AppendVarint(clock, int64(e.Clock().Mono()))
	s[clockName] = binary.AppendVarint(clock, e.Clock().Now().UnixNano())
	for _, i := range k.Items {
		s[itemName+i.Name] = i.taken()
	}
	for _, t := range k.Timers {
		if b := taken(e, t); b != nil {
			s[timerName+t.Name] = b
		}
	}
	for _, r := range k.Regions {
		for order, n := range r.Order() {
			part := r.Part(n)
			key := encode(nil, reflect.ValueOf(part.Key).Elem(), false)
			s[partName+r.Name+"/"+string(key)] = part.taken(e, order)
		}
	}
	return s
}

func (i Item) target() (v reflect.Value, options bool) {
	it := i.It
	if k, ok := it.(flow.Keeper); ok {
		it = k.Kept()
	}
	return reflect.ValueOf(it).Elem(), i.Options
}

// taken is the signature of the type and the data.
func (i Item) taken() []byte {
	v, options := i.target()
	b := appendText(nil, signature(v.Type(), options)+i.As)
	return encode(b, v, options)
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func taken(e *flow.Engine, t Timer) []byte {
	due, seq, armed := e.Armed(t.ID)
	if !armed {
		return nil
	}
	return binary.AppendUvarint(binary.AppendVarint(nil, int64(due)), seq)
}

func (p Part) taken(e *flow.Engine, order int) []byte {
	b := binary.AppendUvarint(nil, uint64(order))
	b = binary.AppendUvarint(b, uint64(len(p.Items)))
	for _, i := range p.Items {
		b = appendText(appendText(b, i.Name), string(i.taken()))
	}
	for _, t := range p.Timers {
		if due := taken(e, t); due != nil {
			b = appendText(appendText(b, t.Name), string(due))
		}
	}
	return b
}

// restoring puts a snapshot back.
type restoring struct {
	e      *flow.Engine
	stored Stored
	nodes  map[int32]bool
	armed  []armed
	lost   []string
	// left is what is left of a damaged file, nil for one that is whole.
	left *salvaged
}

// armed is a timer as it was set.
type armed struct {
	id  flow.TimerID
	due time.Duration
	seq uint64
}

// Put gives back what Take gave, before the program starts. The monotonic clock goes
// on from where it was, the time in between included, so that every moment that was
// remembered still is what it was.
func (m *Memory) Put(e *flow.Engine, s map[string][]byte) { m.put(e, s, nil) }

func (m *Memory) put(e *flow.Engine, s Stored, left *salvaged) {
	p, ok := e.Program().(Program)
	clock := decoder{b: s[clockName]}
	pass, mono, wall := clock.uint(), clock.int(), clock.int()
	if !ok || clock.err != nil {
		return
	}
	down := max(0, e.Clock().Now().UnixNano()-wall)
	r := restoring{e: e, stored: s, nodes: map[int32]bool{}, left: left}
	r.all(p.Kept())
	e.Resume(flow.Pass(pass), time.Duration(mono+down), r.nodes)
	slices.SortFunc(r.armed, func(a, b armed) int { return int(int64(a.seq) - int64(b.seq)) })
	for _, t := range r.armed {
		e.ArmAt(t.id, t.due)
	}
	for _, name := range r.lost {
		e.Note(flow.LevelWarning, "what was stored of \""+name+"\" does not fit any more; it begins anew")
	}
}

func (r *restoring) all(k Kept) {
	k = r.whole(k)
	r.items(k.Items, r.stored, "")
	r.timers(k.Timers, r.stored)
	for _, region := range k.Regions {
		r.region(region)
	}
}

// items puts back what is stored under its name, or under the one it had before.
func (r *restoring) items(list []Item, stored Stored, of string) {
	for _, i := range list {
		if b := stored.under(itemName, i.Name, i.Was); b != nil {
			r.item(i, b, of+i.Name)
		}
	}
}

// item reads into a copy first: what is cut off leaves nothing half done.
func (r *restoring) item(i Item, b []byte, name string) {
	v, options := i.target()
	d := decoder{b: b}
	form := string(d.bytes())
	if form != signature(v.Type(), options)+i.As {
		if i.Older != nil && r.older(i, form, d, name) {
			return
		}
		r.lost = append(r.lost, name)
		return
	}
	now, err := updated(d.b, i.Members, options)
	if err != nil {
		r.lost = append(r.lost, name)
		return
	}
	d.b = now
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	if d.value(c, options); d.err != nil {
		r.lost = append(r.lost, name)
		return
	}
	v.Set(c)
	r.nodes[i.Node] = true
}

// older takes over what was kept in the older form, and reports whether it was in that.
func (r *restoring) older(i Item, form string, d decoder, name string) bool {
	o := i.Older
	v := reflect.ValueOf(o.It).Elem()
	if form != signature(v.Type(), false)+o.As {
		return false
	}
	if d.b, d.err = updated(d.b, o.Members, false); d.err != nil {
		return false
	}
	if d.value(v, false); d.err != nil {
		return false
	}
	if err := o.Migrate(); err != nil {
		r.e.Note(flow.LevelWarning, "what was stored of \""+name+"\" could not be migrated: "+err.Error()+"; it begins anew")
		return true
	}
	r.nodes[i.Node] = true
	return true
}

func (r *restoring) timers(list []Timer, stored Stored) {
	for _, t := range list {
		d := decoder{b: stored.under(timerName, t.Name, t.Was)}
		due, seq := d.int(), d.uint()
		if d.err == nil {
			r.armed = append(r.armed, armed{t.ID, time.Duration(due), seq})
		}
	}
}

// errKeyTwice is a key that got the name of another one.
var errKeyTwice = errors.New("this key is there already")

// region puts the parts back in the order in which their keys first appeared.
func (r *restoring) region(region Region) {
	type part struct {
		key, data []byte
		order     uint64
	}
	var parts []part
	for name, b := range r.stored {
		if key, ok := strings.CutPrefix(name, partName+region.Name+"/"); ok {
			d := decoder{b: b}
			parts = append(parts, part{key: []byte(key), order: d.uint(), data: d.b})
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return int(int64(a.order) - int64(b.order)) })
	seen := map[string]bool{}
	for _, p := range parts {
		key, err := updated(p.key, region.Members, false)
		if err == nil && seen[string(key)] {
			err = errKeyTwice
		}
		if err != nil {
			r.lost = append(r.lost, region.Name)
			continue
		}
		seen[string(key)] = true
		made, err := region.Make(func(k any) error {
			d := decoder{b: key}
			d.value(reflect.ValueOf(k).Elem(), false)
			return d.err
		})
		if err != nil {
			r.lost = append(r.lost, region.Name)
			continue
		}
		r.part(made, decoder{b: p.data}, region.Name)
	}
}

func (r *restoring) part(p Part, d decoder, region string) {
	stored := Stored{}
	n := d.length(1)
	for range n {
		name := string(d.bytes())
		stored[itemName+name] = d.bytes()
	}
	for len(d.b) > 0 && d.err == nil {
		name := string(d.bytes())
		stored[timerName+name] = d.bytes()
	}
	r.items(p.Items, stored, region+".")
	for _, t := range p.Timers {
		r.e.Disarm(t.ID)
	}
	r.timers(p.Timers, stored)
	if p.Done != nil {
		p.Done()
	}
}
