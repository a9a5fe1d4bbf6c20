package learn

import (
	"slices"
	"strings"
	"time"
)

// Message is a message from a broker.
type Message struct {
	Topic   string
	Payload []byte
	// Retained says that the broker had kept it from earlier.
	Retained bool
	// At is when it came, counted from the beginning.
	At time.Duration
}

// topicSeen is what came on one topic.
type topicSeen struct {
	topic  string
	levels []string
	n      int
	// gap is the longest time between two messages that were not retained; last is when the last of them came.
	gap, last time.Duration
	live      int
	payload   *payloadSeen
}

// topicsOf sorts messages by topic, in the order of their first.
func topicsOf(messages []Message) []*topicSeen {
	var list []*topicSeen
	byName := map[string]*topicSeen{}
	for _, m := range messages {
		t := byName[m.Topic]
		if t == nil {
			t = &topicSeen{topic: m.Topic, levels: strings.Split(m.Topic, "/"), payload: newPayload()}
			byName[m.Topic] = t
			list = append(list, t)
		}
		t.n++
		t.payload.add(m.Payload)
		if m.Retained {
			continue
		}
		if t.live++; t.live > 1 {
			t.gap = max(t.gap, m.At-t.last)
		}
		t.last = m.At
	}
	return list
}

// cluster are topics that differ in levels which are data.
type cluster struct {
	levels []string
	// captured are the levels that differ; asked are the names that the filter gives them, "" where it gives none.
	captured []bool
	asked    []string
	topics   []*topicSeen
	payload  *payloadSeen
}

// clusters puts topics together that one subscription with captures can take. The filter's `+` and `{name}` are captures; below
// its `#` those topics belong together that differ in few levels and carry the same.
func clusters(filter string, topics []*topicSeen) []*cluster {
	asked := strings.Split(filter, "/")
	open := asked[len(asked)-1] == "#"
	var list []*cluster
	for _, t := range topics {
		var home *cluster
		for _, c := range list {
			if !open || c.takes(t) {
				home = c
				break
			}
		}
		if home == nil {
			home = newCluster(t, asked)
			list = append(list, home)
		}
		home.join(t)
	}
	return list
}

func newCluster(t *topicSeen, asked []string) *cluster {
	c := &cluster{levels: slices.Clone(t.levels), payload: newPayload()}
	c.captured, c.asked = make([]bool, len(t.levels)), make([]string, len(t.levels))
	for i := range min(len(asked), len(t.levels)) {
		named := len(asked[i]) > 2 && asked[i][0] == '{'
		if named {
			c.asked[i] = strings.Trim(asked[i], "{}")
		}
		c.captured[i] = named || asked[i] == "+"
	}
	return c
}

// maxCaptured is how many levels may be found to be data.
const maxCaptured = 3

func (c *cluster) takes(t *topicSeen) bool {
	if len(t.levels) != len(c.levels) || !c.payload.alike(t.payload) {
		return false
	}
	found, last := 0, len(c.levels)-1
	for i, level := range t.levels {
		switch {
		case c.captured[i]:
		case level == c.levels[i]:
		case i == last && !c.payload.records():
			return false // …/temperature and …/humidity are no two of a kind
		default:
			found++
		}
	}
	return found == 0 || found == 1 && c.count() < maxCaptured
}

func (c *cluster) count() int {
	n := 0
	for _, captured := range c.captured {
		if captured {
			n++
		}
	}
	return n
}

func (c *cluster) join(t *topicSeen) {
	for i, level := range t.levels {
		if i < len(c.levels) && level != c.levels[i] {
			c.captured[i] = true
		}
	}
	c.topics = append(c.topics, t)
	c.payload.merge(t.payload)
}

// captureWords are what the levels behind some names are mostly called.
var captureWords = map[string]string{
	"garden": "bed", "greenhouse": "bed", "house": "room", "home": "room", "floor": "room", "zigbee2mqtt": "device",
	"tele": "device", "stat": "device", "cmnd": "device", "tasmota": "device", "shellies": "device", "esphome": "device",
	"homie": "device", "energy": "meter", "weather": "station", "solar": "inverter",
}

// captureName suggests a name for a level by the one before it.
func captureName(before string) string {
	if name := captureWords[strings.ToLower(before)]; name != "" {
		return name
	}
	list := words(before)
	if len(list) == 0 {
		return "name"
	}
	word := list[len(list)-1]
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return Identifier(strings.TrimSuffix(word, "ies")+"y", "name")
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us"):
		return Identifier(strings.TrimSuffix(word, "s"), "name")
	}
	return "name"
}

// capture is a level that is data, with the values it had.
type capture struct {
	name   string
	values []string
}

// pattern is the topic as `mqtt_in` takes it.
func (c *cluster) pattern() (text string, captures []capture) {
	var out, names []string
	for i, level := range c.levels {
		switch {
		case c.captured[i]:
			before := ""
			if i > 0 && !c.captured[i-1] {
				before = c.levels[i-1]
			}
			name := c.asked[i]
			if name == "" {
				name = captureName(before)
			}
			name = freeName(Identifier(name, "name"), names)
			names = append(names, name)
			captures = append(captures, capture{name, c.values(i)})
			out = append(out, "{"+name+"}")
		case strings.ContainsAny(level, "{}+#") || !printable(level):
			out = append(out, "+") // such a level cannot be written, only matched
		default:
			out = append(out, level)
		}
	}
	return strings.Join(out, "/"), captures
}

func (c *cluster) values(level int) []string {
	var list []string
	for _, t := range c.topics {
		if v := t.levels[level]; !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	slices.Sort(list)
	return list
}
