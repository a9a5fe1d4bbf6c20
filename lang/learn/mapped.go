package learn

import "regexp"

// dataKeys are names that are data: addresses, dates, numbers, identifiers of devices.
var dataKeys = regexp.MustCompile(`^(?i:` +
	`[0-9]+` + // 17
	`|\d{4}-\d\d(-\d\d.*)?` + // 2026-06-01
	`|0x[0-9a-f]{4,}` +
	`|([0-9a-f]{2}[:-]){5}[0-9a-f]{2}` + // a MAC address
	`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` + // a UUID
	`|28-[0-9a-f]{12}` + // a 1-wire sensor
	`|\d{1,3}(\.\d{1,3}){3}` + // an IPv4 address
	`|[^@ ]+@[^@ ]+\.[^@ ]+` + // a mail address
	`|[0-9a-f]*[0-9][0-9a-f]*[a-f][0-9a-f]{6,}` + // something hexadecimal
	`)$`)

// asMap reports whether an object's names are data, so that it is a map, with why; element is what its values have
// in common.
func (s *shape) asMap() (element *shape, why string, ok bool) {
	if len(s.fields) == 0 {
		return nil, "", false
	}
	element = newShape()
	keys := true
	for _, f := range s.fields {
		if !dataKeys.MatchString(f.name) {
			keys = false
		}
		element.merge(f.shape)
	}
	// What one key lacks in one sample is no missing value.
	element.seen -= element.absent
	element.absent = 0
	if len(element.sorts()) != 1 || !alike(s.fields) {
		return nil, "", false
	}
	switch {
	case keys:
		return element, "keys such as " + shortText(s.fields[0].name), true
	case s.changing():
		return element, "the names differ from sample to sample", true
	}
	return nil, "", false
}

// changing reports whether the names differ so much between samples that they can only be data.
func (s *shape) changing() bool {
	if s.objects < 3 || len(s.fields) < 4 {
		return false
	}
	for _, f := range s.fields {
		if 2*(f.shape.seen-f.shape.absent) > s.objects {
			return false
		}
	}
	return true
}

// alike reports whether the values of all fields could be of one type: records have to share half of their names.
func alike(fields []*field) bool {
	first := fields[0].shape
	for _, f := range fields[1:] {
		if first.objects == 0 || f.shape.objects == 0 {
			continue
		}
		shared := 0
		for _, inner := range f.shape.fields {
			if first.byName[inner.name] != nil {
				shared++
			}
		}
		if 2*shared < max(len(first.fields), len(f.shape.fields)) {
			return false
		}
	}
	return true
}
