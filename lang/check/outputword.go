package check

import (
	"slices"
	"strings"

	"flowc/lang/catalog"
)

// outputWords are what outputs are called elsewhere, with their names here in the order
// in which they are proposed.
var outputWords = map[string][]string{
	"click": {"pressed"}, "clicked": {"pressed"}, "press": {"pressed", "down"}, "push": {"pressed"}, "pushed": {"pressed"}, "tap": {"pressed"},
	"on_press": {"pressed"}, "on_click": {"pressed"}, "single": {"pressed"}, "trigger": {"pressed", "active"}, "triggered": {"pressed", "active"},
	"release": {"released"}, "on_release": {"released"}, "up": {"released"},
	"hold": {"long_pressed", "down"}, "held": {"down", "long_pressed"}, "long": {"long_pressed"}, "long_press": {"long_pressed"}, "long_click": {"long_pressed"},
	"double": {"double_pressed"}, "double_click": {"double_pressed"}, "double_press": {"double_pressed"}, "multi_click": {"double_pressed"},
	"is_pressed": {"down"}, "is_on": {"on", "active", "down"}, "motion": {"active"}, "detected": {"active"}, "occupancy": {"active"}, "occupied": {"active"}, "presence": {"active"},
	"opened": {"open"}, "is_open": {"open"}, "is_closed": {"closed"}, "shut": {"closed"},
	"state": {"on", "level", "active", "closed", "down", "connected"}, "status": {"on", "level", "active", "connected", "failed"},
	"value": {"on", "level", "active", "closed", "down"}, "output": {"on", "level"}, "online": {"connected"}, "offline": {"connected"},
	"brightness": {"level"}, "position": {"level"}, "speed": {"level"}, "power": {"level", "on"},
	"error": {"failed", "faults"}, "errors": {"failed", "faults"}, "fault": {"faults"}, "done": {"sent", "finished"}, "success": {"sent"}, "complete": {"sent"},
	"active": {"on", "down", "running"}, "started": {"running"}, "ended": {"finished"},
}

// nearestOutputs are the outputs of a kind that a name which it does not have may mean.
func nearestOutputs(k *catalog.Kind, name string) []string {
	names := append(outputNames(k), "faults")
	var list []string
	for _, word := range outputWords[strings.ToLower(name)] {
		if slices.Contains(names, word) {
			list = append(list, word)
		}
	}
	if len(list) > 0 {
		return list
	}
	return catalog.Nearest(name, outputNames(k))
}
